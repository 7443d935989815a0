"""What the client meant to do and what it was promised, on disk before it goes on; a killed client reads it again."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Entry = dict[str, Any]
MEANS = b'{"what": "means"'


@dataclass(frozen=True, slots=True)
class Promised:
    """The completions that were acknowledged, by key, and those whose outcome the client does not know."""

    done: dict[str, Entry]
    unknown: list[Entry]
    opened: list[str]
    attached: list[tuple[str, str]]


class Books:
    """A file that is only appended to; each entry is on disk when `write` returns."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)

    def write(self, what: str, **entry: Any) -> None:
        """Append one entry."""
        os.write(self._file, (json.dumps({"what": what, **entry}) + "\n").encode())
        os.fsync(self._file)


def acknowledged(path: Path) -> int:
    """How often the client was told that something is done."""
    written = path.read_bytes() if path.exists() else b""
    return written.count(b"\n") - written.count(MEANS)


def promised(path: Path) -> Promised:
    """The books as they stand."""
    written = entries(path)
    done = {entry["key"]: entry for entry in written if entry["what"] == "done"}
    return Promised(
        done,
        [entry for entry in written if entry["what"] == "means" and entry["key"] not in done],
        [entry["number"] for entry in written if entry["what"] == "opened"],
        [(entry["number"], entry["kind"]) for entry in written if entry["what"] == "attached"],
    )


def entries(path: Path) -> list[Entry]:
    """Every entry; one that was cut off by the client's death was promised to nobody."""
    if not path.exists():
        return []
    whole = path.read_bytes().rpartition(b"\n")[0]
    return [json.loads(line) for line in whole.splitlines()]
