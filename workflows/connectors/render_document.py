"""Service task `render_document`: sets a paper from a template of the bundle with the facts as data, as PDF/A."""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from workflows.connectors.contract import Outcome, Request
from workflows.connectors.glyphs import fonts, printable
from workflows.connectors.paper_facts import document_data
from workflows.domain.errors import DefinitionRejected, InvalidState
from workflows.domain.paper import Paper

SECONDS = 5
MEMORY = 512 * 1024 * 1024
NOWHERE = "http://127.0.0.1:9"
"""Where the typesetter is sent for packages: no template may bring something in from outside."""
MOST_PDF = 20 * 1024 * 1024


class TemplateFailed(InvalidState):
    """The template «{template}» cannot be set: {why}"""


class TypesetterStopped(Exception):
    """The process that sets a template was stopped together with the worker: no fault of the template, set it again."""


def perform(request: Request) -> Outcome:
    """Set the template named by the element's `template`; the paper's kind is its `paper`. Raises TemplateFailed."""
    template = request.parameters["template"]
    kind = request.parameters.get("paper", "paper")
    data = document_data(request, template)
    pdf = typeset(request.bundle.documents, template, data)
    title = request.bundle.papers[kind].vi
    named = f"{title} số {data['number']}" if data.get("number") else title
    paper = Paper(kind, named, f"{kind}-{request.number}.pdf", "application/pdf", pdf)
    return Outcome({"template": template, "sha256": paper.sha256, "size": len(pdf)}, papers=(paper,))


def typeset(documents: Mapping[str, bytes], template: str, data: Mapping[str, object]) -> bytes:
    """The PDF of a template whose root holds only the bundle's documents; in a process of its own with limits.

    A sign that the fonts do not have prints as a box. Raises TemplateFailed, TypesetterStopped, DefinitionRejected.
    """
    if template not in documents:
        raise DefinitionRejected(why=f"there is no document «{template}»")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, content in documents.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(content)
        (root / "data.json").write_text(printable(json.dumps(data, ensure_ascii=False)), encoding="utf-8")
        done = _typesetter(root, template)
    if done.returncode == -signal.SIGTERM:
        raise TypesetterStopped(template)
    if done.returncode != 0 or not done.stdout.startswith(b"%PDF-") or len(done.stdout) > MOST_PDF:
        why = (
            done.stderr.decode(errors="replace").strip()[-500:]
            or f"it needs more than {SECONDS} seconds or is too large"
        )
        raise TemplateFailed(template=template, why=why)
    return done.stdout


def _typesetter(root: Path, template: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            [sys.executable, "-m", "workflows.connectors.typesetter", str(root), template, str(fonts())],
            capture_output=True,
            timeout=SECONDS * 2,
            preexec_fn=_limits,
            start_new_session=True,  # Ctrl-C is for the worker, which waits for what it has begun
            check=False,
            env={
                "PATH": "/usr/bin:/bin",
                "PYTHONPATH": os.pathsep.join(sys.path),
                "LC_ALL": "C.UTF-8",
                "ALL_PROXY": NOWHERE,
                "HTTPS_PROXY": NOWHERE,
            },
        )
    except subprocess.TimeoutExpired:
        raise TemplateFailed(template=template, why=f"it took longer than {SECONDS * 2} seconds") from None


def _limits() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
