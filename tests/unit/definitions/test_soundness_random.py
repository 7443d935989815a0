"""Random processes, sound and spoilt, are judged like by a second, slow player: same kinds, places and lengths."""

import pytest

from tests.unit.definitions.blocks import random_process
from tests.unit.definitions.oracle import Oracle
from workflows.definitions.soundness import judge

CHUNKS = [range(begin, begin + 50) for begin in range(0, 400, 50)]
MOST_MOMENTS = 700


@pytest.mark.parametrize("seeds", CHUNKS, ids=lambda seeds: f"seeds-{seeds.start}-to-{seeds.stop - 1}")
def test_random_processes_are_judged_as_by_a_second_slow_player(seeds: range) -> None:
    compared = sum(_agree(seed) for seed in seeds)
    assert compared > len(seeds) * 0.8


def _agree(seed: int) -> bool:
    """Whether a model was small enough to compare; fails where the two differ in kind, place or length of the way."""
    process, xml = random_process(seed)
    found, oracle = judge(process), Oracle(process)
    expected = oracle.opinion(MOST_MOMENTS)
    assert found is not None
    if expected is None:
        return False
    told = f"seed {seed}: {found}\n{xml.decode()}"
    ways = {problem.kind: problem for problem in found.problems}
    if "unsynchronised" not in ways:
        assert set(ways) == set(expected.kinds) | ({"dead"} if expected.dead else set()), told
    assert bool(ways) == bool(expected.kinds or expected.dead), told
    for kind, problem in ways.items():
        if kind == "dead":
            assert set(problem.at) == expected.dead, told
        elif kind in expected.kinds:
            assert len(problem.path) == expected.kinds[kind], told
            assert any(_shows(kind, oracle, state) for state in oracle.follow(problem.path)), told
    return True


def _shows(kind: str, oracle: Oracle, state: tuple[tuple[str, int], ...]) -> bool:
    doubled = any(count > 1 for _, count in state)
    match kind:
        case "deadlock":
            return bool(state) and not doubled and not list(oracle.steps(state))
        case "unsynchronised":
            return doubled
        case _:
            return bool(state)
