"""Whom to remind of a limit and when, by the table of escalation; it moves nothing and approves nothing."""

from dataclasses import dataclass
from datetime import datetime

from workflows.definitions.applied import apply_decision
from workflows.definitions.bundle import Bundle
from workflows.domain.calendar import local_day
from workflows.domain.facts import Facts

DECISION = "escalation"
ASSIGNEE = "assignee"
WHOLE = 100


@dataclass(frozen=True, slots=True)
class Level:
    """One level: reached at `percent` of the limit's working days, or `late` working days after it has passed."""

    key: str
    percent: int
    late: int
    to: str
    notice: str


def levels(bundle: Bundle, group: str, now: datetime) -> tuple[Level, ...]:
    """The levels for a task of this group, in the order of the table."""
    if DECISION not in bundle.decision_ids:
        return ()
    rows = apply_decision(bundle, DECISION, Facts({"task.group": group}), now).rows()
    return tuple(
        Level(str(row["level"]), int(str(row["percent"])), int(str(row["late"])), str(row["to"]), str(row["notice"]))
        for row in rows
    )


def reached(bundle: Bundle, level: Level, opened: datetime, due: datetime, now: datetime) -> bool:
    """Whether a level is reached; a reminder before the end is not for a task that is already overdue."""
    calendar, today = bundle.working_days(), local_day(now)
    if level.percent >= WHOLE:
        return now > due and calendar.between(local_day(due), today) >= level.late
    allowed = calendar.between(local_day(opened), local_day(due))
    return now <= due and calendar.between(local_day(opened), today) * WHOLE >= level.percent * allowed > 0
