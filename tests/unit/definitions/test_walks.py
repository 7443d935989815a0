"""What the rules let pass runs to its end in the real engine, whatever happens on the way."""

from datetime import timedelta
from random import Random

import pytest

from tests.process.matter import NOON, Matter
from tests.unit.definitions.blocks import KINDS, Builder
from tests.unit.definitions.sketch import around
from workflows import engine
from workflows.definitions import load_files
from workflows.definitions.lint import run
from workflows.definitions.lint.refused import TAGS
from workflows.domain.events import MessageAwaited, MessageWaitEnded

CHUNKS = [range(begin, begin + 50) for begin in range(0, 200, 50)]
MOST_STEPS = 300
REFUSED = {"events": "eventBasedGateway", "sub": "subProcess"}
RUN = tuple(kind for kind in KINDS if REFUSED.get(kind) not in TAGS)
ABOUT_STYLE = frozenset({"drawing", "identifiers", "leftovers"})


@pytest.mark.parametrize("seeds", CHUNKS, ids=lambda seeds: f"seeds-{seeds.start}-to-{seeds.stop - 1}")
def test_random_processes_that_the_rules_let_pass_reach_an_end(seeds: range) -> None:
    assert sum(walked(seed) for seed in seeds) > len(seeds) * 0.6


def walked(seed: int) -> bool:
    """Whether the rules let a process pass; fails where an instance of it does not end."""
    chance = Random(seed)
    bundle = load_files(around({"walk": Builder(chance, RUN).process()}))
    if {finding.rule for finding in run(bundle)} - ABOUT_STYLE:
        return False
    matter = Matter(bundle, "walk", {"due.answer": NOON + timedelta(days=5), "go.on": False})
    for _ in range(MOST_STEPS):
        if matter.ended_at:
            return True
        assert not matter.stopped, f"seed {seed}: {matter.stopped}"
        assert matter.inbox == matter.stored_inbox(), f"seed {seed}"
        assert one_step(chance, matter), f"seed {seed}: nothing is open and nothing is awaited"
    pytest.fail(f"seed {seed}: no end after {MOST_STEPS} steps")


def one_step(chance: Random, matter: Matter) -> bool:
    """A task is completed, a message comes or the deadlines pass; False where nothing of this can happen."""
    awaited: list[str] = []
    for event in matter.events:
        if isinstance(event, MessageAwaited):
            awaited.append(event.message)
        elif isinstance(event, MessageWaitEnded):
            awaited = [message for message in awaited if message != event.message]
    ways = ["task"] * 4 * bool(matter.inbox) + ["message"] * bool(awaited) + ["day"] * bool(matter.timers)
    matter.learns(go__on=chance.random() < 0.5)
    match chance.choice(ways) if ways else "":
        case "task":
            matter.completes(chance.choice(matter.inbox))
        case "message":
            matter.does(engine.Deliver(chance.choice(awaited)))
        case "day":
            matter.now += timedelta(days=6)
            matter.does(engine.FireTimers(), due__answer=matter.now + timedelta(days=5))
    return bool(ways)
