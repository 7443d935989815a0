"""Brings a message to the instance it is for: it advances, begins, or the message goes on waiting."""

from sqlalchemy import Connection

from workflows import engine
from workflows.domain.actor import SYSTEM
from workflows.domain.errors import NotFound
from workflows.domain.events import MessageReceived
from workflows.domain.facts import Facts
from workflows.domain.record import set_values
from workflows.operations.instances import New, open_instance
from workflows.operations.messages import joined, received
from workflows.operations.step import Intent, move
from workflows.store import outbox
from workflows.store.bundles import deployed, in_force
from workflows.store.load import hold
from workflows.store.outbox import Waiting
from workflows.store.session import Database, clock

STARTS = "starts:"


def deliver_message(db: Database, message_id: int) -> bool:
    """Deliver one message if somebody waits for it; False where it goes on waiting or was already taken."""
    with db.write() as tx:
        message = outbox.message(tx, message_id)
        if message is None:
            return False
        if message.key:
            return _to_instance(tx, message)
        return _to_new_instance(tx, message)


def _to_instance(tx: Connection, message: Waiting) -> bool:
    try:
        held = hold(tx, message.key)
    except NotFound:
        return False
    if held.closed_at is not None or held.stopped or not outbox.is_awaited(tx, held.id, message.name):
        return False
    recorded = received(held.facts, message.payload)
    event = MessageReceived(message=message.name, sender=message.sender)
    move(tx, held, Intent(SYSTEM, engine.Deliver(message.name), recorded.facts, recorded.changes, (event,)))
    outbox.take(tx, [message.id], held.number, held.now)
    return True


def _to_new_instance(tx: Connection, message: Waiting) -> bool:
    sender = hold(tx, message.sender)
    to = deployed(tx, sender.bundle_id).messages[message.name].to
    if not to.startswith(STARTS):
        return False
    bundle_id, bundle = in_force(tx, deployed(tx, sender.bundle_id).key)
    gathered = joined(Facts(), [message.payload])
    title = next((str(line.nominee.get("name")) for line in gathered.facts.lines), message.sender)
    told = set_values(gathered.facts, {"round.title": title})
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
