"""Numbers given out in order, without gaps: a number belongs to the transaction that took it."""

from sqlalchemy import Connection, text

TAKE = text(
    """insert into series (name, year, last) values (:name, :year, 1)
on conflict (name, year) do update set last = series.last + 1 returning last"""
)


def take(tx: Connection, series: str, year: int = 0) -> int:
    """The next number of a series in a year (0: a series that never restarts)."""
    return int(tx.execute(TAKE, {"name": series, "year": year}).scalar_one())


def following(tx: Connection, series: str, year: int = 0) -> int:
    """The number that would be taken next; shown, not promised."""
    last = tx.execute(
        text("select last from series where name = :name and year = :year"), {"name": series, "year": year}
    )
    return int(last.scalar() or 0) + 1
