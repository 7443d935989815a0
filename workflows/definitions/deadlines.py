"""The facts `due.*`: when each limit of the procedure would end, by the table of deadlines and the working days."""

from datetime import date, datetime, time

from workflows.definitions.applied import apply_decision
from workflows.definitions.bundle import Bundle
from workflows.domain.calendar import LOCAL
from workflows.domain.facts import Facts, Value

DECISION = "deadlines"
MORNING = time(8, 0)


def with_deadlines(bundle: Bundle, facts: Facts, now: datetime) -> Facts:
    """The facts with `due.<key>` for every row of the table: the UTC instant at which a limit starting now would end.

    A row that starts with a fact counts from the day in it, once that day is known.
    """
    if DECISION not in bundle.decision_ids:
        return facts
    calendar, due = bundle.working_days(), dict[str, Value]()
    for row in apply_decision(bundle, DECISION, facts, now).rows():
        due[f"due.{row['key']}"] = calendar.deadline(_start(facts, str(row["starts"]), now), int(str(row["days"])))
    return facts.with_values(due)


def _start(facts: Facts, starts: str, now: datetime) -> datetime:
    day = None if starts == "task" else facts.get(starts)
    if isinstance(day, datetime):
        return day
    return datetime.combine(day, MORNING, LOCAL) if isinstance(day, date) else now
