"""Brings a message to the instance it is for: it advances, begins, or the message goes on waiting."""

from sqlalchemy import Connection

from workflows import engine
from workflows.definitions import Bundle
from workflows.domain.actor import SYSTEM
from workflows.domain.errors import CalendarEnds, NotFound
from workflows.domain.events import MessageReceived
from workflows.domain.facts import Facts
from workflows.domain.record import set_values
from workflows.operations.incidents import halt
from workflows.operations.instances import New, open_instance
from workflows.operations.linked import open_by_message, tell_original
from workflows.operations.messages import joined, received
from workflows.operations.step import Intent, move
from workflows.store import instances, outbox
from workflows.store.bundles import deployed, in_force
from workflows.store.load import Instance, hold
from workflows.store.outbox import Waiting
from workflows.store.session import Database, clock

STARTS = "starts:"


def deliver_message(db: Database, message_id: int) -> bool:
    """Deliver one message if somebody waits for it; False where it goes on waiting or was already taken.

    Where the calendar does not reach as far as what would open then, the receiver stops there as an incident.
    """
    try:
        return _deliver(db, message_id)
    except CalendarEnds as error:
        with db.write() as tx:
            waiting = outbox.message(tx, message_id)
            receiver = hold(tx, waiting.key) if waiting and waiting.key else None
        if waiting is None or receiver is None:
            raise
        halt(db, receiver.id, str(error), waiting.name)
        return False


def _deliver(db: Database, message_id: int) -> bool:
    """Everybody locks an instance before its messages; whoever did it the other way round could wait for ever."""
    with db.write() as tx:
        known = outbox.message(tx, message_id)
        if known is None:
            return False
        try:
            held = hold(tx, known.key or known.sender)
        except NotFound:
            return False
        message = outbox.message(tx, message_id, lock=True)
        if message is None:
            return False
        if not message.key:
            return _to_new_instance(tx, held, message)
        bundle = _sent_by(tx, message, held)
        if bundle.messages[message.name].to == "original":
            tell_original(tx, held, bundle, message)
            outbox.take(tx, [message.id], held.number, held.now)
            return True
        return _to_instance(tx, held, message)


def _sent_by(tx: Connection, message: Waiting, receiver: Instance) -> Bundle:
    """The version under which a message was sent: its receiver's where the sender is no instance."""
    version = instances.version_of(tx, message.sender)
    return deployed(tx, receiver.bundle_id if version is None else version)


def _to_instance(tx: Connection, held: Instance, message: Waiting) -> bool:
    if held.closed_at is not None or held.stopped or not outbox.is_awaited(tx, held.id, message.name):
        return False
    recorded = received(held.facts, message.payload)
    event = MessageReceived(message=message.name, sender=message.sender)
    move(tx, held, Intent(SYSTEM, engine.Deliver(message.name), recorded.facts, recorded.changes, (event,)))
    outbox.take(tx, [message.id], held.number, held.now)
    return True


def _to_new_instance(tx: Connection, sender: Instance, message: Waiting) -> bool:
    to = deployed(tx, sender.bundle_id).messages[message.name].to
    if not to.startswith(STARTS):
        return False
    bundle_id, bundle = in_force(tx, deployed(tx, sender.bundle_id).key)
    if to.removeprefix(STARTS) in bundle.linked:
        outbox.take(tx, [message.id], open_by_message(tx, sender, to.removeprefix(STARTS)), sender.now)
        return True
    gathered = joined(Facts(), [message.payload])
    title = next((str(line.nominee.get("name")) for line in gathered.facts.lines), message.sender)
    told = set_values(gathered.facts, {"round.title": f"Xét riêng: {title}"})
    new = New(
        to.removeprefix(STARTS),
        "ĐX",
        title,
        told.facts,
        (*gathered.changes, *told.changes),
        None,
        gathered.facts.text("dossier.movement"),
    )
    number = open_instance(tx, SYSTEM, bundle_id, bundle, new)
    outbox.take(tx, [message.id], number, clock(tx)[1])
    return True
