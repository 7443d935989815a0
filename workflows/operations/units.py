"""Units that end: everything open passes to the unit that takes over the tasks, or the whole act is refused."""

from datetime import date

from sqlalchemy import Connection

from workflows.domain.account_acts import UNIT, differences
from workflows.domain.actor import Actor
from workflows.domain.calendar import local_day
from workflows.domain.errors import InvalidInput, InvalidState, NotAllowed, NotFound, UnitHasEnded
from workflows.domain.facts import Value
from workflows.domain.personal_events import UnitDissolved
from workflows.domain.record import set_values
from workflows.operations.step import Intent, move
from workflows.store import account_acts, accounts, units
from workflows.store.load import Instance, hold_id
from workflows.store.session import Database, clock

LONGEST = 2_000


class SameUnit(InvalidInput):
    """{name} cannot become part of itself."""


class LastDayAhead(InvalidInput):
    """The last day of a unit cannot lie ahead. Enter it when that day has come."""


class SuccessorHasNobody(InvalidState):
    """{name} has nobody who prepares dossiers and cannot take over {numbers}. Enter one first; nothing was changed."""


class DissolutionReasonNeeded(InvalidInput):
    """Write by which decision the unit ends, in at most {longest} characters."""


def dissolve_unit(db: Database, actor: Actor, unit: str, successor: str, on: date, reason: str) -> tuple[str, ...]:
    """End a unit on its last day; its open matters pass to the successor at once. Returns their numbers.

    The nominations of a dissolved unit are those of the unit that took over its tasks (NĐ 91/2017 Điều 45.5;
    NĐ 98/2023 Điều 30.6). Raises NotAllowed, NotFound, SameUnit, UnitHasEnded (also for a successor that has ended, so
    that no circle arises), LastDayAhead, SuccessorHasNobody, DissolutionReasonNeeded; then nothing has changed.
    """
    if not actor.may("account.manage"):
        raise NotAllowed(why="only an administrator ends a unit")
    if not 0 < len(reason.strip()) <= LONGEST:
        raise DissolutionReasonNeeded({"/reason": "This must be filled in."}, longest=LONGEST)
    with db.write() as tx:
        old, new = _both(tx, unit, successor)
        if on > local_day(clock(tx)[1]):
            raise LastDayAhead({"/on": "This must be corrected."})
        held = [hold_id(tx, each) for each in units.matters(tx, unit)]
        people = accounts.preparers_of(tx, successor)
        if held and not people:
            raise SuccessorHasNobody(name=new.name, numbers=", ".join(each.number for each in held))
        event = UnitDissolved(
            unit=unit,
            unit_name=old.name,
            successor=successor,
            successor_name=new.name,
            on=on.isoformat(),
            reason=reason.strip(),
        )
        for each in held:
            units.hand_on(tx, each.id, unit, successor, people, people[0])
            recorded = set_values(each.facts, _told(each, successor, people))
            move(tx, each, Intent(actor, facts=recorded.facts, changes=recorded.changes, before=(event,)))
        units.end(tx, unit, successor, on)
        ended = differences({}, {"last_day": on.isoformat(), "successor": successor})
        account_acts.note(tx, actor, "ended", (UNIT, unit, old.name), ended, reason.strip())
        return tuple(each.number for each in held)


def _both(tx: Connection, unit: str, successor: str) -> tuple[units.Unit, units.Unit]:
    found = units.locked(tx, unit, successor)
    for code in (unit, successor):
        if code not in found:
            raise NotFound(what=f"Unit «{code}»")
    if unit == successor:
        raise SameUnit({"/successor": "Choose one of the answers offered."}, name=found[unit].name)
    for each in (found[unit], found[successor]):
        if each.valid_to is not None:
            raise UnitHasEnded(name=each.name)
    return found[unit], found[successor]


def _told(held: Instance, successor: str, people: tuple[str, ...]) -> dict[str, Value]:
    """The facts that name the unit and its preparer; who works for the successor already stays the preparer."""
    told: dict[str, Value] = {"dossier.unit": successor}
    if held.facts.text("dossier.preparer") not in {None, *people}:
        told["dossier.preparer"] = people[0]
    return told
