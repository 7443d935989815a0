"""A way through: one start, an end, every element reached and left, only gateways split, and called processes exist."""

from collections.abc import Iterator

from workflows.definitions.bundle import Bundle
from workflows.definitions.lint.finding import Finding, at, named
from workflows.definitions.process import GATEWAYS, SUBPROCESS, Element, Process
from workflows.domain.text import Text

RULE = "connections"
MERGING = GATEWAYS - {"eventBasedGateway"}


def check(bundle: Bundle) -> Iterator[Finding]:
    """Loose ends of every kind; each would make a dossier hang or begin at the wrong place."""
    for process in bundle.processes.values():
        yield from _begins(process, None)
        for element in process.elements.values():
            yield from _loose(process, element)
            yield from _leads(bundle, process, element)
            if element.type == SUBPROCESS:
                yield from _begins(process, element)
        yield from _flows(process)


def _begins(process: Process, scope: Element | None) -> Iterator[Finding]:
    inside = [each.type for each in process.inside(scope.id if scope else None)]
    if inside.count("startEvent") != 1 or "endEvent" not in inside:
        what = Text(
            "Quy trình cần đúng một sự kiện bắt đầu và ít nhất một kết thúc.",
            "A process needs exactly one start and at least one end.",
        )
        yield at(RULE, process, scope, what, Text("Sửa các sự kiện đó.", "Mend those events."))


def _loose(process: Process, element: Element) -> Iterator[Finding]:
    into, out = len(process.into(element.id)), len(process.out_of(element.id))
    begins, ends = element.type in {"startEvent", "boundaryEvent"}, element.type == "endEvent"
    if (into == 0) != begins or (out == 0) != ends:
        what = Text(
            f"{named(element)} không nối với luồng đi vào hoặc đi ra.", f"{named(element)} is not reached or not left."
        )
        yield at(RULE, process, element, what, Text("Nối phần tử vào quy trình.", "Connect it."))
    elif (out > 1 and element.type not in GATEWAYS) or (into > 1 and element.type not in MERGING):
        what = Text(f"{named(element)} có nhiều luồng vào hoặc ra.", f"{named(element)} has several flows in or out.")
        fix = Text("Dùng cổng để rẽ và nhập.", "Split and merge with a gateway.")
        yield at(RULE, process, element, what, fix)


def _leads(bundle: Bundle, process: Process, element: Element) -> Iterator[Finding]:
    if element.type == "callActivity" and element.called not in bundle.processes:
        what = Text(
            f"{named(element)} gọi quy trình «{element.called}» không có.",
            f"{named(element)} calls «{element.called}», which does not exist.",
        )
        yield at(RULE, process, element, what, Text("Chọn một quy trình của gói.", "Choose a process of the bundle."))
    host = process.elements.get(element.attached_to or "")
    if element.attached_to is not None and (host is None or host.scope != element.scope):
        what = Text(f"{named(element)} không gắn vào tác vụ nào.", f"{named(element)} is attached to nothing.")
        yield at(RULE, process, element, what, Text("Gắn vào một tác vụ.", "Attach it to a task."))


def _flows(process: Process) -> Iterator[Finding]:
    for flow in process.flows.values():
        ends = [process.elements[each] for each in (flow.source, flow.target) if each in process.elements]
        if len({end.scope for end in ends}) != 1 or not {flow.source, flow.target} <= process.elements.keys():
            what = Text(
                f"Luồng «{flow.id}» không nối hai phần tử cùng quy trình.",
                f"The flow «{flow.id}» does not join two elements of one process.",
            )
            yield at(RULE, process, flow, what, Text("Vẽ lại luồng.", "Draw it again."))
