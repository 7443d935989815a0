"""How the office leads a movement: every unit gets the plan, those that lag behind are urged on, and it ends."""

from sqlalchemy import Connection

from workflows import engine
from workflows.definitions import Bundle
from workflows.domain.actor import Actor
from workflows.domain.errors import InvalidInput, InvalidState, NotAllowed, NotFound
from workflows.domain.events import MessageReceived, UnitUrged
from workflows.domain.facts import Facts
from workflows.domain.paper import Notice
from workflows.domain.record import set_values
from workflows.operations.instances import New, open_instance
from workflows.operations.step import Intent, move
from workflows.store import accounts, instances, notices, outbox
from workflows.store.bundles import in_force
from workflows.store.load import Instance, hold_id
from workflows.store.session import Database

PROCEDURE = "commendation"
PROCESS, SERIES = "participation", "TG"
CLOSED = "movement_closed"
LONGEST = 4_000


class LetterIsEmpty(InvalidInput):
    """Write what the unit is urged to do, in at most {longest} characters."""


class NotLaunched(InvalidState):
    """The movement is not launched for {unit}. Launch it first."""


class NotYetConfirmed(InvalidState):
    """{units} have not confirmed the launch. Urge them on, or let them confirm, before the movement ends."""


def launch_movement(db: Database, actor: Actor, movement: str) -> tuple[str, ...]:
    """Send the plan to every proposing unit that does not have it yet; returns the numbers (kế hoạch mục IV.1)."""
    with db.write() as tx:
        bundle_id, bundle = _led(tx, actor, movement)
        there = instances.participations(tx, movement)
        return tuple(
            _open(tx, actor, (bundle_id, bundle), movement, (code, name))
            for code, name in accounts.proposing_units(tx).items()
            if code not in there
        )


def urge(db: Database, actor: Actor, movement: str, unit: str, text: str) -> int:
    """Send a unit's preparers a letter that urges them on, and keep it in the history; returns how many got it."""
    letter = text.strip()
    if not 0 < len(letter) <= LONGEST:
        raise LetterIsEmpty({"/text": "This must be filled in."}, longest=LONGEST)
    with db.write() as tx:
        _, bundle = _led(tx, actor, movement)
        held = _held(tx, movement, unit)
        people = accounts.preparers_of(tx, unit)
        subject = f"Đôn đốc: {bundle.movements[movement].title.vi}"
        for login in people:
            key = f"urge:{held.id}:{held.seq}:{login}"
            notices.add(tx, key, held.id, Notice(login, subject, letter), held.now)
        move(tx, held, Intent(actor, before=(UnitUrged(subject=subject, text=letter, people=people),)))
        return len(people)


def close_movement(db: Database, actor: Actor, movement: str) -> int:
    """End the participation of all units, once each has confirmed its launch; returns how many."""
    with db.write() as tx:
        _led(tx, actor, movement)
        running = [hold_id(tx, each) for each in instances.running_participations(tx, movement)]
        names = accounts.proposing_units(tx)
        waiting = [names.get(str(held.unit), "?") for held in running if not outbox.is_awaited(tx, held.id, CLOSED)]
        if waiting:
            raise NotYetConfirmed(units=", ".join(waiting))
        for held in running:
            event = MessageReceived(message=CLOSED, sender=actor.login)
            move(tx, held, Intent(actor, engine.Deliver(CLOSED), before=(event,)))
        return len(running)


def _led(tx: Connection, actor: Actor, movement: str) -> tuple[int, Bundle]:
    if not actor.may("movement.lead"):
        raise NotAllowed(why="only the department's office leads a movement")
    bundle_id, bundle = in_force(tx, PROCEDURE)
    if movement not in bundle.movements:
        raise NotFound(what=f"Movement «{movement}»")
    return bundle_id, bundle


def _open(tx: Connection, actor: Actor, bundle: tuple[int, Bundle], movement: str, unit: tuple[str, str]) -> str:
    code, name = unit
    recorded = set_values(Facts(), {"dossier.movement": movement, "dossier.unit": code})
    new = New(PROCESS, SERIES, name, recorded.facts, recorded.changes, code, movement)
    return open_instance(tx, actor, *bundle, new)


def _held(tx: Connection, movement: str, unit: str) -> Instance:
    found = instances.participations(tx, movement).get(unit)
    if found is None:
        raise NotLaunched(unit=accounts.proposing_units(tx).get(unit, unit))
    return hold_id(tx, found)
