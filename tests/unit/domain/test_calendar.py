"""Working days in Vietnam: a limit of n days ends on the n-th working day after, at five (BLDS 2015 Điều 147-148)."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.definitions import load_bundle
from workflows.domain.calendar import LOCAL, WorkingDays, local_day

BUNDLE = Path(__file__).parents[3] / "bpmn" / "commendation"
SHIPPED = load_bundle(BUNDLE).working_days()
FIVE_DAYS = WorkingDays()
days = st.dates(date(2021, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2021, 10, 25), 20, date(2021, 11, 22)),
        (date(2021, 10, 25), 25, date(2021, 11, 29)),
        (date(2021, 11, 8), 25, date(2021, 12, 13)),
        (date(2021, 12, 20), 30, date(2022, 2, 8)),
        (date(2022, 1, 20), 10, date(2022, 2, 10)),
        (date(2025, 12, 22), 10, date(2026, 1, 7)),
    ],
)
def test_a_limit_ends_on_the_day_the_law_counts(start: date, count: int, end: date) -> None:
    assert SHIPPED.after(start, count) == end
    assert SHIPPED.between(start, end) == count


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2022, 1, 3), False),
        (date(2022, 1, 31), False),
        (date(2022, 2, 4), False),
        (date(2022, 2, 7), True),
        (date(2022, 4, 11), False),
        (date(2021, 9, 3), False),
        (date(2024, 5, 4), True),
        (date(2025, 4, 26), True),
        (date(2026, 1, 2), False),
        (date(2026, 1, 10), True),
        (date(2026, 8, 22), True),
    ],
)
def test_holidays_and_the_saturdays_worked_for_them_are_known(day: date, *, working: bool) -> None:
    assert SHIPPED.is_working(day) is working


def test_a_limit_ends_at_five_in_the_afternoon_in_vietnam() -> None:
    start = datetime(2021, 10, 25, 8, 30, tzinfo=LOCAL)

    assert SHIPPED.deadline(start, 20) == datetime(2021, 11, 22, 10, 0, tzinfo=UTC)
    assert SHIPPED.deadline(start, 20).tzinfo is UTC


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2021, 12, 31, 16, 59, 59, tzinfo=UTC), date(2021, 12, 31)),
        (datetime(2021, 12, 31, 17, 0, tzinfo=UTC), date(2022, 1, 1)),
    ],
)
def test_the_day_is_that_of_vietnam_not_of_greenwich(instant: datetime, day: date) -> None:
    assert local_day(instant) == day
    assert local_day(FIVE_DAYS.deadline(instant, 0)) == day


def test_the_day_on_which_a_limit_begins_does_not_count() -> None:
    assert FIVE_DAYS.after(date(2021, 10, 22), 1) == date(2021, 10, 25)
    assert FIVE_DAYS.after(date(2021, 10, 23), 1) == date(2021, 10, 25)
    assert FIVE_DAYS.after(date(2021, 10, 22), 0) == date(2021, 10, 22)


def test_a_saturday_worked_for_a_holiday_counts() -> None:
    swapped = WorkingDays({date(2021, 10, 23): True, date(2021, 10, 25): False})

    assert swapped.after(date(2021, 10, 22), 1) == date(2021, 10, 23)
    assert swapped.after(date(2021, 10, 22), 2) == date(2021, 10, 26)


@given(days, st.integers(1, 60))
def test_a_limit_always_ends_on_a_working_day_after_that_many(start: date, count: int) -> None:
    end = SHIPPED.after(start, count)

    assert SHIPPED.is_working(end)
    assert SHIPPED.between(start, end) == count
    assert SHIPPED.between(start, end - timedelta(days=1)) == count - 1


@given(days, days)
def test_days_overdue_count_as_days_left_do(one: date, other: date) -> None:
    assert SHIPPED.between(one, other) == -SHIPPED.between(other, one)
    assert SHIPPED.between(one, one) == 0


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2021, 12, 8), 30, date(2022, 1, 7)),
        (date(2021, 11, 14), 90, date(2022, 2, 14)),
        (date(2021, 12, 8), 45, date(2022, 1, 24)),
        (date(2022, 1, 1), 30, date(2022, 2, 7)),
    ],
)
def test_a_limit_in_calendar_days_ends_on_its_day_or_the_next_working_day(start: date, count: int, end: date) -> None:
    begins = datetime(start.year, start.month, start.day, 9, tzinfo=LOCAL)
    assert SHIPPED.calendar_deadline(begins, count).astimezone(LOCAL) == datetime(
        end.year, end.month, end.day, 17, tzinfo=LOCAL
    )
