"""Days of a form that may not lie before another day that is known; it compares and computes none."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from workflows.domain.calendar import local_day
from workflows.domain.facts import Facts
from workflows.domain.form import EntriesRefused
from workflows.domain.form_sentences import Complaint

KEYWORD = "x-not-before"


def require_order(schema: Mapping[str, Any], answers: Mapping[str, Any], facts: Facts) -> None:
    """Raises EntriesRefused that points to each day before the one in the fact named by its `x-not-before`.

    `facts` are those after the answers, so that a form may name a day of its own.
    """
    wrong = {pointer: Complaint("not_before", day=f"{day:%d/%m/%Y}") for pointer, day in _early(schema, answers, facts)}
    if wrong:
        raise EntriesRefused(fields=wrong)


def _early(schema: Mapping[str, Any], answers: Mapping[str, Any], facts: Facts) -> Iterator[tuple[str, date]]:
    for name, field in schema["properties"].items():
        earliest = facts.get(field.get(KEYWORD, ""))
        if isinstance(earliest, datetime):
            earliest = local_day(earliest)
        if isinstance(earliest, date) and name in answers and date.fromisoformat(answers[name]) < earliest:
            yield f"/{name}", earliest
