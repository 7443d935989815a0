"""Fires the deadlines of one instance that have passed on the domain clock."""

from workflows import engine
from workflows.domain.actor import SYSTEM
from workflows.domain.errors import CalendarEnds
from workflows.operations.incidents import halt
from workflows.operations.step import Intent, move
from workflows.store.due import has_due
from workflows.store.load import hold_id
from workflows.store.session import Database


def fire_timers(db: Database, instance: int) -> bool:
    """Advance an instance whose deadline has passed; False when there is nothing (left) to fire.

    Where the calendar does not reach as far as what would open then, the instance stops there as an incident.
    """
    try:
        return _fire(db, instance)
    except CalendarEnds as error:
        halt(db, instance, str(error))
        return False


def _fire(db: Database, instance: int) -> bool:
    with db.write() as tx:
        held = hold_id(tx, instance)
        if held.closed_at is not None or held.stopped or not has_due(tx, held.id, held.now):
            return False
        move(tx, held, Intent(SYSTEM, engine.FireTimers()))
        return True
