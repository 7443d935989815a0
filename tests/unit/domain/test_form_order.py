"""A day of a form may not lie before another that is known."""

from datetime import UTC, date, datetime

import pytest

from workflows.domain.facts import Facts
from workflows.domain.form import EntriesRefused
from workflows.domain.form_order import require_order

SCHEMA = {"properties": {"day": {"type": "string", "format": "date", "x-not-before": "decision.day"}, "word": {}}}


@pytest.mark.parametrize("known", [date(2021, 11, 2), datetime(2021, 11, 1, 18, tzinfo=UTC), None])
def test_the_day_itself_and_later_days_are_right(known: date | None) -> None:
    require_order(SCHEMA, {"day": "2021-11-02", "word": "a"}, Facts({"decision.day": known}))


@pytest.mark.parametrize("known", [date(2021, 11, 3), datetime(2021, 11, 2, 18, tzinfo=UTC)])
def test_an_earlier_day_is_refused_where_it_stands(known: date) -> None:
    with pytest.raises(EntriesRefused) as refused:
        require_order(SCHEMA, {"day": "2021-11-02"}, Facts({"decision.day": known}))

    assert refused.value.fields == {"/day": "This day cannot be before 03/11/2021."}


def test_a_day_that_is_not_given_is_not_compared() -> None:
    require_order(SCHEMA, {}, Facts({"decision.day": date(2021, 11, 3)}))
