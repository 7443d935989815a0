"""A second opinion on soundness, slow and plain: tokens on single arrows, one element at a time.

It shares nothing with the rule but the process it is given. A sub-process that runs is a token of its own name.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush

from workflows.definitions.process import Element, Process

State = tuple[tuple[str, int], ...]
Step = tuple[tuple[str, ...], State]


@dataclass
class Opinion:
    """What can go wrong, and past how few elements; `states` is how many moments there are."""

    kinds: dict[str, int] = field(default_factory=dict)
    dead: set[str] = field(default_factory=set)
    states: int = 0


class Oracle:
    """Plays one process."""

    def __init__(self, process: Process) -> None:
        self.process = process

    def begin(self) -> State:
        """The moment after the start of the process."""
        return self._with(Counter(), self._start(None))

    def steps(self, state: State) -> Iterator[Step]:
        """What can happen next: the elements passed, and the moment after."""
        here = Counter(dict(state))
        for element in self.process.elements.values():
            if element.type not in {"startEvent", "boundaryEvent"}:
                yield from self._element(element, here)
            if element.type == "subProcess" and here[element.id]:
                yield from self._scope(element, here)

    def opinion(self, most: int) -> Opinion | None:
        """All that can go wrong; None where there are more moments than `most`."""
        first = self.begin()
        best, after, waiting = {first: 1}, dict[State, list[State]](), [(1, first)]
        found, passed = Opinion(), {self._start(None)}
        while waiting:
            length, state = heappop(waiting)
            if length > best[state]:
                continue
            if len(best) > most:
                return None
            if any(count > 1 for _, count in state):
                self._note(found, "unsynchronised", length)
                continue
            after[state] = []
            for labels, then in self.steps(state):
                passed |= set(labels)
                after[state].append(then)
                if length + len(labels) < best.get(then, length + len(labels) + 1):
                    best[then] = length + len(labels)
                    heappush(waiting, (best[then], then))
            if state and not after[state]:
                self._note(found, "deadlock", length)
        self._endless(found, best, after)
        found.states = len(best)
        if not found.kinds:
            found.dead = set(self.process.elements) - passed
        return found

    def follow(self, path: tuple[str, ...]) -> set[State]:
        """The moments in which the process can be after exactly these elements."""
        states = {(self.begin(), 1)} if path[0] == self._start(None) else set()
        ends = set[State]()
        seen = set(states)
        while states:
            state, place = states.pop()
            if place == len(path):
                ends.add(state)
            if any(count > 1 for _, count in state):
                continue
            for labels, then in self.steps(state):
                follows = (then, place + len(labels))
                if path[place : place + len(labels)] == labels and follows not in seen:
                    seen.add(follows)
                    states.add(follows)
        return ends

    def _note(self, found: Opinion, kind: str, length: int) -> None:
        found.kinds[kind] = min(length, found.kinds.get(kind, length))

    def _endless(self, found: Opinion, best: dict[State, int], after: dict[State, list[State]]) -> None:
        good = {state for state in best if not after.get(state)}
        while more := {state for state, then in after.items() if state not in good and good & set(then)}:
            good |= more
        for state in best.keys() - good:
            self._note(found, "livelock", best[state])

    def _element(self, element: Element, here: Counter[str]) -> Iterator[Step]:
        into = [flow.id for flow in self.process.into(element.id)]
        out = [flow.id for flow in self.process.out_of(element.id)]
        if element.type == "parallelGateway":
            if all(here[flow] for flow in into):
                yield (element.id,), self._moved(here, into, out)
            return
        for flow in into:
            if not here[flow]:
                continue
            if element.type in {"exclusiveGateway", "eventBasedGateway"}:
                yield from (((element.id,), self._moved(here, [flow], [way])) for way in out)
            elif element.type == "subProcess":
                start = self._start(element.id)
                yield (element.id, start), self._moved(here, [flow], [element.id, *self._out(start)])
            elif element.kinds() & {"terminateEventDefinition", "errorEventDefinition"}:
                yield from self._broken(element, here)
            else:
                yield (element.id,), self._moved(here, [flow], out)
                for event in self.process.attached_to(element.id):
                    yield (element.id, event.id), self._moved(here, [flow], self._out(event.id))

    def _scope(self, scope: Element, here: Counter[str]) -> Iterator[Step]:
        inside = self._inside(scope.id)
        if not any(here[place] for place in inside):
            yield (), self._moved(here, [scope.id], self._out(scope.id))
        for event in self.process.attached_to(scope.id):
            if "errorEventDefinition" not in event.kinds():
                yield (event.id,), self._cleared(here, [scope.id, *inside], self._out(event.id))

    def _broken(self, end: Element, here: Counter[str]) -> Iterator[Step]:
        if "terminateEventDefinition" in end.kinds():
            yield (end.id,), self._cleared(here, self._inside(end.scope), [])
            return
        scope = end.scope
        while scope is not None:
            for event in self.process.attached_to(scope):
                if event.kinds() == end.kinds() and event.triggers[0].code in {None, end.triggers[0].code}:
                    yield (end.id, event.id), self._cleared(here, [scope, *self._inside(scope)], self._out(event.id))
                    return
            scope = self.process.elements[scope].scope
        yield (end.id,), ()

    def _start(self, scope: str | None) -> str:
        return next(each.id for each in self.process.inside(scope) if each.type == "startEvent")

    def _out(self, element: str) -> list[str]:
        return [flow.id for flow in self.process.out_of(element)]

    def _inside(self, scope: str | None) -> list[str]:
        """The arrows and sub-processes in a scope, and in those in it."""
        found: list[str] = []
        for element in self.process.inside(scope):
            found += self._out(element.id)
            if element.type == "subProcess":
                found += [element.id, *self._inside(element.id)]
        return found

    def _with(self, here: Counter[str], start: str) -> State:
        return self._moved(here, [], self._out(start))

    def _moved(self, here: Counter[str], gone: list[str], come: list[str]) -> State:
        after = here.copy()
        after.subtract(gone)
        after.update(come)
        return tuple(sorted((place, count) for place, count in after.items() if count > 0))

    def _cleared(self, here: Counter[str], gone: list[str], come: list[str]) -> State:
        return self._moved(Counter({place: count for place, count in here.items() if place not in gone}), [], come)
