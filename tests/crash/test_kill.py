"""kill -9 at fifty points: what was acknowledged is there, nothing is done twice, nothing is stuck."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.crash.books import acknowledged
from tests.crash.client import AD_HOC, DOSSIERS
from tests.crash.client_process import ClientProcess
from tests.crash.installation import Installation, Target, left_over, until
from tests.crash.invariants import broken, is_drained, unfinished
from workflows.definitions import load_bundle, shipped
from workflows.domain.calendar import LOCAL
from workflows.store import schema
from workflows.store.embedded import Embedded
from workflows.store.session import Database, DatabaseUnavailable
from workflows.stories import prepare

SEED = os.environ.get("CRASH_SEED", "1")
MONDAY = datetime(2021, 11, 1, 8, 0, tzinfo=LOCAL)
LEAST_ACKNOWLEDGED = 55
"""How often the client is told that something is done, at least."""
LONGEST = 0.06
DOING = "select count(*) from procrastinate_jobs where status = 'doing' and queue_name = 'work'"

EVERYBODY_AT_THE_DOOR = """update account set door = '{"group": "work", "tries": []}' where door is null"""


@dataclass(frozen=True, slots=True)
class Group:
    """What is killed in one installation, how often, while its client works through the operations or the pages."""

    name: str
    kills: Mapping[Target, int]
    over_pages: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """Kill `target` so many seconds after so many things were acknowledged, or after a job was begun then."""

    after: int
    target: Target
    in_job: bool
    delay: float


GROUPS = (
    Group("one", {"client": 4, "worker": 3, "backend": 3, "postmaster": 2, "run": 1}),
    Group("two", {"client": 4, "worker": 3, "backend": 3, "postmaster": 2}),
    Group("three", {"client": 4, "worker": 3, "backend": 2, "postmaster": 2, "run": 1}),
    Group("pages", {"web": 6, "client": 1, "worker": 2, "backend": 2, "postmaster": 2}, over_pages=True),
)


def test_there_are_fifty_points() -> None:
    assert sum(sum(group.kills.values()) for group in GROUPS) == 50


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_what_was_acknowledged_is_there_once_and_nothing_is_stuck(group: Group, installation: Installation) -> None:
    sys.stdout.write(f"once more: CRASH_SEED={SEED} ./run test crash -k{group.name}\n")
    chance = random.Random(f"{SEED} {group.name}")
    client = ClientProcess(installation, installation.folder / "books", over_pages=group.over_pages)
    client.start()
    try:
        for point in points(group, chance):
            strike(installation, client, point, chance)
        until(lambda: has_ended(installation, client))
    finally:
        client.close()
    assert broken(installation.db, client.books) == []
    assert unfinished(installation.db, dossiers=DOSSIERS, rounds=1 + AD_HOC) == []
    installation.stop()
    until(lambda: left_over(installation.folder) == [])  # what a killed `run` left ends by itself
    assert "worker ended with 0" not in installation.said


def points(group: Group, chance: random.Random) -> list[Point]:
    """Where to kill: evenly over the work, each a little off."""
    targets = [target for target, times in group.kills.items() for _ in range(times)]
    chance.shuffle(targets)
    apart = LEAST_ACKNOWLEDGED / len(targets)
    return [
        Point(int(apart * (place + chance.random())), target, chance.random() < 0.5, chance.uniform(0, LONGEST))
        for place, target in enumerate(targets)
    ]


def strike(installation: Installation, client: ClientProcess, point: Point, chance: random.Random) -> None:
    """Wait for the point, kill, and see that everything still holds as soon as the database answers."""
    until(lambda: has_come(installation, client, point))
    time.sleep(point.delay)
    sys.stdout.write(f"{point}\n")
    if point.target == "client":
        client.kill()
    else:
        installation.kill(point.target, chance)
    assert until(lambda: looked(installation, client)) == ["looked"]


def has_come(installation: Installation, client: ClientProcess, point: Point) -> bool:
    """Whether a point has come. One in a job comes a little later when no job is done just then."""
    installation.tend()
    so_far = acknowledged(client.books)
    if not point.in_job or client.is_done() or so_far >= point.after + 3:
        return so_far >= point.after
    return so_far >= point.after and bool(installation.ask(DOING))


def has_ended(installation: Installation, client: ClientProcess) -> bool:
    """Whether the client is done, and the worker has nothing left to do."""
    installation.tend()
    try:
        return client.is_done() and installation.is_whole() and is_drained(installation.db)
    except DatabaseUnavailable:
        return False


def looked(installation: Installation, client: ClientProcess) -> list[str]:
    """What does not hold, after a look at the database; nothing while it is away."""
    try:
        return ["looked", *broken(installation.db, client.books)]
    except DatabaseUnavailable:
        return []


@pytest.fixture(scope="module")
def prepared(reachable_tmp: Path) -> Path:
    """A data folder with the people and the procedure, to be copied."""
    folder = reachable_tmp / "prepared"
    with Embedded(folder) as server:
        schema.upgrade(server.url)
        prepare(db := Database(server.url), load_bundle(shipped()), MONDAY.astimezone(UTC))
        with db.write() as tx:
            tx.execute(text(EVERYBODY_AT_THE_DOOR))
        db.close()
    return folder


@pytest.fixture
def installation(prepared: Path, reachable_tmp: Path, request: pytest.FixtureRequest) -> Iterator[Installation]:
    """An installation at work; what it said last is shown where the test fails."""
    folder = reachable_tmp / request.node.callspec.id
    subprocess.run(["cp", "-a", prepared, folder], check=True)
    made = Installation(folder)
    made.start()
    try:
        until(made.is_whole)
        yield made
    finally:
        made.stop()
        sys.stdout.write(made.said[-3000:])
