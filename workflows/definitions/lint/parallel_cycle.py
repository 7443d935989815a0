"""No parallel gateway stands on a loop of its own process: in the second round the engine would open it too early."""

from collections.abc import Iterator

from workflows.definitions.bundle import Bundle
from workflows.definitions.lint.finding import Finding, at, named
from workflows.definitions.process import Element, Process
from workflows.domain.text import Text

RULE = "parallel_cycle"


def check(bundle: Bundle) -> Iterator[Finding]:
    """Parallel gateways from which the flows lead back to themselves."""
    for process in bundle.processes.values():
        for gateway in process.of_type("parallelGateway"):
            if gateway.id in _after(process, gateway):
                what = Text(
                    f"Cổng song song {named(gateway)} nằm trên vòng lặp: vòng thứ hai nó sẽ mở quá sớm.",
                    f"The parallel gateway {named(gateway)} is on a loop: in the second round it would open too early.",
                )
                fix = Text(
                    "Đưa các nhánh song song vào một quy trình riêng rồi gọi quy trình đó trong vòng lặp.",
                    "Move the parallel branches into a process of their own and call that inside the loop.",
                )
                yield at(RULE, process, gateway, what, fix)


def _after(process: Process, start: Element) -> set[str]:
    """Every element that a token can come to from here without leaving the scope."""
    found = set[str]()
    waiting = [start.id]
    while waiting:
        here = waiting.pop()
        ahead = {flow.target for flow in process.out_of(here)} | {each.id for each in process.attached_to(here)}
        waiting += ahead - found
        found |= ahead
    return found
