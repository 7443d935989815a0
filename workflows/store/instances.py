"""The row of a new process instance, before its first step."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, text

from workflows.store.history import GENESIS
from workflows.store.session import clock

ADD = text(
    """insert into instance (number, process, bundle_id, title, search, unit, movement, about, status, state, revision,
  seq, head, opened_at, opened_by, changed_at)
values (:number, :process, :bundle_id, :title, fold(:number || ' ' || :title), :unit, :movement, :about, 'dang-soan',
  '', 0, 0, :head, :now, :opened_by, :now) returning id"""
)


@dataclass(frozen=True, slots=True)
class NewInstance:
    """What the row holds before the engine has run."""

    number: str
    process: str
    bundle_id: int
    title: str
    unit: str | None
    movement: str | None
    opened_by: str
    about: str | None = None


def round_with(tx: Connection, dossier: str) -> int | None:
    """The running round that has lines of this dossier."""
    found = text(
        """select i.id from round_line r join instance i on i.id = r.instance_id
where r.dossier = :dossier and i.process = 'review_round' and i.closed_at is null order by i.id desc limit 1"""
    )
    return tx.execute(found, {"dossier": dossier}).scalar()


def unit_names(tx: Connection, numbers: Iterable[str]) -> dict[str, str]:
    """The names of the units that these dossiers come from, by number."""
    rows = tx.execute(
        text("select i.number, u.name from instance i join unit u on u.code = i.unit where i.number = any(:numbers)"),
        {"numbers": list(numbers)},
    )
    return {row.number: row.name for row in rows}


def version_of(tx: Connection, number: str) -> int | None:
    """The id of the version of the procedure that an instance runs on."""
    return tx.execute(text("select bundle_id from instance where number = :number"), {"number": number}).scalar()


def underway_with(tx: Connection, process: str, line: str) -> str | None:
    """The number of a running instance of a process that has this line."""
    found = text(
        """select i.number from round_line r join instance i on i.id = r.instance_id
where r.line = :line and i.process = :process and i.closed_at is null limit 1"""
    )
    return tx.execute(found, {"line": line, "process": process}).scalar()


def add(tx: Connection, new: NewInstance) -> int:
    """Write the row; returns its id."""
    _, now = clock(tx)
    return int(tx.execute(ADD, {**asdict(new), "head": GENESIS, "now": now}).scalar_one())


def running_participations(tx: Connection, movement: str) -> tuple[int, ...]:
    """All running participations in a movement; a unit that took over another one has two."""
    found = "select id from instance where process = 'participation' and movement = :movement and closed_at is null"
    return tuple(tx.execute(text(f"{found} order by id"), {"movement": movement}).scalars())


def participations(tx: Connection, movement: str) -> dict[str, int]:
    """The running participations in a movement: unit to instance id."""
    rows = tx.execute(
        text(
            """select unit, id from instance
where process = 'participation' and movement = :movement and closed_at is null order by id"""
        ),
        {"movement": movement},
    )
    return {row.unit: row.id for row in rows}
