"""`python -m workflows.gate FOLDER`: the check of a folder, told line by line as JSON; it limits its own memory."""

import json
import os
import resource
import sys
from pathlib import Path

from workflows.definitions import files_in
from workflows.domain.gated import Report
from workflows.gate import gate
from workflows.settings import Settings
from workflows.store.session import Database

MEMORY, SECONDS = 3 << 30, 240


def main(folder: Path) -> None:
    """Check; the last line is the whole report."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    told = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the jobs of the scenarios log what they do

    def tell(report: Report) -> None:
        told.write(json.dumps(report.as_json(), ensure_ascii=False) + "\n")
        told.flush()

    url = Settings().database_url
    tell(gate(Database(url) if url else None, files_in(folder, whole=False), tell))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
