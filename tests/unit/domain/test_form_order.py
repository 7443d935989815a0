"""A day of a form may not lie before another that is known."""

from datetime import UTC, date, datetime

import pytest

from workflows.domain.facts import Facts
from workflows.domain.form import EntriesRefused
from workflows.domain.form_order import require_order

TODAY = date(2021, 11, 4)
SCHEMA = {"properties": {"day": {"type": "string", "format": "date", "x-not-before": "decision.day"}, "word": {}}}


@pytest.mark.parametrize("known", [date(2021, 11, 2), datetime(2021, 11, 1, 18, tzinfo=UTC), None])
def test_the_day_itself_and_later_days_are_right(known: date | None) -> None:
    require_order(SCHEMA, {"day": "2021-11-02", "word": "a"}, Facts({"decision.day": known}), TODAY)


@pytest.mark.parametrize("known", [date(2021, 11, 3), datetime(2021, 11, 2, 18, tzinfo=UTC)])
def test_an_earlier_day_is_refused_where_it_stands(known: date) -> None:
    with pytest.raises(EntriesRefused) as refused:
        require_order(SCHEMA, {"day": "2021-11-02"}, Facts({"decision.day": known}), TODAY)

    assert refused.value.fields == {"/day": "This day cannot be before 03/11/2021."}


def test_a_day_that_is_not_given_is_not_compared() -> None:
    require_order(SCHEMA, {}, Facts({"decision.day": date(2021, 11, 3)}), TODAY)


def test_of_several_days_the_last_counts() -> None:
    schema = {"properties": {"day": {"format": "date", "x-not-before": ["dossier.full_on", "meeting.on", "none.yet"]}}}
    facts = Facts({"dossier.full_on": date(2021, 10, 25), "meeting.on": date(2021, 11, 8)})

    require_order(schema, {"day": "2021-11-08"}, facts, TODAY)
    with pytest.raises(EntriesRefused) as refused:
        require_order(schema, {"day": "2021-11-07"}, facts, TODAY)

    assert refused.value.fields == {"/day": "This day cannot be before 08/11/2021."}


@pytest.mark.parametrize("day", ["2021-12-31", "2023-01-01"])
def test_a_number_of_this_year_is_not_for_a_paper_of_another(day: str) -> None:
    schema = {"properties": {"day": {"format": "date", "x-in-year-of": "decision"}}}

    require_order(schema, {"day": "2022-01-01"}, Facts(), date(2022, 1, 4))
    with pytest.raises(EntriesRefused) as refused:
        require_order(schema, {"day": day}, Facts(), date(2022, 1, 4))

    shown = "/".join(reversed(day.split("-")))
    assert refused.value.fields == {"/day": f"The number is one of 2022; a paper of {shown} cannot have it."}
