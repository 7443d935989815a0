"""Processes made of blocks, drawn from a seed; a parallel block in a loop is a sub-process or called, as lint asks."""

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass

from tests.unit.definitions import sketch
from workflows.definitions import Bundle, load_files

FACT = '[facts."way.{}"]\ntype = "text"\n'
OUT = "out"
Arrow = tuple[str, str]
"""An element and the condition, if any, under which the way goes on from it."""


@dataclass(frozen=True)
class Ask:
    """A user task."""

    name: str


@dataclass(frozen=True)
class Many:
    """A user task done once by each member."""

    name: str


@dataclass(frozen=True)
class Row:
    """One block after the other; none at all is a way without a task."""

    parts: tuple["Block", ...]


@dataclass(frozen=True)
class Choice:
    """One of several ways: «w0», «w1» …; the last is the default."""

    name: str
    ways: tuple["Block", ...]


@dataclass(frozen=True)
class Both:
    """All ways at once."""

    name: str
    ways: tuple["Block", ...]


@dataclass(frozen=True)
class Loop:
    """Again and again until the way is «out»."""

    name: str
    body: "Block"


@dataclass(frozen=True)
class Inner:
    """A sub-process drawn inside."""

    name: str
    body: "Block"


@dataclass(frozen=True)
class Call:
    """A process of its own, called."""

    name: str
    body: "Block"


Block = Ask | Many | Row | Choice | Both | Loop | Inner | Call


def inside(block: Block) -> Iterator[Block]:
    """The block and all that stands in it."""
    yield block
    match block:
        case Row(parts=parts) | Choice(ways=parts) | Both(ways=parts):
            for each in parts:
                yield from inside(each)
        case Loop(body=body) | Inner(body=body) | Call(body=body):
            yield from inside(body)


def waits(block: Block) -> bool:
    """Whether nobody can come through without a person doing something; a multiple task may have no member."""
    match block:
        case Ask():
            return True
        case Many():
            return False
        case Row(parts=parts) | Both(ways=parts):
            return any(map(waits, parts))
        case Choice(ways=ways):
            return all(map(waits, ways))
        case Loop(body=body) | Inner(body=body) | Call(body=body):
            return waits(body)


class Maker:
    """Draws one model; `sheltered` False leaves a parallel block bare in a loop."""

    def __init__(self, seed: int, *, sheltered: bool = True) -> None:
        self._random = random.Random(seed)
        self._numbers = itertools.count(1)
        self._sheltered = sheltered

    def model(self) -> Block:
        """Two to five tasks, nested at most as deep as that allows."""
        return self._row(self._random.randint(2, 5), looped=False)

    def _name(self, word: str) -> str:
        return f"{word}_{next(self._numbers)}"

    def _row(self, tasks: int, *, looped: bool) -> Block:
        parts = []
        while tasks > 0:
            share = self._random.randint(1, tasks)
            parts.append(self._block(share, looped=looped))
            tasks -= share
        return parts[0] if len(parts) == 1 else Row(tuple(parts))

    def _block(self, tasks: int, *, looped: bool) -> Block:
        single = ("ask", "ask", "ask", "many", "many", "maybe", "maybe", "loop", "inner", "call")
        several = ("row", "row", "choice", "choice", "both", "both", "both", "loop", "loop", "inner", "call")
        kind = self._random.choice(single if tasks == 1 else several)
        if kind == "both":
            return self._parallel(tasks, looped=looped)
        if kind == "loop":
            body = self._row(tasks, looped=True)
            return Loop(self._name("repeat"), body if waits(body) else Row((Ask(self._name("ask")), body)))
        if kind in {"inner", "call"}:
            return self._wrapped(kind, self._row(tasks, looped=False))
        if tasks > 1:
            ways = self._ways(tasks, looped=looped)
            return Choice(self._name("choose"), ways) if kind == "choice" else Row(ways)
        leaf = Many(self._name("vote")) if kind == "many" else Ask(self._name("ask"))
        return Choice(self._name("choose"), (leaf, Row(()))) if kind == "maybe" else leaf

    def _parallel(self, tasks: int, *, looped: bool) -> Block:
        sheltered = looped and self._sheltered
        block = Both(self._name("split"), self._ways(tasks, looped=looped and not sheltered))
        return self._wrapped(self._random.choice(("inner", "call")), block) if sheltered else block

    def _wrapped(self, kind: str, body: Block) -> Block:
        return Inner(self._name("within"), body) if kind == "inner" else Call(self._name("called"), body)

    def _ways(self, tasks: int, *, looped: bool) -> tuple[Block, ...]:
        first = self._random.randint(1, tasks - 1)
        ways = [self._row(first, looped=looped), self._row(tasks - first, looped=looped)]
        if self._random.random() < 0.2:  # now and then a way without a task
            ways.append(Row(()))
        self._random.shuffle(ways)
        return tuple(ways)


def draw(block: Block) -> str:
    """The model as a sketch: its process and those that it calls."""
    lines = _process("walk", block)
    for each in inside(block):
        if isinstance(each, Call):
            lines += _process(f"{each.name}s", each.body)
    return "\n".join(lines)


def bundle_of(block: Block) -> Bundle:
    """The model as a bundle."""
    held = sketch.files(draw(block))
    facts = "".join(FACT.format(each.name) for each in inside(block) if isinstance(each, Choice | Loop))
    held["bundle.toml"] += f"\n{facts}".encode()
    return load_files(held)


def _process(name: str, block: Block) -> list[str]:
    return [f"process {name}", *_scope(name, block)]


def _scope(name: str, block: Block) -> list[str]:
    lines = [f"start {name}_opened", f"end {name}_done"]
    last = _drawn(block, (f"{name}_opened", ""), lines)
    return [*lines, _arrow(last, f"{name}_done")]


def _drawn(block: Block, source: Arrow, lines: list[str]) -> Arrow:
    """Adds the lines of a block to which the way comes from `source`; where it goes on from."""
    match block:
        case Row(parts=parts):
            for part in parts:
                source = _drawn(part, source, lines)
            return source
        case Choice() | Both():
            return _split(block, source, lines)
        case Loop(name=name, body=body):
            lines += [f"xor {name}_entry", _arrow(source, f"{name}_entry"), f"xor {name}"]
            last = _drawn(body, (f"{name}_entry", ""), lines)
            lines += [_arrow(last, name), _arrow((name, ""), f"{name}_entry")]
            return name, f'way.{name} = "{OUT}"'
    if isinstance(block, Inner):
        lines += [
            _arrow(source, block.name),
            f"sub {block.name}",
            *(f"  {line}" for line in _scope(block.name, block.body)),
        ]
        return block.name, ""
    what = {Ask: "user {0}", Many: "user {0}: many", Call: "call {0}: {0}s"}[type(block)]
    lines += [what.format(block.name), _arrow(source, block.name)]
    return block.name, ""


def _split(block: Choice | Both, source: Arrow, lines: list[str]) -> Arrow:
    kind, name = "xor" if isinstance(block, Choice) else "and", block.name
    lines += [f"{kind} {name}", _arrow(source, name), f"{kind} {name}_end"]
    for number, way in enumerate(block.ways):
        chosen = kind == "xor" and number + 1 < len(block.ways)
        last = _drawn(way, (name, f'way.{name} = "w{number}"' if chosen else ""), lines)
        lines.append(_arrow(last, f"{name}_end"))
    return f"{name}_end", ""


def _arrow(source: Arrow, target: str) -> str:
    element, condition = source
    return f"{element} > {target}" + (f" [{condition}]" if condition else "")
