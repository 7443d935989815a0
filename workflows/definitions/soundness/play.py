"""Plays all courses of a net, shortest first, and tells what can go wrong; it says so where they are too many."""

from collections import deque
from dataclasses import dataclass, field
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
    """The moments reached so far, how each was first reached, and from which others; which moves were ever made."""

    reached: dict[int, tuple[int, Move | None]]
    sources: dict[int, list[int]] = field(default_factory=dict)
    stuck: list[int] = field(default_factory=list)
    doubled: list[tuple[int, Move]] = field(default_factory=list)
    made: int = 0
    complete: bool = True


def play(net: Net, *, states: int = MOST_STATES, seconds: float = MOST_SECONDS) -> Verdict:
    """Everything that can go wrong in a net, with the shortest way to each kind."""
    played = _explore(net, states, monotonic() + seconds)
    found: list[Problem] = []
    if played.stuck:
        found.append(Problem("deadlock", _waiting(net, played.stuck[0]), _path(net, played, played.stuck[0])))
    if played.doubled:
        found.append(_twice(net, played))
    if played.complete and (endless := _endless(played)) is not None:
        found.append(Problem("livelock", _waiting(net, endless), _path(net, played, endless)))
    if played.complete and not found and (dead := net.steps - _alive(net, played)):
        found.append(Problem("dead", tuple(sorted(dead))))
    return Verdict(tuple(found), len(played.reached), played.complete)


def _explore(net: Net, states: int, until: float) -> _Played:
    played = _Played({net.begins: (0, None)})
    waiting = deque([net.begins])
    while waiting:
        state = waiting.popleft()
        moved = False
        for number, move in enumerate(net.moves):
            if state & move.needs != move.needs or state & move.lacks:
                continue
            moved = True
            played.made |= 1 << number
            left = state & ~move.clears
            if left & move.gives:
                played.doubled.append((state, move))
                continue
            after = left | move.gives
            played.sources.setdefault(after, []).append(state)
            if after not in played.reached:
                played.reached[after] = (state, move)
                waiting.append(after)
        if not moved and state:
            played.stuck.append(state)
        late = len(played.reached) % BETWEEN_LOOKS_AT_THE_CLOCK == 0 and monotonic() > until
        if len(played.reached) > states or late:
            played.complete = False
            break
    return played


def _twice(net: Net, played: _Played) -> Problem:
    """A second token where one is already: the step behind would be done twice."""
    state, move = played.doubled[0]
    overlap = (state & ~move.clears) & move.gives
    at = tuple(dict.fromkeys((*place.passed, place.target)[0] for place in net.held(overlap)))
    return Problem("unsynchronised", at, (*_moves_to(net, played, state), *move.passed))


def _endless(played: _Played) -> int | None:
    """The first moment from which nothing is ever reached but moments like it."""
    leaves = {0, *played.stuck, *(state for state, _ in played.doubled)}
    waiting = [state for state in leaves if state in played.reached]
    good = set(waiting)
    while waiting:
        for before in played.sources.get(waiting.pop(), ()):
            if before not in good:
                good.add(before)
                waiting.append(before)
    return next((state for state in played.reached if state not in good), None)


def _alive(net: Net, played: _Played) -> set[str]:
    held = 0
    for state in played.reached:
        held |= state
    made = [move for number, move in enumerate(net.moves) if played.made >> number & 1]
    return {each for move in made for each in move.passed} | {each for place in net.held(held) for each in place.passed}


def _waiting(net: Net, state: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.target for place in net.held(state) if not place.mark))


def _path(net: Net, played: _Played, state: int) -> tuple[str, ...]:
    passed = _moves_to(net, played, state)
    return (*passed, *(each for place in net.held(state) for each in place.passed))


def _moves_to(net: Net, played: _Played, state: int) -> tuple[str, ...]:
    moves: list[Move] = []
    while True:
        state, move = played.reached[state]
        if move is None:
            break
        moves.append(move)
    return (net.start, *(each for move in reversed(moves) for each in move.passed))
