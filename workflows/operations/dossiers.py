"""What a unit does with its dossier outside the inbox: open it, attach papers, withdraw it."""

from collections.abc import Collection

from sqlalchemy import Connection

from workflows import engine
from workflows.definitions import Bundle
from workflows.domain.actor import Actor
from workflows.domain.errors import (
    AlreadyHandedIn,
    CannotBeWithdrawn,
    InvalidInput,
    NotAllowed,
    NotFound,
    NotOffered,
    UnitHasEnded,
)
from workflows.domain.events import MessageReceived, PaperAttached, PaperRemoved
from workflows.domain.facts import Facts, Value
from workflows.domain.paper import Paper
from workflows.domain.record import Recorded, set_values
from workflows.operations.enclosing import enclosing
from workflows.operations.instances import New, open_instance
from workflows.operations.leaving import Leaving, chosen, leave_round, require_open
from workflows.operations.step import Intent, move
from workflows.store import papers, units
from workflows.store.bundles import deployed, in_force
from workflows.store.load import Instance, hold
from workflows.store.session import Database

PROCEDURE = "commendation"
WITHDRAWAL = "dossier_withdrawn"
WITHDRAWN_BY = ("unit", "nominee")
STILL_IN_REVIEW = frozenset({"open", "suspended"})
MAGIC = {
    b"%PDF-": "application/pdf",
    b"PK\x03\x04": "application/zip",
    b"\x89PNG": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
OFFICE = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MOST_BYTES = 20 * 1024 * 1024


class NotYourDossier(NotAllowed):
    """{number} belongs to another unit."""


class UnknownKindOfFile(InvalidInput):
    """«{filename}» is not a PDF, Word, Excel, PNG or JPEG file. Save it as one of these and attach it again."""


class FileTooLarge(InvalidInput):
    """«{filename}» is larger than {limit} MB. Make it smaller (for example scan at 200 dpi) and attach it again."""


def open_dossier(db: Database, actor: Actor, *, movement: str, kind: str, award_form: str) -> str:
    """Open a dossier of the actor's unit on the newest version of the procedure; returns its number."""
    if not actor.may("dossier.open") or actor.unit is None:
        raise NotAllowed(why="only people of a proposing unit open dossiers")
    with db.write() as tx:
        if not units.works(tx, actor.unit):
            raise UnitHasEnded(name=actor.unit_name or actor.unit)
        bundle_id, bundle = in_force(tx, PROCEDURE)
        _known(bundle, movement, kind, award_form)
        recorded = set_values(
            Facts(),
            {
                "dossier.kind": kind,
                "dossier.award_form": award_form,
                "dossier.movement": movement,
                "dossier.preparer": actor.login,
                "dossier.unit": actor.unit,
            },
        )
        new = New("dossier", "HS", "", recorded.facts, recorded.changes, actor.unit, movement)
        return open_instance(tx, actor, bundle_id, bundle, new)


def withdraw_dossier(
    db: Database, actor: Actor, number: str, reason: str, *, lines: Collection[int] = (), by: str = "unit"
) -> None:
    """Withdraw a dossier, or some of its lines, before the decision is signed, also from the round it has joined.

    `by` is "unit", or "nominee" where the nominee declines the award (NĐ 91/2017 Điều 77.3). A dossier of which nothing
    is left to review ends. Raises InvalidState when it is too late.
    """
    if not reason.strip():
        raise InvalidInput({"/reason": "This must be filled in."}, why="a withdrawal needs its reason")
    if by not in WITHDRAWN_BY:
        raise NotOffered({"/by": "Choose one of the answers offered."}, value=by)
    with db.write() as tx:
        held = _mine(tx, actor, number)
        require_open(tx, held, WITHDRAWAL, CannotBeWithdrawn(number=number))
        told: dict[str, Value] = {"withdrawal.reason": reason.strip(), "withdrawal.by": by}
        leaving = Leaving(chosen(held, lines, STILL_IN_REVIEW), "withdrawn", told)
        recorded = leaving.recorded(held.facts)
        is_over = not any(line.status in {*STILL_IN_REVIEW, "passed"} for line in recorded.facts.lines)
        if is_over:
            more = set_values(recorded.facts, {"dossier.withdrawal_reason": reason.strip()})
            recorded = Recorded(more.facts, (*recorded.changes, *more.changes))
        event = MessageReceived(message=WITHDRAWAL, sender=actor.login, reason=reason.strip())
        leave_round(tx, actor, held, leaving, WITHDRAWAL)
        command = engine.Deliver(WITHDRAWAL) if is_over else None
        move(tx, held, Intent(actor, command, recorded.facts, recorded.changes, (event,)))


def attach_paper(db: Database, actor: Actor, number: str, kind: str, title: str, filename: str, content: bytes) -> int:
    """Attach a paper; returns its id. Raises NotAllowed, InvalidState unless the actor may now.

    The unit may while it prepares or supplements the dossier, the office while a line of it is suspended, and whoever
    has a task that encloses a paper of this kind.
    """
    with db.write() as tx:
        held = _attachable(tx, actor, number, kind)
        bundle = deployed(tx, held.bundle_id)
        if kind not in bundle.papers:
            raise NotOffered({"/kind": "Choose one of the answers offered."}, value=kind)
        named = title.strip() or bundle.papers[kind].vi
        paper = Paper(kind, named, _filename(filename), media_type(filename, content), content)
        made = papers.keep(tx, held.id, paper, actor.login, held.now)
        event = PaperAttached(paper=made, paper_kind=kind, title=named, sha256=paper.sha256, size=len(content))
        move(tx, held, Intent(actor, before=(event,)))
        return made


def remove_paper(db: Database, actor: Actor, number: str, paper_id: int) -> None:
    """Take a paper out of a dossier that the unit is preparing or supplementing; its bytes are kept.

    Whoever has a task that encloses a paper may take out what was attached since the task opened.
    """
    with db.write() as tx:
        held = hold(tx, number)
        asked = enclosing(tx, actor, held, deployed(tx, held.bundle_id))
        since = asked.since if asked else None
        if asked is None:
            _in_preparation(_mine(tx, actor, number))
        kind, title = papers.take_out(tx, held.id, paper_id, held.now, since)
        move(tx, held, Intent(actor, before=(PaperRemoved(paper=paper_id, paper_kind=kind, title=title),)))


def media_type(filename: str, content: bytes) -> str:
    """The type of a file by its first bytes. Raises UnknownKindOfFile, FileTooLarge."""
    if len(content) > MOST_BYTES:
        raise FileTooLarge(filename=filename, limit=MOST_BYTES // 1024 // 1024)
    found = next((kind for magic, kind in MAGIC.items() if content.startswith(magic)), None)
    if found == "application/zip":
        found = next((kind for ending, kind in OFFICE.items() if filename.lower().endswith(ending)), None)
    if found is None:
        raise UnknownKindOfFile(filename=filename)
    return found


def _known(bundle: Bundle, movement: str, kind: str, award_form: str) -> None:
    vocabulary = bundle.vocabulary("dossier")
    wrong = {
        name: value
        for name, value in (("kind", kind), ("award_form", award_form))
        if value not in vocabulary[f"dossier.{name}"].values
    }
    if movement not in bundle.movements:
        wrong["movement"] = movement
    if wrong:
        fields = dict.fromkeys((f"/{name}" for name in wrong), "Choose one of the answers offered.")
        raise NotOffered(fields, value=", ".join(wrong.values()))


def _mine(tx: Connection, actor: Actor, number: str) -> Instance:
    held = hold(tx, number)
    if held.process != "dossier":
        raise NotFound(what=number)
    if held.unit != actor.unit or not actor.may("dossier.open"):
        raise NotYourDossier(number=number)
    return held


def _procedure(tx: Connection, actor: Actor, number: str) -> Instance | None:
    """A procedure about a dossier, where this person may add papers to it; None where it is none."""
    held = hold(tx, number)
    kind = in_force(tx, PROCEDURE)[1].linked.get(held.process)
    if kind is None:
        return None
    if not kind.may_be_filed_by(actor) or not (actor.may("dossier.read_all") or held.unit == actor.unit):
        raise NotYourDossier(number=number)
    return held


def _attachable(tx: Connection, actor: Actor, number: str, kind: str) -> Instance:
    if procedure := _procedure(tx, actor, number):
        return procedure
    if actor.may("dossier.suspend"):
        held = hold(tx, number)
        if held.facts.counts()["any_suspended"]:
            return held
    held = hold(tx, number)
    asked = enclosing(tx, actor, held, deployed(tx, held.bundle_id))
    if asked and asked.kind == kind:
        return held
    return _in_preparation(_mine(tx, actor, number))


def _in_preparation(held: Instance) -> Instance:
    if held.status not in {"dang-soan", "tra-lai"}:
        raise AlreadyHandedIn(number=held.number)
    return held


def _filename(name: str) -> str:
    return name.replace("\\", "/").rsplit("/", 1)[-1].replace("\x00", "")[:200] or "paper"
