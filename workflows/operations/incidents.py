"""An instance stops where the system itself cannot go on; an administrator has that element tried again."""

from workflows import engine
from workflows.domain.actor import SYSTEM, Actor
from workflows.domain.errors import NotAllowed, NotStopped
from workflows.domain.events import IncidentRetried
from workflows.operations.step import Intent, move
from workflows.store import outbox, packages
from workflows.store.load import hold, hold_id
from workflows.store.session import Database, enqueue


def halt(db: Database, instance: int, reason: str, message: str | None = None) -> bool:
    """Stop an instance at what waits for this message, or for a passed deadline; False where it has stopped already.

    What came stays: the message waits and the deadline has passed, so that a retry finds both.
    """
    with db.write() as tx:
        held = hold_id(tx, instance)
        if held.closed_at is not None or held.stopped:
            return False
        move(tx, held, Intent(SYSTEM, engine.Halt(reason, message)))
        return True


def retry(db: Database, actor: Actor, number: str) -> None:
    """Try the stopped element of an instance once more; it may stop again with a new reason.

    Messages and letters that came while it was stopped are delivered now; the sweeper fires passed deadlines.
    """
    if not actor.may("incident.retry"):
        raise NotAllowed(why="only an administrator retries a stopped dossier")
    with db.write() as tx:
        held = hold(tx, number)
        if held.stopped is None:
            raise NotStopped(number=number)
        event = IncidentRetried(element=held.stopped.split(":", 1)[0])
        move(tx, held, Intent(actor, engine.Retry(), before=(event,)))
        for message in outbox.on_its_way(tx, number):
            enqueue(tx, "deliver_message", message=message)
        for letter in packages.on_their_way(tx, held.id):
            enqueue(tx, "deliver_letter", letter=letter)
