"""How somebody arranges the own desk: look again later, named views of lists, columns; no dossier is touched."""

from collections.abc import Mapping, Sequence
from datetime import date

from workflows.domain.actor import Actor
from workflows.domain.calendar import local_day
from workflows.domain.errors import InvalidInput, InvalidState, NotAllowed, NotFound
from workflows.store import desk
from workflows.store.load import hold_task
from workflows.store.session import Database, clock

MOST_VIEWS = 50
LONGEST_NAME = 60
LONGEST_WORD = 200
ASKED = ("queue", "q", "award_form", "kind", "unit", "step", "due", "sort", "falling")
"""What a view may ask of a list."""


class NotYours(NotAllowed):
    """Take «{number}» on first; only its handler sets a day to look at it again."""


class DayHasPassed(InvalidInput):
    """Choose a day after today."""


class ViewNeedsName(InvalidInput):
    """Give the view a name of at most {longest} characters."""


class TooManyViews(InvalidState):
    """You keep {most} views already. Remove one of them first."""


def follow_up(db: Database, actor: Actor, task_id: str, day: date | None) -> None:
    """Put a task of one's own aside until a day, or (None) back; its deadline stays. Raises NotYours, DayHasPassed."""
    with db.write() as tx:
        held, task = hold_task(tx, task_id)
        if task.state != "open" or task.assignee != actor.login:
            raise NotYours(number=held.number)
        if day is not None and day <= local_day(clock(tx)[1]):
            raise DayHasPassed({"/day": "Choose a day after today."})
        desk.follow_up(tx, task_id, actor.login, day)


def keep_view(db: Database, actor: Actor, name: str, asked: Mapping[str, str], group: str | None = None) -> int:
    """Keep a list with its filters under a name, for oneself or for a group one belongs to; returns its id."""
    named = name.strip()
    if not 0 < len(named) <= LONGEST_NAME:
        raise ViewNeedsName({"/name": "This must be filled in."}, longest=LONGEST_NAME)
    if group is not None and group not in actor.groups:
        raise NotAllowed(why="a view is shared with a group of one's own")
    kept = {key: value[:LONGEST_WORD] for key, value in asked.items() if key in ASKED and value}
    with db.write() as tx:
        if desk.views_of(tx, actor.login) >= MOST_VIEWS:
            raise TooManyViews(most=MOST_VIEWS)
        return desk.keep_view(tx, actor.login, named, kept, group)


def remove_view(db: Database, actor: Actor, view: int) -> None:
    """Take away one's own view. Raises NotFound for another's."""
    with db.write() as tx:
        if not desk.remove_view(tx, actor.login, view):
            raise NotFound(what=f"view {view}")


def choose_columns(db: Database, actor: Actor, page: str, columns: Sequence[str]) -> None:
    """Keep which columns of a page somebody wants, in their order; none means the usual ones."""
    with db.write() as tx:
        desk.prefer(tx, actor.login, f"{page}.columns", [each[:LONGEST_WORD] for each in columns[:MOST_VIEWS]])
