"""A limit is a row of the table of deadlines, reached as `due.<key>`: no duration, no cycle, no date in a diagram."""

import re
from collections.abc import Iterator

from workflows.definitions.bundle import Bundle
from workflows.definitions.lint.finding import Finding, at, named
from workflows.definitions.process import Element
from workflows.domain.text import Text

RULE = "deadlines"
DUE = re.compile(r"due\.([a-z][a-z0-9_]*)")


def check(bundle: Bundle) -> Iterator[Finding]:
    """Timers that are not `timeDate due.<key>`, and keys that the table does not know in every rule set."""
    known = bundle.deadline_keys()
    for process in bundle.processes.values():
        for element in process.elements.values():
            for key in _keys(element):
                if key is None:
                    kind = _kind(element)
                    what = Text(
                        f"Hạn của {named(element)} là {kind.vi}, không phải «due.<khóa>».",
                        f"The deadline of {named(element)} is {kind.en}, not «due.<key>».",
                    )
                    fix = Text("Dùng timeDate với due.<khóa>.", "Use timeDate with due.<key>.")
                    yield at(RULE, process, element, what, fix)
                elif key not in known:
                    what = Text(
                        f"{named(element)} dùng hạn «{key}» không có trong bảng.",
                        f"{named(element)} uses the limit «{key}», which the table lacks.",
                    )
                    fix = Text(
                        f"Thêm hàng «{key}» vào mọi bảng của decisions/deadlines.",
                        f"Add a row «{key}» to every table of decisions/deadlines.",
                    )
                    yield at(RULE, process, element, what, fix)


def _kind(element: Element) -> Text:
    clocks = {trigger.clock for trigger in element.triggers}
    if "timeDuration" in clocks:
        return Text("một khoảng thời gian (timeDuration)", "a duration (timeDuration)")
    if "timeCycle" in clocks:
        return Text("một chu kỳ (timeCycle)", "a cycle (timeCycle)")
    return Text("một biểu thức khác", "another expression")


def _keys(element: Element) -> Iterator[str | None]:
    for trigger in element.triggers:
        if trigger.kind == "timerEventDefinition":
            match = DUE.fullmatch(trigger.expression or "")
            yield match[1] if match and trigger.clock == "timeDate" else None
    if "due" in element.properties:
        yield element.properties["due"]
