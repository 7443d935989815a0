"""What the domain clock reads."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from workflows.store import session
from workflows.store.clock import exists
from workflows.store.session import Database


@dataclass(frozen=True, slots=True)
class Clock:
    """`now` is UTC; a demo's clock shows its strip on every page."""

    is_demo: bool
    now: datetime


def clock(db: Database) -> Clock:
    """The clock of this database."""
    with db.read() as tx:
        kind, now = session.clock(tx)
        return Clock(kind == "demo", now)


def is_in_use(db: Database) -> bool:
    """Whether the database has been taken into use: it then has a clock."""
    with db.read() as tx:
        return exists(tx)


def is_half_loaded(db: Database) -> bool:
    """Whether a demo was being loaded when something ended it: nobody has worked on such a database."""
    found = text(
        """select kind = 'demo' and (not exists (select 1 from account)
  or exists (select 1 from account where (door ->> 'loading')::boolean)) from clock"""
    )
    with db.read() as tx:
        return bool(tx.execute(found).scalar())
