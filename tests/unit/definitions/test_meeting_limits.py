"""The limits around a meeting of the Council follow its day; a day entered too late closes no ballot at once."""

from datetime import UTC, date, datetime

import pytest

from workflows.definitions import load_bundle, shipped
from workflows.definitions.deadlines import with_deadlines
from workflows.domain.calendar import local_day
from workflows.domain.facts import Facts, Value

BUNDLE = load_bundle(shipped())
TUESDAY = datetime(2022, 1, 11, 8, 0, tzinfo=UTC)


def ends(key: str, meeting_on: date | None) -> date:
    known: dict[str, Value] = {"dossier.kind": "thematic", "compile_summary.meeting_on": meeting_on}
    due = with_deadlines(BUNDLE, Facts(known), TUESDAY).get(f"due.{key}")
    assert isinstance(due, datetime)
    return local_day(due)


@pytest.mark.parametrize(("key", "day"), [("ballot", date(2022, 1, 14)), ("minutes", date(2022, 1, 18))])
def test_ballots_end_with_the_day_of_the_meeting_and_minutes_two_working_days_later(key: str, day: date) -> None:
    assert ends(key, date(2022, 1, 14)) == day


@pytest.mark.parametrize("meeting_on", [None, date(2021, 1, 14)])
@pytest.mark.parametrize("key", ["ballot", "minutes"])
def test_a_meeting_that_is_over_or_unknown_leaves_two_working_days(key: str, meeting_on: date | None) -> None:
    assert ends(key, meeting_on) == date(2022, 1, 13)


def test_a_meeting_of_today_is_not_over() -> None:
    assert ends("ballot", date(2022, 1, 11)) == date(2022, 1, 11)
