"""The client of an installation as a process; killed, it is started again at once."""

import subprocess
import sys
from pathlib import Path

from tests.crash.installation import PATIENCE, Installation

ROOT = Path(__file__).parent.parent.parent


class ClientProcess:
    """Works on an installation, through the operations or over its pages, and keeps its books at `books`."""

    def __init__(self, installation: Installation, books: Path, *, over_pages: bool) -> None:
        self.books = books
        self._command = [sys.executable, "-m", "tests.crash.client", installation.url, str(books)]
        self._command += [installation.page] if over_pages else []
        self._log = books.with_suffix(".log")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin, or go on."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(self._command, cwd=ROOT, stdout=log, stderr=log)

    def kill(self) -> None:
        """Kill -9, and start again."""
        self.close()
        self.start()

    def close(self) -> None:
        """Kill -9, if it is still there."""
        if self._process and self._process.poll() is None:
            self._process.kill()
            self._process.wait(PATIENCE)

    def is_done(self) -> bool:
        """Whether it has done everything. Fails where it failed."""
        assert self._process is not None
        code = self._process.poll()
        assert code in {None, 0}, self._log.read_text(encoding="utf-8")[-3000:]
        return code == 0
