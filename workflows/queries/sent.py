"""The documents of a movement with their recipients, as a page shows them: a unit sees what was sent to it."""

from dataclasses import replace

from workflows.domain.actor import Actor
from workflows.domain.errors import NotAllowed, NotFound
from workflows.queries.names import newest
from workflows.store import sending
from workflows.store.sending import Received, Recipient, Sent
from workflows.store.session import Database

__all__ = ["Received", "Recipient", "Sent", "documents", "notes_for_all"]


def documents(db: Database, actor: Actor, movement: str) -> tuple[Sent, ...]:
    """The plan and the issued decisions, each with whom it went to. Raises NotFound, NotAllowed."""
    everything = actor.may("dossier.read_all")
    if not everything and not actor.may("dossier.open"):
        raise NotAllowed(why="documents are shown to the office and to the units they were sent to")
    with db.read() as tx:
        bundle = newest(tx)
        if bundle is None or movement not in bundle.movements:
            raise NotFound(what=f"Movement «{movement}»")
        found = sending.documents(tx, bundle, movement)
    if everything:
        return found
    own = (replace(each, recipients=tuple(to for to in each.recipients if to.unit == actor.unit)) for each in found)
    return tuple(each for each in own if each.recipients)


def notes_for_all(actor: Actor) -> bool:
    """Whether this person notes receipts for every recipient, not only for the own unit."""
    return actor.may("movement.lead") or actor.may("letter.enter")
