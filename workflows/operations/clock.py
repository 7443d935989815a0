"""The clock of a demo database goes forward by working days; every other clock is real."""

from datetime import datetime, timedelta

from workflows.domain.actor import Actor
from workflows.domain.calendar import local_day
from workflows.domain.errors import InvalidState
from workflows.store.bundles import in_force
from workflows.store.clock import set_ahead, start_clock
from workflows.store.session import Database, clock, real_time

PROCEDURE = "commendation"


def move_clock(db: Database, actor: Actor, *, working_days: int = 0, days: int = 0) -> datetime:
    """Set a demo's clock forward by working days (08:00 of that day) or by days; returns what it reads.

    Raises InvalidState on a database whose clock is real, and backwards.
    """
    with db.write() as tx:
        kind, now = clock(tx)
        if kind != "demo":
            raise InvalidState(why="the clock of this database is real")
        if working_days < 0 or days < 0 or working_days + days == 0:
            raise InvalidState(why="a clock only goes forward")
        target = now + timedelta(days=days)
        if working_days:
            calendar = in_force(tx, PROCEDURE)[1].working_days()
            today = local_day(now)
            target = now + timedelta(days=(calendar.after(today, working_days) - today).days)
        set_ahead(tx, target - real_time(), actor.login)
        return target


def set_clock(db: Database, instant: datetime) -> None:
    """Set a demo's clock forward to `instant` (UTC): stories are told in their own time. Raises InvalidState."""
    with db.write() as tx:
        kind, now = clock(tx)
        if kind != "demo" or instant < now:
            raise InvalidState(why="only a demo's clock is set, and only forward")
        set_ahead(tx, instant - real_time(), "system")


def create_clock(db: Database, *, starts: datetime | None) -> None:
    """Fix the clock of a new database: real, or a demo's that reads `starts` now. A clock that exists stays."""
    with db.write() as tx:
        start_clock(tx, "demo" if starts else "real", starts - real_time() if starts else timedelta())
