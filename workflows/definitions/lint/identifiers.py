"""Ids are English snake_case and keep their meaning: they are names of facts, of forms and of rows of the history."""

import re
from collections import Counter
from collections.abc import Iterator

from workflows.definitions.bundle import Bundle
from workflows.definitions.lint.finding import Finding, at, within
from workflows.domain.text import Text

RULE = "identifiers"
WELL_FORMED = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
MOST_LETTERS = 64
RESERVED = frozenset(
    "start end root typename data_objects item line lines due by dossier round council "  # noqa: SIM905
    "decisions now today date time duration list context number string boolean true false "
    "null and or not if then else for in return some every satisfies between instance of "
    "function".split()
)
FIX = Text("Đặt id tiếng Anh dạng dong_tu_danh_tu: check_nomination.", "Write an English id like check_nomination.")


def check(bundle: Bundle) -> Iterator[Finding]:
    """Ids that are ill-formed, reserved, used in two processes for tasks, or unlike the name of the file."""
    tasks = Counter(task.id for process in bundle.processes.values() for task in process.of_type("userTask"))
    for process in bundle.processes.values():
        if process.file != f"{process.id}.bpmn":
            what = Text(
                f"Quy trình «{process.id}» nằm trong tệp {process.file}.",
                f"Process «{process.id}» is in {process.file}.",
            )
            fix = Text(f"Đổi tên tệp thành {process.id}.bpmn.", f"Call the file {process.id}.bpmn.")
            yield within(RULE, process.file, process.id, what, fix)
        for key, place in (*process.elements.items(), (process.id, None)):
            if not WELL_FORMED.fullmatch(key) or len(key) > MOST_LETTERS or (place is not None and key in RESERVED):
                what = Text(f"Id «{key}» không dùng được.", f"The id «{key}» cannot be used.")
                yield at(RULE, process, place, what, FIX)
            elif tasks[key] > 1:
                what = Text(f"Hai quy trình có cùng tác vụ «{key}».", f"Two processes have a task «{key}».")
                yield at(RULE, process, place, what, FIX)
