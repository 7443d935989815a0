"""One PostgreSQL for the whole run, a database of its own for each test that asks; the suite folder is the marker."""

import itertools
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.sql import SQL, Identifier
from sqlalchemy import make_url

from workflows.store.embedded import Embedded

TESTS = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test with its suite's folder; browser tests come last, since Playwright keeps an event loop."""
    items.sort(key=lambda item: suite_of(item.nodeid.partition("::")[0]) == "browser")
    for item in items:
        suite = suite_of(item.nodeid.partition("::")[0])
        if (TESTS / suite).is_dir():
            item.add_marker(suite)


def suite_of(path: str) -> str:
    """The name of the suite a test's path lies in, else of its file."""
    return Path(path).parts[1]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how long each suite took, with what it set up."""
    seconds: defaultdict[str, float] = defaultdict(float)
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                seconds[suite_of(report.nodeid.partition("::")[0])] += report.duration
    for suite, took in sorted(seconds.items()):
        terminalreporter.write_line(f"{suite:>16}: {took:6.1f} s")


@pytest.fixture(scope="session")
def reachable_tmp() -> Iterator[Path]:
    """A folder that every account can pass through; pytest's own are closed, and PostgreSQL never runs as root."""
    with tempfile.TemporaryDirectory(prefix="vinhdanh-test-") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


@pytest.fixture(scope="session")
def server(reachable_tmp: Path) -> Iterator[Embedded]:
    """A PostgreSQL server that need not survive a power cut."""
    with Embedded(reachable_tmp / "server", fsync=False) as embedded:
        yield embedded


@pytest.fixture(scope="session")
def fresh_database(server: Embedded) -> Callable[[], str]:
    """Makes an empty database with today's schema and returns its URL; call it once for each database needed."""
    from workflows.store import schema  # noqa: PLC0415  # Alembic takes its time, and only these tests need it

    ours = make_url(server.url)
    numbers = itertools.count(1)

    def create(name: str, template: str) -> str:
        with psycopg.connect(
            host=str(ours.query["host"]), user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            statement = SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
            connection.execute(statement.format(Identifier(name), Identifier(template)))
        return ours.set(database=name).render_as_string(hide_password=False)

    schema.upgrade(create("migrated", "template0"))
    return lambda: create(f"test_{next(numbers)}", "migrated")


@pytest.fixture
def database_url(fresh_database: Callable[[], str]) -> str:
    """A database for this test alone."""
    return fresh_database()
