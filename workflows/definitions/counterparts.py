"""Which element of another version stands for which of this one; it proposes and never decides."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from workflows.definitions.bundle import Bundle
from workflows.definitions.process import GATEWAYS, TASKS, Element, Process

Names = Mapping[str, Mapping[str, str]]
"""By process: the new id of each element whose id changed."""
WORK = TASKS | {"subProcess"}


@dataclass(frozen=True, eq=False)
class Counterparts:
    """Two versions laid side by side: an element stands for that of its id, or for what `renamed` says."""

    old: Bundle
    new: Bundle
    renamed: Names = field(default_factory=dict)

    def element(self, process: str, element: str) -> Element | None:
        """The element of the new version that stands for one of the old; None: it is gone."""
        found = self.new.processes.get(process)
        return found.elements.get(self.name(process, element)) if found else None

    def name(self, process: str, element: str) -> str:
        """The id that an element of the old version has in the new one, if it has a counterpart there."""
        return self.renamed.get(process, {}).get(element, element)

    @cached_property
    def added(self) -> Mapping[str, frozenset[str]]:
        """By process: the elements of the new version that stand for none of the old."""
        return {key: self._added(process) for key, process in self.new.processes.items()}

    def _added(self, process: Process) -> frozenset[str]:
        before = self.old.processes.get(process.id)
        known = {self.name(process.id, each) for each in before.elements} if before else set()
        return frozenset(process.elements) - known

    def removed(self, process: str) -> tuple[Element, ...]:
        """The elements of a process of the old version that have no counterpart."""
        before = self.old.processes.get(process)
        elements = before.elements.values() if before else ()
        return tuple(each for each in elements if self.element(process, each.id) is None)

    def between(self, process: str, source: str, target: str) -> frozenset[str] | None:
        """The new steps that may lie on the way from one element of the new version to another.

        None: no way leads there any more but over steps that the old version had elsewhere.
        """
        drawn = self.new.processes[process]
        through = (self.added[process] | {each.id for each in drawn.of_type(*GATEWAYS)}) - {source, target}
        onward = _reached(drawn, source, through, forward=True)
        if target not in onward:
            return None
        back = _reached(drawn, target, through, forward=False)
        met = onward & back & self.added[process]
        return frozenset(each for each in met if drawn.elements[each].type in WORK)


def suggested(old: Bundle, new: Bundle) -> dict[str, dict[str, str]]:
    """For each element whose id is gone the new element that may stand for it: of its kind, with its name or place."""
    plain = Counterparts(old, new)
    found: dict[str, dict[str, str]] = {}
    for process in old.processes.keys() & new.processes.keys():
        free = set(plain.added[process])
        for gone in plain.removed(process):
            match = next(iter(_likely(plain, process, gone, free)), None)
            if match:
                free.discard(match)
                found.setdefault(process, {})[gone.id] = match
    return found


def _likely(plain: Counterparts, process: str, gone: Element, free: set[str]) -> Iterator[str]:
    before, after = plain.old.processes[process], plain.new.processes[process]
    same = [each for each in sorted(free) if after.elements[each].type == gone.type]
    yield from (each for each in same if gone.name and after.elements[each].name == gone.name)
    place = {flow.source for flow in before.into(gone.id)}, {flow.target for flow in before.out_of(gone.id)}
    for each in same:
        there = {flow.source for flow in after.into(each)}, {flow.target for flow in after.out_of(each)}
        if place[0] & there[0] and place[1] & there[1]:
            yield each


def _reached(drawn: Process, source: str, through: frozenset[str], *, forward: bool) -> frozenset[str]:
    """What is reached from an element by flows that pass elements of `through` only."""
    seen: set[str] = set()
    waiting = [source]
    while waiting:
        at = waiting.pop()
        flows = drawn.out_of(at) if forward else drawn.into(at)
        for step in ((flow.target if forward else flow.source) for flow in flows):
            if step not in seen:
                seen.add(step)
                if step in through:
                    waiting.append(step)
    return frozenset(seen)
