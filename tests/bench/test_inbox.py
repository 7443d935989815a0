"""The list of work: its queries with a hundred times as many open tasks, and its page with fifty rows."""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.bench.many import fill
from tests.web.conftest import Browser
from webapp.app import create_app
from workflows.queries import accounts, inbox
from workflows.queries.accounts import actor_named
from workflows.queries.inbox_filters import offered
from workflows.settings import Settings
from workflows.store.session import Database

FEW, MANY, ROWS = 1_000, 100_000, 50
WARM_UP, TIMES = 3, 15
MOST_FOR_MANY, MOST_FOR_ROWS = 5.0, 6.0
Work = Callable[[], object]


@pytest.fixture(scope="module")
def sizes(fresh_database: Callable[[], str]) -> Mapping[int, Database]:
    """Two installations: one with a thousand open tasks, one with a hundred thousand."""
    found = {size: Database(fresh_database()) for size in (FEW, MANY)}
    for size, db in found.items():
        fill(db, size)
    return found


def test_a_hundred_times_as_many_tasks_hardly_slow_the_inbox(sizes: Mapping[int, Database]) -> None:
    few, many = ({name: median(work) for name, work in queries(db).items()} for db in sizes.values())
    ratios = {name: many[name] / few[name] for name in few}
    for name, ratio in ratios.items():
        say(f"inbox, {name}: {few[name]:.1f} ms of {FEW} tasks, {many[name]:.1f} ms of {MANY}, ratio {ratio:.1f}")
    tell("inbox_100k", {f"{name}_ratio": ratio for name, ratio in ratios.items()}, MOST_FOR_MANY)
    assert max(ratios.values()) <= MOST_FOR_MANY


def test_a_page_of_fifty_rows_costs_little_more_than_an_empty_one(
    sizes: Mapping[int, Database], tmp_path: Path
) -> None:
    app = create_app(Settings(data_dir=tmp_path, secret_key="k" * 40), sizes[FEW])
    full, empty = (signed_in(Browser(app.test_client()), login) for login in ("chuyen_vien", "chuyen_vien_2"))
    assert len(full.get("/inbox?queue=pool").all("//tr[@class='item']")) == ROWS
    assert not empty.get("/inbox").all("//tr[@class='item']")
    several = median(lambda: full.client.get("/inbox?queue=pool"))
    none = median(lambda: empty.client.get("/inbox"))
    say(f"GET /inbox: {several:.1f} ms with {ROWS} rows, {none:.1f} ms empty, ratio {several / none:.1f}")
    tell("inbox_page", {"ratio": several / none}, MOST_FOR_ROWS)
    assert several / none <= MOST_FOR_ROWS


def queries(db: Database) -> dict[str, Work]:
    """What a page of the inbox asks, for an officer and for the list of his group."""
    officer = actor_named(db, "chuyen_vien")
    assert officer is not None
    who = officer
    return {
        "mine": lambda: inbox.inbox(db, who, "mine", size=ROWS),
        "pool": lambda: inbox.inbox(db, who, "pool", size=ROWS),
        "counts": lambda: accounts.counts(db, who),
        "filters offered": lambda: offered(db, who, "mine"),
    }


def signed_in(browser: Browser, login: str) -> Browser:
    """A browser of this person's own."""
    assert browser.post("/sign-in/demo", {"login": login}).status == 200
    return browser


def median(work: Work) -> float:
    """Milliseconds that this takes, the median of several after a warm-up."""
    for _ in range(WARM_UP):
        work()
    times = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times) * 1000


def tell(name: str, ratios: Mapping[str, float], goal: float) -> None:
    """The ratios with their goal as a line of JSON, also at the end of the file BENCH_JSON."""
    line = json.dumps({"bench": name, "goal": goal, **{key: round(value, 2) for key, value in ratios.items()}})
    say(line)
    if where := os.environ.get("BENCH_JSON"):
        with Path(where).open("a", encoding="utf-8") as kept:
            kept.write(line + "\n")


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
