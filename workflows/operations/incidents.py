"""An admin has the element at which an instance stopped tried again."""

from workflows import engine
from workflows.domain.actor import Actor
from workflows.domain.errors import NotAllowed, NotStopped
from workflows.domain.events import IncidentRetried
from workflows.operations.step import Intent, move
from workflows.store import outbox
from workflows.store.load import hold
from workflows.store.session import Database, enqueue


def retry(db: Database, actor: Actor, number: str) -> None:
    """Try the stopped element of an instance once more; it may stop again with a new reason.

    Messages that came while it was stopped are delivered now.
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
