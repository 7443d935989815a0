"""The engine plans every way ahead: after each parallel block in a row it plans the rest once more for every branch."""

from collections.abc import Iterator

from workflows.definitions.bundle import Bundle
from workflows.definitions.lint.finding import Finding, at
from workflows.definitions.process import SUBPROCESS, Process
from workflows.domain.text import Text

RULE = "tree_size"
MOST_TASKS = 2_000
CHOOSING = frozenset({"exclusiveGateway", "eventBasedGateway"})
BEGINNING, ENDING = 1, 2
"""What the engine adds of its own before a start and after an end."""
AROUND_BOUNDARY_EVENTS, FOR_EACH_BOUNDARY_EVENT = 2, 3


def check(bundle: Bundle) -> Iterator[Finding]:
    """Processes and sub-processes for which the engine would plan more than 2,000 tasks at once."""
    for process in bundle.processes.values():
        for scope in (None, *(element.id for element in process.of_type(SUBPROCESS))):
            size = planned(process, scope)
            if size > MOST_TASKS:
                what = Text(
                    f"Bộ máy phải dự tính {size} bước cùng lúc, tối đa {MOST_TASKS}.",
                    f"The engine would plan {size} steps at once; {MOST_TASKS} are allowed.",
                )
                fix = Text(
                    "Đưa các khối song song nối tiếp vào quy trình được gọi.",
                    "Move parallel blocks that follow one another into processes of their own and call them.",
                )
                yield at(RULE, process, process.elements.get(scope or ""), what, fix)


def planned(process: Process, scope: str | None = None) -> int:
    """How many tasks the engine holds for one instance of a scope at its widest; loops count once."""
    sizes: dict[str, int] = {}
    for element in _last_first(process, scope):
        ahead = [sizes.get(flow.target, 1) for flow in process.out_of(element)]
        events = process.attached_to(element)
        kind = process.elements[element].type
        size = (max if kind in CHOOSING else sum)([*ahead, 0]) + (0 if ahead else ENDING)
        if events:
            left = max(sizes.get(event.id, 1) for event in events)
            size = max(size, left) + AROUND_BOUNDARY_EVENTS + FOR_EACH_BOUNDARY_EVENT * len(events)
        sizes[element] = size + 1
    starts = [each.id for each in process.inside(scope) if each.type == "startEvent"]
    return BEGINNING + sum(sizes[start] for start in starts)


def _last_first(process: Process, scope: str | None) -> list[str]:
    """The elements of a scope, each after all that follow it, but for the flows that lead back."""
    done: list[str] = []
    seen = set[str]()
    for first in process.inside(scope):
        waiting = [(first.id, False)]
        while waiting:
            here, finished = waiting.pop()
            if finished:
                done.append(here)
            elif here not in seen and here in process.elements:
                seen.add(here)
                waiting.append((here, True))
                waiting += [(flow.target, False) for flow in process.out_of(here)]
                waiting += [(event.id, False) for event in process.attached_to(here)]
    return done
