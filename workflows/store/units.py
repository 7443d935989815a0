"""Units with the day they ended and who took over; it refuses nothing, its callers do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, text

from workflows.domain.facts import Json
from workflows.domain.folded import bare

LOCKED = text(
    "select code, name, valid_to, successor from unit where code = any(:codes) order by code for update"  # one order
)
WORKING = text("select valid_to is null from unit where code = :code for share")
HEIR = text(
    """with recursive later(code, next) as (
  select code, successor from unit where code = :code
  union select u.code, u.successor from unit u join later l on u.code = l.next)
select code from later where next is null"""
)
ALL = text("select code, name, valid_to, successor from unit order by fold(name), code")
ENDED = text("update unit set valid_to = :on, successor = :successor where code = :code")
MATTERS = text("select id from instance where unit = :unit and closed_at is null order by id")
PASSED = text("update instance set unit = :successor where id = :instance")
DRAFTS = text(
    """update draft d set login = :to from user_task t
where t.id = d.task_id and t.instance_id = :instance and t.unit = :unit and t.state = 'open' and d.login = t.assignee
  and not exists (select 1 from draft o where o.task_id = d.task_id and o.login = :to)"""
)
TASKS = text(
    """update user_task set unit = :successor,
  assignee = case when assignee is null or assignee = any(:people) then assignee else :to end
where instance_id = :instance and unit = :unit and state = 'open'"""
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit; `valid_to` is its last day and `successor` the code of the unit that took over, where it has ended."""

    code: str
    name: str
    valid_to: date | None
    successor: str | None


def listed(tx: Connection) -> tuple[Unit, ...]:
    """All units by name."""
    return tuple(Unit(*row) for row in tx.execute(ALL))


def locked(tx: Connection, *codes: str) -> dict[str, Unit]:
    """These units by code, locked, so that nobody opens a dossier for one meanwhile."""
    return {row.code: Unit(*row) for row in tx.execute(LOCKED, {"codes": list(codes)})}


def works(tx: Connection, code: str) -> bool:
    """Whether a unit has not ended; it cannot end before the transaction does."""
    return bool(tx.execute(WORKING, {"code": code}).scalar())


def heir(tx: Connection, code: str | None) -> str | None:
    """The unit that has the tasks of this one today: itself, or the last successor."""
    found: str | None = tx.execute(HEIR, {"code": code}).scalar()
    return found or code


def taken_over(tx: Connection) -> dict[str, frozenset[str]]:
    """The bare name of each unit that has ended, with those of all that took over from it, one after another."""
    by_code = {unit.code: unit for unit in listed(tx)}

    def after(unit: Unit) -> Iterator[str]:
        while unit.successor:
            unit = by_code[unit.successor]
            yield bare(unit.name)

    return {bare(unit.name): frozenset(after(unit)) for unit in by_code.values() if unit.successor}


def end(tx: Connection, code: str, successor: str, on: date) -> None:
    """Write the last day and the successor."""
    tx.execute(ENDED, {"code": code, "successor": successor, "on": on})


def matters(tx: Connection, unit: str) -> tuple[int, ...]:
    """The ids of what is open for a unit."""
    return tuple(tx.execute(MATTERS, {"unit": unit}).scalars())


def hand_on(tx: Connection, instance: int, unit: str, successor: str, people: tuple[str, ...], to: str) -> None:
    """Give a matter, its open tasks and what was typed into them to the successor; who is of it keeps a task."""
    told = {"instance": instance, "unit": unit, "successor": successor, "people": list(people), "to": to}
    if people:
        tx.execute(DRAFTS, told)
    tx.execute(TASKS, told)
    tx.execute(PASSED, told)


def entries(tx: Connection, code: str) -> dict[str, Json]:
    """What an administrator may change of a unit, by the name of the entry."""
    told = text("select name, kind, has_seal, coalesce(head, '') as head from unit where code = :code")
    return dict(tx.execute(told, {"code": code}).mappings().one())


def change(tx: Connection, code: str, name: str, kind: str, *, has_seal: bool, head: str | None) -> None:
    """Write what an administrator may change of a unit."""
    tx.execute(
        text("update unit set name = :name, kind = :kind, has_seal = :seal, head = :head where code = :code"),
        {"code": code, "name": name, "kind": kind, "seal": has_seal, "head": head},
    )
