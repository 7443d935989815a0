"""The register of incoming letters: a letter is entered with its paper, then filed with the matter it answers."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection

from workflows.definitions import Bundle
from workflows.definitions.replies import Reply, replies
from workflows.domain.actor import Actor
from workflows.domain.calendar import local_day
from workflows.domain.days import read_day
from workflows.domain.errors import InvalidInput, InvalidState, NotAllowed, NotFound, NotOffered
from workflows.domain.paper import Paper
from workflows.domain.text import Text
from workflows.operations import letters
from workflows.operations.dossiers import media_type
from workflows.operations.step import Intent, tell
from workflows.store import arrivals, numbers, outbox, packages
from workflows.store.arrivals import Arrival, Incoming
from workflows.store.bundles import deployed, in_force
from workflows.store.load import Instance, hold, hold_id
from workflows.store.session import Database, clock

SERIES = "arrival"
LONGEST = 300
EMPTY = "This must be filled in."


class LetterIncomplete(InvalidInput):
    """The letter is not entered yet. Correct what is marked; choose the file again."""


class LetterRegistered(InvalidState):
    """Letter {number} of {day} of this body stands in the register already; it is kept once."""


class LetterFiled(InvalidState):
    """This letter has been filed already."""


class LetterUnmatched(InvalidState):
    """No matter is known that this letter answers. Assign it to a dossier or a round first."""


class LetterNotAwaited(InvalidState):
    """{matter} does not await «{letter}» now. The letter is kept in the register."""


def register_letter(db: Database, actor: Actor, told: Mapping[str, str], filename: str, content: bytes) -> int:
    """Enter a letter and its paper under the next arrival number of the year (NĐ 30/2020 Điều 22); returns its id.

    `told` has body, number, dated, subject and answers_number as they were typed. Raises LetterIncomplete, which names
    every wrong entry, UnknownKindOfFile, FileTooLarge, LetterRegistered.
    """
    _require_clerk(actor)
    with db.write() as tx:
        now = clock(tx)[1]
        _, bundle = in_force(tx, letters.PROCEDURE)
        incoming = _incoming(bundle, told, local_day(now), has_file=bool(filename))
        paper = Paper(letters.KIND, incoming.subject, filename[:200], media_type(filename, content), content)
        taken = numbers.take(tx, SERIES, local_day(now).year)
        number = bundle.series[SERIES].written(taken, local_day(now).year)
        made = arrivals.add(tx, incoming, paper, arrival_no=number, by=actor.login, at=now)
        if made is None:
            raise LetterRegistered(number=incoming.number, day=incoming.dated)
        return made


def assign_letter(db: Database, actor: Actor, arrival: int, number: str) -> None:
    """Say with which dossier or round a letter belongs. Raises NotFound, LetterFiled."""
    with db.write() as tx:
        held = _held(tx, actor, arrival)
        arrivals.assign(tx, held.id, hold(tx, number.strip()).id)


def answer_with_letter(
    db: Database, actor: Actor, arrival: int, message: str, answers: Mapping[str, Any], *, confirmed: bool = False
) -> str:
    """Let the matter of a letter have what it says, and its paper; returns the number of the matter.

    Raises LetterUnmatched, LetterTooLate, LetterNotAwaited, SenderNotAsked unless `confirmed`, EntriesRefused.
    """
    with db.write() as tx:
        letter = _held(tx, actor, arrival)
        held = _matter(tx, letter)
        bundle = deployed(tx, held.bundle_id)
        reply = _reply(bundle, message)
        number = letter.told.answers_number or held.number
        if held.closed_at is not None:
            raise letters.LetterTooLate(number=number, matter=held.number)
        if not outbox.is_awaited(tx, held.id, message):
            raise LetterNotAwaited(matter=held.number, letter=reply.title)
        _require_asked(tx, bundle, letter, held, reply, confirmed=confirmed)
        told = packages.Letter(0, message, reply.body, number, answers, actor.login, confirmed, letter.paper)
        letters.take(tx, held, bundle, told)
        arrivals.finish(tx, letter.id, held.id, actor.login, held.now)
        return held.number


def file_letter(db: Database, actor: Actor, arrival: int) -> str:
    """Put the paper of a letter that answers nothing awaited into its matter, open or closed; returns its number."""
    with db.write() as tx:
        letter = _held(tx, actor, arrival)
        held = _matter(tx, letter)
        attached = letters.attach(tx, deployed(tx, held.bundle_id), held, letter.paper, actor.login)
        tell(tx, held, Intent(actor, before=(attached,)))
        arrivals.finish(tx, letter.id, held.id, actor.login, held.now)
        return held.number


def _require_clerk(actor: Actor) -> None:
    if not actor.may("letter.enter"):
        raise NotAllowed(why="only the records clerk and the department's office enter letters")


def _held(tx: Connection, actor: Actor, arrival: int) -> Arrival:
    _require_clerk(actor)
    letter = arrivals.hold(tx, arrival, letters.KIND)
    if letter is None:
        raise NotFound(what="This letter")
    if letter.done is not None:
        raise LetterFiled
    return letter


def _matter(tx: Connection, letter: Arrival) -> Instance:
    if letter.instance is not None:
        return hold_id(tx, letter.instance)
    sender = packages.sender_of(tx, letter.told.body, letter.told.answers_number)
    if sender is None:
        raise LetterUnmatched
    return hold_id(tx, sender.instance)


def _reply(bundle: Bundle, message: str) -> Reply:
    reply = replies(bundle).get(message)
    if reply is None:
        raise NotOffered({"/message": "Choose one of the answers offered."}, value=message)
    return reply


def _require_asked(
    tx: Connection, bundle: Bundle, letter: Arrival, held: Instance, reply: Reply, *, confirmed: bool
) -> None:
    asked, body = packages.asked_by(tx, held.id), letter.told.body
    if confirmed or (body == reply.body and body in asked):
        return
    named = [bundle.bodies.get(each, Text(each)) for each in (*asked[:1], body)]
    number = letter.told.answers_number or held.number
    raise letters.SenderNotAsked(number=number, asked=named[0], sender=named[-1])


def _incoming(bundle: Bundle, told: Mapping[str, str], today: date, *, has_file: bool) -> Incoming:
    said = {name: " ".join(told.get(name, "").split())[:LONGEST] for name in ("body", "number", "dated", "subject")}
    wrong = {f"/{name}": EMPTY for name, value in said.items() if not value}
    if said["body"] and said["body"] not in bundle.bodies:
        wrong["/body"] = "Choose one of the answers offered."
    dated = read_day(said["dated"]) if said["dated"] else None
    if said["dated"] and dated is None:
        wrong["/dated"] = "Write the date as day/month/year, for example 13/01/2022."
    elif dated is not None and dated > today:
        wrong["/dated"] = "This day has not come yet."
    if not has_file:
        wrong["/file"] = "Choose the file of the letter."
    if wrong or dated is None:
        raise LetterIncomplete(wrong)
    answers = " ".join(told.get("answers_number", "").split())[:LONGEST]
    return Incoming(said["body"], said["number"], dated, said["subject"], answers)
