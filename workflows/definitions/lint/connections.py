"""A way through: one start, an end, every element reached and left, only gateways split, and called processes exist."""

from collections.abc import Iterator

from workflows.definitions.bundle import Bundle
from workflows.definitions.lint.finding import Finding, at, named
from workflows.definitions.process import Element, Process
from workflows.domain.text import Text

RULE = "connections"


def check(bundle: Bundle) -> Iterator[Finding]:
    """Loose ends of every kind; each would make a dossier hang or begin at the wrong place."""
    for process in bundle.processes.values():
        if len(process.of_type("startEvent")) != 1 or not process.of_type("endEvent"):
            what = Text(
                "Quy trình cần đúng một sự kiện bắt đầu và ít nhất một kết thúc.",
                "A process needs exactly one start and at least one end.",
            )
            yield at(RULE, process, None, what, Text("Sửa các sự kiện đó.", "Mend those events."))
        for element in process.elements.values():
            yield from _loose(bundle, process, element)
        for flow in process.flows.values():
            if not {flow.source, flow.target} <= process.elements.keys():
                what = Text(
                    f"Luồng «{flow.id}» không nối hai phần tử.", f"The flow «{flow.id}» does not join two elements."
                )
                yield at(RULE, process, flow, what, Text("Vẽ lại luồng.", "Draw it again."))


def _loose(bundle: Bundle, process: Process, element: Element) -> Iterator[Finding]:
    into, out = len(process.into(element.id)), len(process.out_of(element.id))
    begins, ends = element.type in {"startEvent", "boundaryEvent"}, element.type == "endEvent"
    if (into == 0) != begins or (out == 0) != ends:
        what = Text(
            f"{named(element)} không nối với luồng đi vào hoặc đi ra.", f"{named(element)} is not reached or not left."
        )
        yield at(RULE, process, element, what, Text("Nối phần tử vào quy trình.", "Connect it."))
    elif element.type != "exclusiveGateway" and (out > 1 or into > 1):
        what = Text(f"{named(element)} có nhiều luồng vào hoặc ra.", f"{named(element)} has several flows in or out.")
        yield at(
            RULE,
            process,
            element,
            what,
            Text("Dùng cổng loại trừ để rẽ và nhập.", "Split and merge with an exclusive gateway."),
        )
    if element.type == "callActivity" and element.called not in bundle.processes:
        what = Text(
            f"{named(element)} gọi quy trình «{element.called}» không có.",
            f"{named(element)} calls «{element.called}», which does not exist.",
        )
        yield at(RULE, process, element, what, Text("Chọn một quy trình của gói.", "Choose a process of the bundle."))
    if element.attached_to is not None and element.attached_to not in process.elements:
        what = Text(f"{named(element)} không gắn vào tác vụ nào.", f"{named(element)} is attached to nothing.")
        yield at(RULE, process, element, what, Text("Gắn vào một tác vụ.", "Attach it to a task."))
