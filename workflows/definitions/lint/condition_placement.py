"""A condition works only on a flow out of an exclusive gateway; anywhere else the engine takes the flow regardless."""

from collections.abc import Iterator

from workflows.definitions.bundle import Bundle
from workflows.definitions.lint.finding import Finding, at, named
from workflows.domain.text import Text

RULE = "condition_placement"


def check(bundle: Bundle) -> Iterator[Finding]:
    """Conditions on flows that leave a task or an event."""
    for process in bundle.processes.values():
        for flow in process.flows.values():
            source = process.elements.get(flow.source)
            if flow.condition is not None and source is not None and source.type != "exclusiveGateway":
                what = Text(
                    f"Điều kiện trên luồng ra khỏi {named(source)} không có tác dụng.",
                    f"The condition on the flow out of {named(source)} has no effect.",
                )
                fix = Text("Đặt cổng loại trừ sau phần tử này.", "Put an exclusive gateway after this element.")
                yield at(RULE, process, flow, what, fix)
