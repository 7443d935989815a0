"""The check before publishing: one function judges the files of a bundle in layers; it publishes nothing."""

from collections.abc import Mapping

from workflows.definitions import Bundle, checksum
from workflows.domain.gated import Report
from workflows.domain.text import Text
from workflows.gate import rules
from workflows.gate.layers import Checklist, Ended, Progress
from workflows.gate.played import played
from workflows.gate.running import running
from workflows.gate.walks import walks
from workflows.store.session import Database

UNREAD = Text("Chưa chạy.", "Not run.")
NO_DATABASE = Text(
    "Không chạy: lệnh này không được cho biết cơ sở dữ liệu nào.", "Not run: this command was given no database."
)
FAULTY = Text("Chưa chạy: các phần trên còn lỗi.", "Not run: the parts above still have errors.")

__all__ = ["gate"]


def gate(db: Database | None, files: Mapping[str, bytes], progress: Progress = lambda _: None) -> Report:
    """The report on these files. Without a database no dossiers are compared; `progress` hears of every change.

    It raises nothing for any content of the files.
    """
    checks = Checklist(checksum(files), progress)
    read: list[Bundle] = []
    checks.run("reading", lambda: _first(files, read))
    for key, work in (("decisions", rules.complete), ("expressions", rules.compiling)):
        if read:
            checks.run(key, lambda work=work: work(read[0]))  # type: ignore[misc]
        else:
            checks.skip(key, UNREAD)
    if read and not any(each.state == "failed" for each in checks.layers.values()):
        checks.run("walks", lambda: walks(read[0], lambda said, played: checks.say("walks", said, walks=played)))
    else:
        checks.skip("walks", FAULTY)
    if read and not any(each.state == "failed" for each in checks.layers.values()):
        checks.run(
            "stories", lambda: played(db, read[0], lambda said, number: checks.say("stories", said, played=number))
        )
    else:
        checks.skip("stories", FAULTY)
    checks.skip("closed", UNREAD)
    if db is None or not read or checks.layers["reading"].state == "failed":
        checks.skip("running", NO_DATABASE if db is None else FAULTY)
    else:
        held = db
        checks.run("running", lambda: running(held, read[0]))
    return checks.report()


def _first(files: Mapping[str, bytes], read: list[Bundle]) -> Ended:
    found = rules.read(files)
    if isinstance(found, Ended):
        return found
    read.append(found)
    return rules.reading(found)
