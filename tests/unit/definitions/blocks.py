"""Random processes: blocks inside blocks, sound as they are built, then often spoilt by a slip of the pen."""

import itertools
from dataclasses import dataclass, field
from random import Random

from tests.unit.definitions.sketch import Drawn, Scope, diagram
from workflows.definitions.diagram import read_process
from workflows.definitions.process import Process

MOST_SLIPS = 2


KINDS = ("task", "row", "choice", "both", "loop", "late", "events", "sub")


@dataclass
class Builder:
    """Draws one process of blocks of these kinds; every fragment is (first element, last element)."""

    chance: Random
    kinds: tuple[str, ...] = KINDS
    scope: Scope = field(default_factory=Scope)
    count: list[int] = field(default_factory=lambda: [0])

    def add(self, kind: str, what: str = "", on: str = "") -> str:
        """A new element."""
        self.count[0] += 1
        name = f"{kind}_{self.count[0]}"
        self.scope.elements.append(Drawn(kind, name, what, on))
        return name

    def link(self, *names: str) -> None:
        """Arrows from each to the next."""
        self.scope.flows += [(a, b, "") for a, b in itertools.pairwise(names)]

    def block(self, depth: int) -> tuple[str, str]:
        """A fragment with one way in and one way out."""
        kind = self.chance.choice(self.kinds) if depth else "task"
        return getattr(self, f"_{kind}")(depth)  # type: ignore[no-any-return]

    def process(self) -> Scope:
        """A whole process, from its start to its end."""
        first, last = self.block(3)
        self.link(self.add("start"), first)
        self.link(last, self.add("end"))
        self.scope.flows = list(dict.fromkeys(self.scope.flows))
        return self.scope

    def _task(self, _: int) -> tuple[str, str]:
        name = self.add("user")
        return name, name

    def _row(self, depth: int) -> tuple[str, str]:
        (first, a), (b, last) = self.block(depth - 1), self.block(depth - 1)
        self.link(a, b)
        return first, last

    def _choice(self, depth: int) -> tuple[str, str]:
        return self._split("xor", depth)

    def _both(self, depth: int) -> tuple[str, str]:
        return self._split("and", depth)

    def _split(self, kind: str, depth: int) -> tuple[str, str]:
        split, join = self.add(kind), self.add(kind)
        for _ in range(self.chance.randint(2, 3)):
            first, last = self.block(depth - 1)
            self.link(split, first)
            self.link(last, join)
        if self.chance.random() < 0.2:
            self.link(split, join)
        return split, join

    def _loop(self, depth: int) -> tuple[str, str]:
        entry, leave = self.add("xor"), self.add("xor")
        first, last = self.block(depth - 1)
        self.link(entry, first)
        self.link(last, leave, entry)
        return entry, leave

    def _late(self, depth: int) -> tuple[str, str]:
        task, join = self.add("user"), self.add("xor")
        event = self.add("boundary", "due answer", task)
        first, last = self.block(depth - 1)
        self.link(task, join)
        self.link(event, first)
        self.link(last, join)
        return task, join

    def _events(self, depth: int) -> tuple[str, str]:
        wait, join = self.add("events"), self.add("xor")
        for way in ("first", "second"):
            first, last = self.block(depth - 1)
            self.link(wait, self.add("catch", f"message {way}_{wait}"), first)
            self.link(last, join)
        return wait, join

    def _sub(self, depth: int) -> tuple[str, str]:
        name, join = self.add("sub"), self.add("xor")
        inner = Builder(self.chance, self.kinds, count=self.count)
        drawn = next(each for each in self.scope.elements if each.id == name)
        drawn.inside = inner.scope
        first, last = inner.block(depth - 1)
        if self.chance.random() < 0.5:
            choice, end = inner.add("xor"), inner.add("end", self.chance.choice(("error missing", "terminate", "")))
            inner.link(last, choice, end)
            last = choice
        inner.link(inner.add("start"), first)
        inner.link(last, inner.add("end"))
        for what in ("due answer", "error missing"):
            if self.chance.random() < 0.5:
                self.link(self.add("boundary", what, name), join)
        self.link(name, join)
        return name, join


def scopes(scope: Scope) -> list[Scope]:
    """A scope and those in it."""
    return [scope, *(each for element in scope.elements if element.inside for each in scopes(element.inside))]


def slip(chance: Random, scope: Scope) -> None:
    """One mistake in one of the scopes: a gateway of the other kind, an arrow led elsewhere or drawn anew."""
    here = chance.choice(scopes(scope))
    gateways = [each for each in here.elements if each.kind in {"xor", "and"}]
    if not gateways:
        return
    gateway = chance.choice(gateways)
    match chance.choice(("other", "elsewhere", "anew")):
        case "other":
            gateway.kind = "and" if gateway.kind == "xor" else "xor"
        case "elsewhere":
            number = chance.randrange(len(here.flows))
            source, target, _ = here.flows[number]
            if sum(each[1] == target for each in here.flows) > 1:
                here.flows[number] = (source, gateway.id, "")
        case "anew":
            here.flows.append((gateway.id, chance.choice(gateways).id, ""))


def random_process(seed: int) -> tuple[Process, bytes]:
    """The process of a seed, and its file."""
    chance = Random(seed)
    builder = Builder(chance)
    builder.process()
    for _ in range(chance.randint(0, MOST_SLIPS)):
        slip(chance, builder.scope)
    builder.scope.flows = list(dict.fromkeys(builder.scope.flows))
    xml = diagram("walk", builder.scope)
    return read_process("walk.bpmn", xml), xml
