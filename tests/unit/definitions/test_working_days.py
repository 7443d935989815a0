"""calendar.toml says its sources: the same days as the package, but where it says why, and no unknown year."""

from datetime import date, datetime, timedelta

import holidays
import pytest

from workflows.definitions import load_bundle, load_files, shipped
from workflows.definitions.calendar import changes_of
from workflows.definitions.deadlines import require_calendar, with_deadlines
from workflows.definitions.errors import BundleRejected
from workflows.domain.calendar import LOCAL
from workflows.domain.errors import CalendarEnds
from workflows.domain.facts import Facts

FILES = dict(load_bundle(shipped()).files)
BUNDLE = load_files(FILES)
CALENDAR = BUNDLE.working_days()
MOVED = {change.day: change for change in changes_of(FILES["calendar.toml"])}


def test_the_calendar_differs_from_the_package_only_where_it_says_why() -> None:
    assert CALENDAR.years == frozenset(range(2021, 2028))
    package = holidays.country_holidays("VN", years=range(2021, 2028))
    day, differing = date(2021, 1, 1), []
    while day.year < 2028:
        if CALENDAR.is_working(day) != package.is_working_day(day):
            differing.append(day)
        day += timedelta(days=1)
    assert set(differing) <= set(MOVED)
    assert differing == [date(2026, 1, 2), date(2026, 1, 10), date(2026, 11, 24), date(2027, 11, 24)]


def test_every_day_that_was_moved_is_as_its_source_says() -> None:
    assert all(CALENDAR.is_working(day) is change.working and change.source.vi for day, change in MOVED.items())


def test_every_saturday_that_is_worked_is_a_day_that_was_moved() -> None:
    assert {day for day, working in CALENDAR.exceptions.items() if working} <= set(MOVED)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2021, 11, 1), 25, date(2021, 12, 6)),
        (date(2021, 12, 20), 20, date(2022, 1, 18)),
        (date(2026, 1, 1), 1, date(2026, 1, 5)),
        (date(2026, 1, 9), 1, date(2026, 1, 10)),
    ],
)
def test_a_limit_crosses_new_year_and_a_swap_as_the_law_counts(start: date, count: int, end: date) -> None:
    assert CALENDAR.after(start, count) == end


def test_a_year_that_was_not_decided_is_marked_as_predicted() -> None:
    assert CALENDAR.predicted == frozenset({2027})


def test_no_limit_is_counted_into_a_year_the_calendar_does_not_know() -> None:
    assert CALENDAR.after(date(2027, 12, 30), 1) == date(2027, 12, 31)
    with pytest.raises(CalendarEnds, match="2028"):
        CALENDAR.after(date(2027, 12, 30), 2)


def test_only_the_limits_that_reach_an_unknown_year_are_left_out_and_who_needs_one_is_told() -> None:
    now = datetime(2027, 12, 20, 8, 0, tzinfo=LOCAL)
    known = with_deadlines(BUNDLE, Facts(), now)
    assert known.get("due.receive") is not None
    assert known.get("due.archive") is None
    with pytest.raises(CalendarEnds, match="2028"):
        require_calendar(BUNDLE, Facts(), "archive", now)
    require_calendar(BUNDLE, Facts(), "receive", now)


@pytest.mark.parametrize("name", ["2o22", "2021"])
def test_the_days_of_a_year_are_of_that_year(name: str) -> None:
    told = FILES["calendar.toml"].replace(b"\n2022 = [", f"\n{name.replace('2021', '2019')} = [".encode())
    with pytest.raises(BundleRejected, match="not all of one year"):
        load_files({**FILES, "calendar.toml": told})
