"""What a model of blocks must do, told without any engine: a tree of what is open, walked down at every step."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from tests.process.models import OUT, Ask, Block, Both, Call, Choice, Inner, Loop, Many, Row


@dataclass(frozen=True)
class Situation:
    """What was known when a step was taken: the way chosen at each gateway, and how many members there are."""

    ways: Mapping[str, str]
    members: int


@dataclass
class Open:
    """A block that somebody works on: `left` times its own task, or the blocks `within` it that are open."""

    block: Block
    left: int = 0
    within: tuple["Open", ...] = ()
    at: int = 0

    def tasks(self) -> Counter[str]:
        """The names of the tasks that can be done, each as often as it can."""
        found = Counter({self.block.name: self.left}) if isinstance(self.block, Ask | Many) else Counter[str]()
        return sum((each.tasks() for each in self.within), found)


def enter(block: Block, now: Situation) -> Open | None:
    """The block as somebody comes to it; None: the way leads straight through."""
    match block:
        case Ask():
            return Open(block, 1)
        case Many():
            return Open(block, now.members) if now.members else None
        case Row():
            return _from(block, 0, now)
        case Choice(name=name, ways=ways):
            return _around(block, enter(ways[_way(now.ways[name], len(ways))], now))
        case Both(ways=ways):
            return _all(block, tuple(enter(way, now) for way in ways))
        case Loop(body=body) | Inner(body=body) | Call(body=body):
            return _around(block, enter(body, now))


def complete(opened: Open, task: str, now: Situation) -> Open | None:
    """The block after one of its tasks was done; None: it is finished."""
    block = opened.block
    if isinstance(block, Ask | Many):
        return Open(block, opened.left - 1) if opened.left > 1 else None
    doing = next(each for each in opened.within if task in each.tasks())
    left = complete(doing, task, now)
    if isinstance(block, Both):
        return _all(block, tuple(left if each is doing else each for each in opened.within))
    if left is None and isinstance(block, Row):
        return _from(block, opened.at + 1, now)
    if left is None and isinstance(block, Loop) and now.ways[block.name] != OUT:
        return enter(block, now)
    return _around(block, left, opened.at)


def _way(chosen: str, ways: int) -> int:
    return int(chosen[1:]) if chosen != OUT else ways - 1


def _from(row: Row, at: int, now: Situation) -> Open | None:
    for place in range(at, len(row.parts)):
        if (opened := enter(row.parts[place], now)) is not None:
            return Open(row, within=(opened,), at=place)
    return None


def _around(block: Block, opened: Open | None, at: int = 0) -> Open | None:
    return None if opened is None else Open(block, within=(opened,), at=at)


def _all(block: Both, ways: tuple[Open | None, ...]) -> Open | None:
    left = tuple(each for each in ways if each is not None)
    return Open(block, within=left) if left else None
