"""The row of the domain clock."""

from datetime import timedelta

from sqlalchemy import Connection, text


def start_clock(tx: Connection, kind: str, ahead: timedelta) -> None:
    """Write the clock of a new database; one that exists stays."""
    tx.execute(
        text("insert into clock (id, kind, ahead) values (1, :kind, :ahead) on conflict do nothing"),
        {"kind": kind, "ahead": ahead},
    )


def set_ahead(tx: Connection, ahead: timedelta, by: str) -> None:
    """Set how far the clock is ahead of real time, and keep who did it."""
    tx.execute(text("update clock set ahead = :ahead where id = 1"), {"ahead": ahead})
    tx.execute(text("insert into clock_move (ahead, by) values (:ahead, :by)"), {"ahead": ahead, "by": by})


def exists(tx: Connection) -> bool:
    """Whether the database has a clock yet."""
    return tx.execute(text("select 1 from clock")).scalar() is not None
