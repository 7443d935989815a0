"""A letter of an outside body comes in: the matter that waits takes it, or it waits itself; it is never lost."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from workflows import engine
from workflows.definitions import Bundle
from workflows.definitions.replies import Reply, replies
from workflows.domain.actor import SYSTEM, Actor
from workflows.domain.calendar import local_day
from workflows.domain.errors import CalendarEnds, InvalidInput, InvalidState, NotAllowed, NotOffered
from workflows.domain.events import MessageReceived, PaperAttached
from workflows.domain.facts import Facts
from workflows.domain.form import clean
from workflows.domain.form_order import require_order
from workflows.domain.paper import Paper
from workflows.domain.record import Form, Recorded, record
from workflows.domain.text import Text
from workflows.operations.dossiers import media_type
from workflows.operations.incidents import halt
from workflows.operations.step import Intent, move
from workflows.store import outbox, packages, papers
from workflows.store.bundles import deployed, in_force
from workflows.store.load import Instance, hold_id
from workflows.store.session import Database, clock

PROCEDURE = "commendation"
ALL_LINES = "all"
KIND = "outside_answer"
"""The kind of paper that a letter is in its matter."""


class LetterTwice(InvalidState):
    """This letter about «{number}» was entered before; it is kept once."""


class LetterTooLate(InvalidState):
    """«{number}» belongs to {matter}, which is closed; the letter can no longer change it."""


class SenderNotAsked(InvalidState):
    """«{number}» went to {asked}, not to {sender}. Confirm that this letter is about it, or correct the number."""


class LetterWithoutNumber(InvalidInput):
    """Write the number of our letter that is being answered."""


def enter_letter(
    db: Database,
    actor: Actor,
    *,
    message: str,
    number: str,
    answers: Mapping[str, Any],
    file: tuple[str, bytes],
    confirmed: bool = False,
) -> int:
    """Enter a letter that answers our `number`; early and unmatched ones wait. Returns its id.

    `file` is the name and the bytes of its paper, which goes with it to the matter that takes it.

    `answers` are those of the form of the task that records such a letter; the verdict on all lines may be given once,
    as {"lines": {"all": {...}}}. A letter of a body that our package did not go to has to be `confirmed`.
    Raises LetterTwice, LetterTooLate, SenderNotAsked, EntriesRefused where its matter is known and waits.
    """
    if not actor.may("letter.enter"):
        raise NotAllowed(why="only the records clerk and the department's office enter letters")
    number = " ".join(number.split())
    if not number:
        raise LetterWithoutNumber({"/number": "This must be filled in."})
    paper = Paper(KIND, file[0], file[0][:200], media_type(*file), file[1])
    with db.write() as tx:
        _, bundle = in_force(tx, PROCEDURE)
        reply = replies(bundle).get(message)
        if reply is None:
            raise NotOffered({"/message": "Choose one of the answers offered."}, value=message)
        sender = packages.sender_of(tx, reply.body, number)
        if sender is not None:
            require_asked(bundle, reply.body, sender.asked, number, confirmed=confirmed)
            _require_fit(tx, sender.instance, message, number, answers)
        if packages.is_kept(tx, message, number, answers):
            raise LetterTwice(number=number)
        letter = packages.Letter(0, message, reply.body, number, dict(answers), actor.login, confirmed, paper)
        return packages.enter(tx, letter, clock(tx)[1])


def require_asked(bundle: Bundle, body: str, asked: str, number: str, *, confirmed: bool) -> None:
    """Raises SenderNotAsked where a letter comes from another body than our package went to and nobody confirmed it."""
    if body != asked and not confirmed:
        named = (bundle.bodies.get(each, Text(each)) for each in (asked, body))
        raise SenderNotAsked(number=number, **dict(zip(("asked", "sender"), named, strict=True)))


def _require_fit(tx: Connection, sender: int, message: str, number: str, answers: Mapping[str, Any]) -> None:
    held = hold_id(tx, sender)
    if held.closed_at is not None:
        raise LetterTooLate(number=number, matter=held.number)
    if outbox.is_awaited(tx, held.id, message):
        _recorded(replies(deployed(tx, held.bundle_id))[message], held, answers)


def deliver_letter(db: Database, letter_id: int) -> bool:
    """Bring one letter to the matter that waits for it; False where it goes on waiting or cannot be taken.

    Where the calendar does not reach as far as what would open then, the matter stops there as an incident.
    """
    try:
        return _deliver(db, letter_id)
    except CalendarEnds as error:
        with db.write() as tx:
            known = packages.letter(tx, letter_id, KIND)
            sender = packages.sender_of(tx, known.body, known.number) if known else None
        if known is None or sender is None:
            raise
        halt(db, sender.instance, str(error), known.message)
        return False


def _deliver(db: Database, letter_id: int) -> bool:
    with db.write() as tx:
        known = packages.letter(tx, letter_id, KIND)
        sender = None if known is None else packages.sender_of(tx, known.body, known.number)
        if known is None or sender is None or (known.body != sender.asked and not known.confirmed):
            return False
        held = hold_id(tx, sender.instance)
        if held.closed_at is not None or held.stopped or not outbox.is_awaited(tx, held.id, known.message):
            return False
        bundle = deployed(tx, held.bundle_id)
        if known.paper:
            titled = replace(known.paper, title=bundle.messages[known.message].title.vi)
            known = replace(known, paper=titled)
        try:
            take(tx, held, bundle, known)
        except InvalidInput as error:
            packages.refuse(tx, known.id, str(error))
            return False
        packages.take(tx, known.id, held.number, held.now)
        return True


def take(tx: Connection, held: Instance, bundle: Bundle, letter: packages.Letter) -> None:
    """Let a matter that awaits a letter have it and its paper. Raises EntriesRefused."""
    recorded = _recorded(replies(bundle)[letter.message], held, letter.answers)
    event = MessageReceived(message=letter.message, sender=letter.entered_by, reason=letter.number)
    enclosed = () if letter.paper is None else (attach(tx, bundle, held, letter.paper, letter.entered_by),)
    move(tx, held, Intent(SYSTEM, engine.Deliver(letter.message), recorded.facts, recorded.changes, (*enclosed, event)))


def attach(tx: Connection, bundle: Bundle, held: Instance, paper: Paper, by: str) -> PaperAttached:
    """Put the paper of a letter into its matter, as another paper where its version knows no such kind."""
    kind = paper.kind if paper.kind in bundle.papers else "other"
    made = papers.keep(tx, held.id, replace(paper, kind=kind), by, held.now)
    return PaperAttached(paper=made, paper_kind=kind, title=paper.title, sha256=paper.sha256, size=len(paper.content))


def _recorded(reply: Reply, held: Instance, told: Mapping[str, Any]) -> Recorded:
    """What the matter knows with the letter, which says a word on each open line, as its task would take it.

    Raises EntriesRefused, also for a decision that is dated before what it answers.
    """
    answers = clean(reply.form.schema, _for_lines(held.facts, told))
    form = Form(reply.task, reply.form.prefix, reply.form.schema)
    recorded = record(held.facts, form, answers, number=held.number)
    require_order(reply.form.schema, answers, recorded.facts, local_day(held.now))
    return recorded


def _for_lines(facts: Facts, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """The answers with one row for each open line, where the letter says the same of all of them."""
    rows = answers.get("lines")
    if not isinstance(rows, Mapping):
        return answers
    said = rows.get(ALL_LINES, {})
    return {**answers, "lines": [{"line": line.ordinal, **said} for line in facts.open_lines()]}
