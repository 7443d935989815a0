"""A diagram as places that hold a token or none, and moves between them; it decides nothing about soundness.

A place is an arrow with all that follows it in a row up to the next element where something can be decided, so that
long sequences cost nothing. All places of a moment are one number with a bit each.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from workflows.definitions.process import EVENTS, GATEWAYS, SUBPROCESS, TASKS, Element, Process

KNOWN = TASKS | EVENTS | GATEWAYS | {SUBPROCESS}
CHOOSING = frozenset({"exclusiveGateway", "eventBasedGateway"})
ERROR, ESCALATION, TERMINATE = "errorEventDefinition", "escalationEventDefinition", "terminateEventDefinition"
CAUGHT_INSIDE = frozenset({ERROR, ESCALATION})


@dataclass(frozen=True, slots=True)
class Move:
    """Where all of `needs` and none of `lacks` hold a token, those of `clears` go and those of `gives` come."""

    passed: tuple[str, ...]
    needs: int
    clears: int
    gives: int = 0
    lacks: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a token can be: on its way to `target`, past the elements `passed`.

    A mark is no way: it says that a sub-process runs, or that an event that does not interrupt has happened.
    """

    target: str
    scope: str | None
    passed: tuple[str, ...] = ()
    mark: bool = False


@dataclass(frozen=True, slots=True)
class Net:
    """A process ready to be played: the moment after its start, and all moves. `steps` are to be reached."""

    begins: int
    start: str
    moves: tuple[Move, ...]
    places: tuple[Place, ...]
    steps: frozenset[str]

    def held(self, state: int) -> tuple[Place, ...]:
        """The places that hold a token."""
        return tuple(place for bit, place in enumerate(self.places) if state >> bit & 1)


def net_of(process: Process) -> Net | None:
    """The net of a process; None where an element is unknown or not connected, or a scope has not one start."""
    if not all(element.type in KNOWN and _connected(process, element) for element in process.elements.values()):
        return None
    scopes = [None, *(element.id for element in process.of_type(SUBPROCESS))]
    starts = {scope: [each for each in process.inside(scope) if each.type == "startEvent"] for scope in scopes}
    if any(len(found) != 1 for found in starts.values()):
        return None
    return _Drawing(process, {scope: found[0] for scope, found in starts.items()}).net()


def _connected(process: Process, element: Element) -> bool:
    begins = element.type in {"startEvent", "boundaryEvent"}
    ends = [process.elements.get(flow.target) for flow in process.out_of(element.id)]
    return (
        bool(process.into(element.id)) != begins
        and bool(ends) != (element.type == "endEvent")
        and all(end is not None and end.scope == element.scope for end in ends)
        and (element.attached_to is None or element.attached_to in process.elements)
    )


@dataclass
class _Drawing:
    process: Process
    starts: dict[str | None, Element]
    places: list[Place] = field(default_factory=list)
    ways: dict[str, int] = field(default_factory=dict)
    marks: dict[str, int] = field(default_factory=dict)

    def net(self) -> Net:
        for flow in self.process.flows.values():
            source, target = (self.process.elements.get(each) for each in (flow.source, flow.target))
            if source and target and not self._passes(source):
                self.ways[flow.id] = self._place(self._way(target))
        for element in self.process.elements.values():
            if element.type == SUBPROCESS or (element.attached_to and not element.interrupting):
                self.marks[element.id] = self._place(Place(element.id, element.scope, mark=True))
        moves = tuple(move for element in self.process.elements.values() for move in self._moves(element))
        start = self.starts[None]
        steps = frozenset(element.id for element in self.process.elements.values() if element.type != "startEvent")
        return Net(self._out(start), start.id, moves, tuple(self.places), steps)

    def _place(self, place: Place) -> int:
        self.places.append(place)
        return 1 << len(self.places) - 1

    def _way(self, target: Element) -> Place:
        """The place before `target`, or before the first element behind it where something can be decided."""
        passed: list[str] = []
        while self._passes(target) and target.id not in passed:
            passed.append(target.id)
            target = self.process.elements[self.process.out_of(target.id)[0].target]
        return Place(target.id, target.scope, tuple(passed))

    def _passes(self, element: Element) -> bool:
        """Whether a token that comes here can do nothing but go on."""
        out = self.process.out_of(element.id)
        return (
            len(out) == len(self.process.into(element.id)) == 1
            and out[0].target in self.process.elements
            and element.type not in {SUBPROCESS, "boundaryEvent"}
            and not self.process.attached_to(element.id)
            and not element.kinds() & CAUGHT_INSIDE
        )

    def _out(self, element: Element) -> int:
        return sum(self.ways.get(flow.id, 0) for flow in self.process.out_of(element.id))

    def _before(self, element: Element) -> list[tuple[int, tuple[str, ...]]]:
        """The places from which a token reaches an element, each with what it passes on its way."""
        found = {bit: self.places[bit.bit_length() - 1] for bit in self.ways.values()}
        return [(bit, place.passed) for bit, place in found.items() if place.target == element.id]

    def _moves(self, element: Element) -> Iterator[Move]:
        if self._passes(element) or element.type in {"startEvent", "boundaryEvent"}:
            return
        if element.type == "parallelGateway":
            yield from self._meet(element)
            return
        for here, passed in self._before(element):
            path = (*passed, element.id)
            if element.type in CHOOSING:
                for flow in self.process.out_of(element.id):
                    yield Move(path, here, here, self.ways.get(flow.id, 0))
            elif element.type == SUBPROCESS:
                begin = self.starts[element.id]
                yield Move((*path, begin.id), here, here, self.marks[element.id] | self._out(begin))
            elif element.kinds():
                yield from self._event(element, path, here)
            else:
                yield from self._task(element, path, here)
        if element.type == SUBPROCESS:
            yield from self._scope(element)

    def _meet(self, gateway: Element) -> Iterator[Move]:
        before = self._before(gateway)
        if len(before) == len(self.process.into(gateway.id)):
            needs = sum(bit for bit, _ in before)
            path = tuple(each for _, passed in before for each in passed)
            yield Move((*path, gateway.id), needs, needs, self._out(gateway))

    def _task(self, task: Element, path: tuple[str, ...], here: int) -> Iterator[Move]:
        told = self._told(task)
        yield Move(path, here, here | told, self._out(task))
        for event in self.process.attached_to(task.id):
            if event.interrupting:
                yield Move((*path, event.id), here, here | told, self._out(event))
            else:
                yield Move((*path, event.id), here, 0, self.marks[event.id] | self._out(event), self.marks[event.id])

    def _scope(self, scope: Element) -> Iterator[Move]:
        """A sub-process ends when nothing is left inside; messages and deadlines end it at any moment before."""
        running, inside, told = self.marks[scope.id], self._inside(scope.id), self._told(scope)
        yield Move((), running, running | told, self._out(scope), inside)
        for event in self.process.attached_to(scope.id):
            mark = self.marks.get(event.id, 0)
            if event.kinds() & CAUGHT_INSIDE:
                continue
            if event.interrupting:
                yield Move((event.id,), running, running | inside | told, self._out(event))
            else:
                yield Move((event.id,), running, 0, mark | self._out(event), mark)

    def _event(self, event: Element, path: tuple[str, ...], here: int) -> Iterator[Move]:
        kinds, out = event.kinds(), self._out(event)
        catcher = self._catcher(event) if kinds & CAUGHT_INSIDE else None
        if TERMINATE in kinds or (ERROR in kinds and catcher is None):
            yield Move(path, here, self._inside(event.scope if TERMINATE in kinds else None))
        elif catcher is None:
            yield Move(path, here, here, out)
        elif catcher.interrupting:
            scope = self.process.elements[str(catcher.attached_to)]
            ended = self.marks[scope.id] | self._inside(scope.id) | self._told(scope)
            yield Move((*path, catcher.id), here, ended, self._out(catcher))
        else:
            mark = self.marks[catcher.id]
            yield Move((*path, catcher.id), here, here, mark | self._out(catcher) | out, mark)
            yield Move(path, here | mark, here, out)

    def _catcher(self, event: Element) -> Element | None:
        """The boundary event of the nearest sub-process around that catches what `event` throws."""
        thrown = event.triggers[0]
        scope = event.scope
        while scope is not None:
            for each in self.process.attached_to(scope):
                if any(caught.kind == thrown.kind and caught.code in {None, thrown.code} for caught in each.triggers):
                    return each
            scope = self.process.elements[scope].scope
        return None

    def _told(self, host: Element) -> int:
        return sum(self.marks.get(event.id, 0) for event in self.process.attached_to(host.id))

    def _inside(self, scope: str | None) -> int:
        """All places inside a scope, however deep; None: of the whole process."""
        within = {scope}
        for element in self.process.elements.values():
            if element.type == SUBPROCESS and element.scope in within:
                within.add(element.id)
        return sum(1 << bit for bit, place in enumerate(self.places) if place.scope in within)
