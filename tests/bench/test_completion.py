"""One ballot of a council of five, completed durably, against the bare transaction that writes the same rows."""

import json
import os
import statistics
import sys
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from sqlalchemy import Engine, event

from tests.bench.bare import rows_of, write_again, written
from tests.bench.councils import FIVE, Ballot, ballots, councils
from workflows.operations import user_tasks
from workflows.store.session import Database, counted

WARM_UP, ROUNDS = 2, 8
YES = {"lines": [{"line": 1, "vote": "yes"}]}
MOST_STATEMENTS = 12
GOAL = 4.0

Times = dict[str, list[float]]
Watched = Callable[[Callable[[], object]], object]


def test_a_ballot_costs_little_more_than_its_rows(reachable_tmp: Path) -> None:
    folder = reachable_tmp / "bench"
    folder.mkdir()
    with councils(folder, WARM_UP + ROUNDS) as (ours, bare):
        several = list(by_council(ballots(ours)))
        counts = [count(ours, bare, ballot) for council in several[:WARM_UP] for ballot in council]
        times = [in_turn(ours, bare, council) for council in several[WARM_UP:]]
    statements, commits = (max(each) for each in zip(*counts, strict=True))
    report(times, statements, commits)
    assert statements <= MOST_STATEMENTS
    assert commits == 1


def by_council(open_ballots: Sequence[Ballot]) -> Iterator[Sequence[Ballot]]:
    """The ballots of one council after another."""
    for first in range(0, len(open_ballots), len(FIVE)):
        yield open_ballots[first : first + len(FIVE)]


def count(ours: Database, bare: Database, ballot: Ballot) -> tuple[int, int]:
    """Complete one ballot; returns its statements and its commits."""
    seen: list[tuple[int, int]] = []

    def counting(complete: Callable[[], object]) -> None:
        with counted(ours.engine) as statements, committed(ours.engine) as commits:
            complete()
        seen.append((len(statements), len(commits)))

    once(ours, bare, ballot, counting, lambda write: write())
    return seen[0]


def in_turn(ours: Database, bare: Database, council: Sequence[Ballot]) -> Times:
    """Complete the ballots of a council, each followed at once by its bare transaction; seconds by what was timed."""
    times: Times = defaultdict(list)
    for ballot in council:
        once(ours, bare, ballot, partial(measure, times, "ours"), partial(measure, times, "bare"))
    return times


def once(ours: Database, bare: Database, ballot: Ballot, first: Watched, second: Watched) -> None:
    """Complete one ballot, then write its rows once more; both databases are equal afterwards."""
    before = rows_of(bare, ballot.task)
    key = uuid.uuid4().hex
    first(lambda: user_tasks.complete(ours, ballot.member, ballot.task, YES, key=key))
    rows = written(ours, ballot.task, before)
    second(lambda: write_again(bare.engine, rows))
    assert rows_of(bare, ballot.task) == rows_of(ours, ballot.task)


def measure(times: Times, name: str, work: Callable[[], object]) -> None:
    """Do the work; keep how long it took on the wall and on this process's CPU."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    times[f"{name}_cpu"].append(time.process_time() - cpu)
    times[f"{name}_wall"].append(time.perf_counter() - wall)


@contextmanager
def committed(engine: Engine) -> Iterator[list[object]]:
    """The commits while the block runs."""
    seen: list[object] = []

    def note(connection: object) -> None:
        seen.append(connection)

    event.listen(engine, "commit", note)
    try:
        yield seen
    finally:
        event.remove(engine, "commit", note)


def report(times: Sequence[Times], statements: int, commits: int) -> None:
    """Print the medians of the rounds' medians and their ratios; the same as JSON, also to the file BENCH_JSON."""
    rounds = [{name: statistics.median(several) * 1000 for name, several in each.items()} for each in times]
    found: dict[str, float] = {name: statistics.median(each[name] for each in rounds) for name in rounds[0]}
    for kind in ("cpu", "wall"):
        found[f"{kind}_ratio"] = statistics.median(each[f"ours_{kind}"] / each[f"bare_{kind}"] for each in rounds)
    found |= {"statements": statements, "commits": commits, "rounds": len(rounds), "council": len(FIVE)}
    told = [
        f"a ballot, {kind}: {found[f'ours_{kind}']:.2f} ms, bare {found[f'bare_{kind}']:.2f} ms,"
        f" ratio {found[f'{kind}_ratio']:.2f}"
        for kind in ("cpu", "wall")
    ]
    told += [f"goals: ratio of CPU {GOAL}; {statements} of {MOST_STATEMENTS} statements; {commits} of 1 commit"]
    line = json.dumps({name: round(value, 3) for name, value in found.items()})
    sys.stdout.write("\n".join(["", *told, line, ""]))
    if where := os.environ.get("BENCH_JSON"):
        Path(where).write_text(line + "\n", encoding="utf-8")
