"""The domain clock: real where the work is real, and in a demo set forward by anybody but never back."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.story import MONDAY, Office
from workflows.domain.calendar import LOCAL, local_day
from workflows.domain.errors import InvalidState
from workflows.operations import clock
from workflows.queries.clock import clock as clock_of
from workflows.queries.clock import is_in_use
from workflows.store.session import Database

SOON = timedelta(minutes=10)


@pytest.fixture
def office(shared_office: Office) -> Office:
    """One office for all these tests, whose clock is set back where no operation can."""
    with shared_office.tables() as tx:
        tx.execute(text("update clock set ahead = :ahead"), {"ahead": MONDAY - datetime.now(UTC)})
    return shared_office


@pytest.fixture(scope="module")
def in_earnest(fresh_database: Callable[[], str]) -> Iterator[Database]:
    """A database that is no demo."""
    db = Database(fresh_database())
    clock.create_clock(db, starts=None)
    yield db
    db.close()


def test_a_real_clock_reads_real_time(in_earnest: Database) -> None:
    read = clock_of(in_earnest)

    assert not read.is_demo
    assert abs(read.now - datetime.now(UTC)) < SOON


def test_a_real_clock_is_moved_by_nobody(in_earnest: Database, office: Office) -> None:
    for move in (
        lambda: clock.move_clock(in_earnest, office.person("quan_tri"), working_days=1),
        lambda: clock.move_clock(in_earnest, office.person("quan_tri"), days=7),
        lambda: clock.set_clock(in_earnest, datetime.now(UTC) + timedelta(days=1)),
    ):
        with pytest.raises(InvalidState):
            move()
    clock.create_clock(in_earnest, starts=MONDAY)

    assert not clock_of(in_earnest).is_demo


def test_a_demo_begins_where_it_is_told_and_runs(office: Office) -> None:
    first = office.now
    second = office.now

    assert MONDAY <= first < second < MONDAY + timedelta(hours=1)
    assert clock_of(office.db).is_demo
    assert is_in_use(office.db)


def test_a_demo_goes_forward_by_working_days_over_a_weekend(office: Office) -> None:
    told = clock.move_clock(office.db, office.person("don_vi_a"), working_days=5)

    assert local_day(told) == date(2021, 11, 1)
    assert abs(office.now - told) < SOON


def test_over_new_year_a_working_day_skips_the_days_off(office: Office) -> None:
    clock.set_clock(office.db, datetime(2021, 12, 31, 8, 0, tzinfo=LOCAL))

    assert local_day(clock.move_clock(office.db, office.person("don_vi_a"), working_days=1)) == date(2022, 1, 4)


@pytest.mark.parametrize(("working_days", "days"), [(0, 0), (-1, 0), (0, -7), (1, -1), (-1, 9)])
def test_a_demo_never_goes_back(office: Office, working_days: int, days: int) -> None:
    with pytest.raises(InvalidState, match="only goes forward"):
        clock.move_clock(office.db, office.person("quan_tri"), working_days=working_days, days=days)
    with pytest.raises(InvalidState, match="only forward"):
        clock.set_clock(office.db, (MONDAY - timedelta(days=1)).astimezone(UTC))


def test_who_moved_the_clock_is_kept(office: Office) -> None:
    clock.move_clock(office.db, office.person("don_vi_a"), days=7)

    assert office.asks("select by from clock_move order by id desc limit 1") == "don_vi_a"


def test_history_keeps_the_time_of_the_office_and_of_the_machine(office: Office) -> None:
    number = office.unit_opens_dossier()

    told = office.history(number)[0]
    assert datetime.fromisoformat(told["at"]).year == 2021
    assert abs(datetime.fromisoformat(told["at_real"]) - datetime.now(UTC)) < SOON


def test_a_database_without_a_clock_says_so(fresh_database: Callable[[], str]) -> None:
    db = Database(fresh_database())

    assert not is_in_use(db)
    with pytest.raises(Exception, match="No row was found") as refused:
        clock_of(db)
    assert not isinstance(refused.value, DBAPIError)
    db.close()
