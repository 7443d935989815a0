"""Plays all courses of a net, shortest first, and tells what can go wrong; it says so where they are too many."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from time import monotonic
from typing import Literal

from workflows.definitions.soundness.net import Move, Net

MOST_STATES = 50_000
MOST_SECONDS = 5.0
BETWEEN_LOOKS_AT_THE_CLOCK = 1_000
Kind = Literal["deadlock", "unsynchronised", "livelock", "dead"]


@dataclass(frozen=True, slots=True)
class Problem:
    """What can go wrong, at which elements, and the shortest way there by the ids of the elements passed."""

    kind: Kind
    at: tuple[str, ...]
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """At most one problem of each kind. `complete` is false where the search was given up after `states` moments."""

    problems: tuple[Problem, ...]
    states: int
    complete: bool = True

    @property
    def sound(self) -> bool:
        """Whether every course was looked at and each can end well."""
        return self.complete and not self.problems


@dataclass(slots=True)
class _Played:
    """The moments reached so far: how each was first reached, past how many elements, and from which others."""

    net: Net
    reached: dict[int, tuple[int, Move | None]]
    length: dict[int, int]
    sources: dict[int, list[int]] = field(default_factory=dict)
    stuck: list[int] = field(default_factory=list)
    doubled: list[tuple[int, Move]] = field(default_factory=list)
    made: set[int] = field(default_factory=set)
    complete: bool = True


def play(net: Net, *, states: int = MOST_STATES, seconds: float = MOST_SECONDS) -> Verdict:
    """Everything that can go wrong in a net, with the shortest way to each kind."""
    played = _explore(net, states, monotonic() + seconds)
    found = [problem for problem in (_stuck(played), _doubled(played)) if problem]
    if played.complete and (endless := _endless(played)):
        found.append(endless)
    if played.complete and not found and (dead := net.steps - _alive(played)):
        found.append(Problem("dead", tuple(sorted(dead))))
    return Verdict(tuple(found), len(played.reached), played.complete)


def _explore(net: Net, states: int, until: float) -> _Played:
    """Every moment, those past the fewest elements first."""
    played = _Played(net, {net.begins: (0, None)}, {net.begins: 0})
    moves = _by_place(net)
    waiting = [(0, net.begins)]
    looked = 0
    while waiting:
        length, state = heappop(waiting)
        if length > played.length[state]:
            continue
        looked += 1
        if len(played.reached) > states or (looked % BETWEEN_LOOKS_AT_THE_CLOCK == 0 and monotonic() > until):
            played.complete = False
            break
        for after in _after(played, moves, state, length):
            heappush(waiting, (played.length[after], after))
    return played


def _by_place(net: Net) -> dict[int, list[tuple[int, Move]]]:
    """The moves by one of the places they need."""
    found: dict[int, list[tuple[int, Move]]] = {}
    for number, move in enumerate(net.moves):
        found.setdefault(move.needs & -move.needs, []).append((number, move))
    return found


def _after(played: _Played, moves: dict[int, list[tuple[int, Move]]], state: int, length: int) -> Iterator[int]:
    """The moments one move further to which this is the shortest way so far."""
    left, moved = state, False
    while left:
        place = left & -left
        left ^= place
        for number, move in moves.get(place, ()):
            if state & move.needs != move.needs or state & move.lacks:
                continue
            moved = True
            played.made.add(number)
            kept = state & ~move.clears
            if kept & move.gives:
                played.doubled.append((state, move))
                continue
            after, further = kept | move.gives, length + len(move.passed)
            played.sources.setdefault(after, []).append(state)
            if further < played.length.get(after, further + 1):
                played.length[after], played.reached[after] = further, (state, move)
                yield after
    if not moved and state:
        played.stuck.append(state)


def _stuck(played: _Played) -> Problem | None:
    if not played.stuck:
        return None
    waits = {state: [each for place in played.net.held(state) for each in place.passed] for state in played.stuck}
    state = min(played.stuck, key=lambda each: played.length[each] + len(waits[each]))
    return Problem("deadlock", _at(played.net, state), (*_path(played, state), *waits[state]))


def _doubled(played: _Played) -> Problem | None:
    """A second token where one is already: the step behind would be done twice."""
    if not played.doubled:
        return None
    state, move = min(played.doubled, key=lambda each: played.length[each[0]] + len(each[1].passed))
    overlap = (state & ~move.clears) & move.gives
    at = tuple(dict.fromkeys((*place.passed, place.target)[0] for place in played.net.held(overlap)))
    return Problem("unsynchronised", at, (*_path(played, state), *move.passed))


def _endless(played: _Played) -> Problem | None:
    """The first moment from which nothing is ever reached but moments like it."""
    waiting = [each for each in (0, *played.stuck, *(state for state, _ in played.doubled)) if each in played.reached]
    good = set(waiting)
    while waiting:
        for before in played.sources.get(waiting.pop(), ()):
            if before not in good:
                good.add(before)
                waiting.append(before)
    state = min(played.reached.keys() - good, key=lambda each: (played.length[each], each), default=None)
    return None if state is None else Problem("livelock", _at(played.net, state), _path(played, state))


def _alive(played: _Played) -> set[str]:
    held = 0
    for state in played.reached:
        held |= state
    moves = {each for number in played.made for each in played.net.moves[number].passed}
    return moves | {each for place in played.net.held(held) for each in place.passed}


def _at(net: Net, state: int) -> tuple[str, ...]:
    """The elements before which the tokens of a moment stand."""
    return tuple(dict.fromkeys(place.target for place in net.held(state) if not place.mark))


def _path(played: _Played, state: int) -> tuple[str, ...]:
    moves: list[Move] = []
    while True:
        state, move = played.reached[state]
        if move is None:
            break
        moves.append(move)
    return (played.net.start, *(each for move in reversed(moves) for each in move.passed))
