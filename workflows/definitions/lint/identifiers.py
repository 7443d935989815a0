"""Ids are English snake_case and keep their meaning: they are names of facts, of forms and of rows of the history."""

import re
from collections import Counter
from collections.abc import Iterator

from workflows.definitions.bundle import Bundle
from workflows.definitions.lint.finding import Finding, at, within
from workflows.definitions.process import SUBPROCESS, Process
from workflows.domain.text import Text

RULE = "identifiers"
WELL_FORMED = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
MOST_LETTERS = 64
MEANINGLESS = re.compile(
    r"(user_|service_|business_rule_|rule_|call_|sub_|end_|start_|boundary_|intermediate_|exclusive_|parallel_)?"
    r"(task|activity|gateway|event|process|element|node|step)(_?[a-z]*[0-9][a-z0-9]*)?"
)
RESERVED = frozenset(
    "start end root typename data_objects item line lines due by dossier round council "
    "decisions now today date time duration list context number string boolean true false "
    "null and or not if then else for in return some every satisfies between instance of "
    "function".split()
)
FIX = Text("Đặt id tiếng Anh dạng dong_tu_danh_tu: check_nomination.", "Write an English id like check_nomination.")


def check(bundle: Bundle) -> Iterator[Finding]:
    """Ids that are ill-formed, reserved, say nothing, mean two things, or are unlike the name of the file."""
    taken = Counter(
        each.id for process in bundle.processes.values() for each in process.of_type("userTask", SUBPROCESS)
    ) + Counter(list(bundle.processes))
    for process in bundle.processes.values():
        if process.file != f"{process.id}.bpmn":
            what = Text(
                f"Quy trình «{process.id}» nằm trong tệp {process.file}.",
                f"Process «{process.id}» is in {process.file}.",
            )
            fix = Text(f"Đổi tên tệp thành {process.id}.bpmn.", f"Call the file {process.id}.bpmn.")
            yield within(RULE, process.file, process.id, what, fix)
        if not _is_speaking(process.id):
            what = Text(f"Id «{process.id}» không dùng được.", f"The id «{process.id}» cannot be used.")
            yield at(RULE, process, None, what, FIX)
        yield from _elements(process, taken)


def _elements(process: Process, taken: Counter[str]) -> Iterator[Finding]:
    for key, element in process.elements.items():
        if not _is_speaking(key) or key in RESERVED:
            what = Text(f"Id «{key}» không dùng được.", f"The id «{key}» cannot be used.")
            yield at(RULE, process, element, what, FIX)
        elif taken[key] > 1 and element.type in {"userTask", SUBPROCESS}:
            what = Text(
                f"Id «{key}» đã là một tác vụ hoặc quy trình khác.",
                f"The id «{key}» is already that of another task or process.",
            )
            yield at(RULE, process, element, what, FIX)


def _is_speaking(key: str) -> bool:
    return bool(WELL_FORMED.fullmatch(key)) and len(key) <= MOST_LETTERS and not MEANINGLESS.fullmatch(key)
