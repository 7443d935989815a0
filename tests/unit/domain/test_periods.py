"""A limit ends so many working days later as the matter stood still; no day counts twice or before the limit began."""

from datetime import date

import pytest

from workflows.domain.calendar import WorkingDays
from workflows.domain.periods import days_lost, written

MONDAY, FRIDAY, NEXT_FRIDAY = date(2021, 11, 1), date(2021, 11, 5), date(2021, 11, 12)


@pytest.mark.parametrize(
    ("periods", "since", "lost"),
    [
        (None, MONDAY, 0),
        ((written(MONDAY, FRIDAY),), MONDAY, 4),
        ((written(MONDAY, FRIDAY), written(FRIDAY, NEXT_FRIDAY)), MONDAY, 9),
        ((written(MONDAY, NEXT_FRIDAY),), FRIDAY, 5),
        ((written(MONDAY, FRIDAY),), FRIDAY, 0),
        ((written(MONDAY, FRIDAY),), NEXT_FRIDAY, 0),
        ((written(MONDAY, MONDAY),), date(2021, 10, 25), 0),
    ],
)
def test_working_days_of_a_suspension_do_not_count(periods: tuple[str, ...] | None, since: date, lost: int) -> None:
    assert days_lost(WorkingDays(), periods, since) == lost
