"""The check of a draft in a process of its own, killed when it is stopped, lasts or grows too much."""

import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from workflows.domain.gated import Fault, Layer, Report, report_from
from workflows.domain.text import Text
from workflows.operations import gating
from workflows.store.session import Database

LONGEST = 150.0
"""Seconds; the layers have limits of their own that end earlier."""
HEARD, ENDING = 1.0, 10.0
TOO_LONG = Fault(
    "gate",
    "",
    "",
    0,
    "Việc kiểm tra bị dừng vì quá lâu hoặc quá lớn.",
    "The check was ended because it took too long or grew too large.",
    "Xem tệp vừa sửa: một biểu thức hoặc sơ đồ không có điểm dừng.",
    "Look at what was changed last: an expression or a diagram that never ends.",
)


def check_draft(db: Database, draft: int, sha256: str, longest: float = LONGEST) -> None:
    """Check the files of a draft and keep what is found, as it is found."""
    files = gating.begin(db, draft, sha256)
    if files is None:
        return
    with tempfile.TemporaryDirectory(prefix="vinhdanh-gate-", ignore_cleanup_errors=True) as place:
        Path(place).chmod(0o711)
        folder = Path(place) / "bundle"
        _write(folder, files)
        child = subprocess.Popen(
            [sys.executable, "-m", "workflows.gate", str(folder)],
            stdout=subprocess.PIPE,
            env={**os.environ, "VINHDANH_DATABASE_URL": db.url, "TMPDIR": place},
            start_new_session=True,
        )
        try:
            last = _heard(db, child, sha256, longest)
        finally:
            _kill(child)
    gating.tell(db, sha256, last if child.returncode == 0 else _broken_off(last, sha256), ended=True)


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def _heard(db: Database, child: subprocess.Popen[bytes], sha256: str, longest: float) -> dict[str, Any] | None:
    """The last that the process said, until it ends, is stopped or has used up its time."""
    assert child.stdout is not None
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(child.stdout, lines), daemon=True).start()
    until, last = time.monotonic() + longest, None
    while time.monotonic() < until:
        fresh = None
        with suppress(queue.Empty):
            line = lines.get(timeout=HEARD)
            if not line:
                child.wait(ENDING)
                return last
            last = fresh = json.loads(line)
        if not gating.tell(db, sha256, fresh):
            return last
    return last


def _read(stream: IO[bytes], lines: "queue.SimpleQueue[bytes]") -> None:
    with stream:
        for line in stream:
            lines.put(line)
    lines.put(b"")


def _kill(child: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _broken_off(last: Mapping[str, Any] | None, sha256: str) -> dict[str, Any]:
    """The report of a check that did not come to its end: what was under way counts as failed."""
    report = report_from(last) if last else Report(sha256, ())
    layers = tuple(
        replace(each, state="failed", findings=(*each.findings, TOO_LONG))
        if each.state in {"running", "waiting"}
        else each
        for each in report.layers
    )
    if not report.layers:
        layers = (Layer("reading", Text("Kiểm tra", "Check"), "failed", findings=(TOO_LONG,)),)
    return replace(report, layers=layers).as_json()
