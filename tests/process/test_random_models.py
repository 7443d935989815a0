"""Random processes of blocks, done in random order, stored and read again at every step, against an interpreter."""

import os
import random
from collections import Counter

import pytest

from tests.process.interpreter import Open, Situation, complete, enter
from tests.process.matter import Matter
from tests.process.models import OUT, Block, Both, Call, Choice, Inner, Loop, Maker, Row, bundle_of, draw, inside
from workflows import engine
from workflows.definitions.lint import parallel_cycle, run

SEEDS = range(int(os.environ.get("MODELS", "400")))
"""As many models are played as the environment's MODELS says."""
PATIENCE = 16
"""After so many tasks every loop is left."""
MOST_MEMBERS = 3
TEST = "tests/process/test_random_models.py::test_the_open_tasks_are_those_of_the_model_after_every_step"


class Play:
    """One model, played by the engine and by the interpreter."""

    def __init__(self, seed: int) -> None:
        self.model = Maker(seed).model()
        self._random = random.Random(f"play {seed}")
        self._members = self._random.randint(0, MOST_MEMBERS)
        self._told: list[str] = [
            f".venv/bin/pytest '{TEST}[{seed}]'",
            draw(self.model),
            f"begins with {self._members} members",
        ]
        now = self._situation()
        facts = {f"way.{name}": way for name, way in now.ways.items()}
        members = tuple(f"member_{number}" for number in range(self._members))
        self.expected: Open | None = enter(self.model, now)
        self.matter = Matter(bundle_of(self.model), "walk", {**facts, "council.members": members})

    def to_the_end(self) -> None:
        """Somebody does any open task until nothing is open."""
        self._compare()
        while self.expected is not None:
            task, element = self._random.choice(sorted(self.matter.waiting.items(), key=lambda each: each[1]))
            now = self._situation()
            self._told.append(f"{element} is done while {dict(now.ways)}")
            self.matter.waiting.pop(task)
            self.matter.does(engine.Complete(task), **{f"way__{name}": way for name, way in now.ways.items()})
            self.expected = complete(self.expected, element, now)
            self._compare()

    def _situation(self) -> Situation:
        patient = len(self._told) < PATIENCE
        ways = {}
        for block in inside(self.model):
            if isinstance(block, Choice):
                ways[block.name] = f"w{self._random.randrange(len(block.ways))}"
            elif isinstance(block, Loop):
                ways[block.name] = OUT if not patient or self._random.random() < 0.6 else "again"
        return Situation(ways, self._members)

    def _compare(self) -> None:
        wanted = sorted((self.expected.tasks() if self.expected else Counter[str]()).elements())
        ended = None if wanted else "walk_done"
        found = (self.matter.inbox, self.matter.stored_inbox(), self.matter.ended_at, self.matter.stopped)
        assert found == (wanted, wanted, ended, None), "\n".join([*self._told, f"{found[0]} are open, not {wanted}"])


@pytest.mark.parametrize("seed", SEEDS)
def test_the_open_tasks_are_those_of_the_model_after_every_step(seed: int) -> None:
    Play(seed).to_the_end()


def test_the_models_have_every_kind_of_block_within_every_other() -> None:
    pairs = Counter[tuple[str, str]]()
    for seed in SEEDS:
        for outer in inside(Maker(seed).model()):
            pairs.update({(type(outer).__name__, type(each).__name__) for each in inside(outer) if each is not outer})

    around = ("Choice", "Both", "Loop", "Inner", "Call")
    within = ("Ask", "Many", *around)
    assert {(a, b) for a in around for b in within} <= pairs.keys()


@pytest.mark.parametrize("seed", SEEDS[:40])
def test_such_a_model_may_be_deployed(seed: int) -> None:
    findings = run(bundle_of(Maker(seed).model()))

    assert [str(each) for each in findings if each.rule != "drawing"] == []


@pytest.mark.parametrize("seed", SEEDS[:40])
def test_a_parallel_block_that_lies_bare_in_a_loop_may_not(seed: int) -> None:
    model = Maker(seed, sheltered=False).model()
    found = list(parallel_cycle.check(bundle_of(model)))

    assert bool(found) is _repeated_bare(model)


def _repeated_bare(block: Block, *, looped: bool = False) -> bool:
    """Whether a parallel block is repeated without a call in between."""
    match block:
        case Row(parts=parts) | Choice(ways=parts):
            return any(_repeated_bare(part, looped=looped) for part in parts)
        case Both(ways=ways):
            return looped or any(_repeated_bare(way) for way in ways)
        case Loop(body=body):
            return _repeated_bare(body, looped=True)
        case Inner(body=body) | Call(body=body):
            return _repeated_bare(body)
    return False
