"""Writing down that a recipient has a document of a movement; each is an act that stays in the history."""

from dataclasses import dataclass
from datetime import date

from workflows.domain.actor import Actor
from workflows.domain.calendar import local_day
from workflows.domain.errors import InvalidInput, InvalidState, NotAllowed, NotFound, NotOffered
from workflows.domain.movement_events import DocumentReceived
from workflows.operations.step import Intent, tell
from workflows.store import sending
from workflows.store.bundles import in_force
from workflows.store.load import hold_id
from workflows.store.sending import Received, Recipient
from workflows.store.session import Database, clock

PROCEDURE = "commendation"
WAYS = ("in_person", "post", "mail", "network", "here")
"""By hand, by post, by e-mail, over the document network, in this system."""
LONGEST = 200


class ReceiverMissing(InvalidInput):
    """Write who received it, in at most {longest} characters."""


class DayOfReceipt(InvalidInput):
    """The day of receipt lies between the day of sending and today."""


class NothingSent(InvalidState):
    """{recipient} has not been sent this document yet."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is written down: on which day, in which way (one of WAYS), by whose hand."""

    on: date
    way: str
    receiver: str


def note_receipt(db: Database, actor: Actor, movement: str, document: str, recipient: str, receipt: Receipt) -> None:
    """Write down that a recipient has a document: the office and the clerk for anybody, a unit for itself.

    The later entry holds (kế hoạch, «Nơi nhận»; mục IV.2: the office follows up). Raises NotFound, NotAllowed,
    NotOffered, ReceiverMissing, DayOfReceipt, NothingSent.
    """
    with db.write() as tx:
        _, bundle = in_force(tx, PROCEDURE)
        if movement not in bundle.movements:
            raise NotFound(what=f"Movement «{movement}»")
        found = {each.key: each for each in sending.documents(tx, bundle, movement)}
        to = {each.key: each for each in found[document].recipients} if document in found else {}
        if recipient not in to or to[recipient].is_file:
            raise NotFound(what="This recipient")
        _allowed(actor, to[recipient])
        now = clock(tx)[1]
        checked = _checked(receipt, to[recipient], document, local_day(now))
        written = Received(checked.on, checked.way, checked.receiver, actor.login, now)
        sending.note(tx, movement=movement, document=document, recipient=recipient, received=written, by=actor.login)
        instance = to[recipient].instance
        if instance is not None:
            event = DocumentReceived(
                document=document,
                recipient=to[recipient].name,
                received_on=checked.on,
                way=checked.way,
                receiver=checked.receiver,
            )
            tell(tx, hold_id(tx, instance), Intent(actor, before=(event,)))


def _allowed(actor: Actor, to: Recipient) -> None:
    if actor.may("movement.lead") or actor.may("letter.enter"):
        return
    if to.unit is None or to.unit != actor.unit or not actor.may("dossier.open"):
        raise NotAllowed(why="the office and the clerk note receipts, and a unit its own")


def _checked(receipt: Receipt, to: Recipient, document: str, today: date) -> Receipt:
    if receipt.way not in WAYS:
        raise NotOffered({"/way": "Choose one of the answers offered."}, value=receipt.way)
    receiver = " ".join(receipt.receiver.split())
    if not 0 < len(receiver) <= LONGEST:
        raise ReceiverMissing({"/receiver": "This must be filled in."}, longest=LONGEST)
    if to.unit is not None and to.instance is None and document == sending.PLAN:
        raise NothingSent(recipient=to.name)
    if receipt.on > today or (to.sent_on is not None and receipt.on < to.sent_on):
        raise DayOfReceipt({"/on": "This must be corrected."})
    return Receipt(receipt.on, receipt.way, receiver)
