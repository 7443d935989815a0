"""A question always has an answer: a gateway that splits has a default flow, and a condition on each other."""

from collections.abc import Iterator

from workflows.definitions.bundle import Bundle
from workflows.definitions.lint.finding import Finding, at, named
from workflows.definitions.process import Element, Process
from workflows.domain.text import Text

RULE = "gateway_default"


def check(bundle: Bundle) -> Iterator[Finding]:
    """Gateways without a default, defaults with a condition, other flows without one."""
    for process in bundle.processes.values():
        for gateway in process.of_type("exclusiveGateway"):
            if len(process.out_of(gateway.id)) > 1:
                yield from _split(process, gateway)


def _split(process: Process, gateway: Element) -> Iterator[Finding]:
    flows = process.out_of(gateway.id)
    if gateway.default not in {flow.id for flow in flows}:
        what = Text(f"Cổng {named(gateway)} không có luồng mặc định.", f"Gateway {named(gateway)} has no default flow.")
        fix = Text("Chọn luồng thận trọng nhất làm mặc định.", "Make the most careful way the default.")
        yield at(RULE, process, gateway, what, fix)
    for flow in flows:
        if flow.id == gateway.default and flow.condition is not None:
            what = Text(
                f"Luồng mặc định của {named(gateway)} có điều kiện.",
                f"The default flow of {named(gateway)} has a condition.",
            )
            yield at(RULE, process, flow, what, Text("Xóa điều kiện đó.", "Remove that condition."))
        elif flow.id != gateway.default and not flow.condition:
            what = Text(
                f"Luồng {named(flow)} ra khỏi {named(gateway)} chưa có điều kiện.",
                f"The flow {named(flow)} out of {named(gateway)} has no condition.",
            )
            yield at(RULE, process, flow, what, Text("Viết điều kiện bằng FEEL.", "Write its condition in FEEL."))
