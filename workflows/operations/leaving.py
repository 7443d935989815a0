"""Lines leave the review before the decision is signed: withdrawn by the unit or a nominee, suspended by the office.

It decides no conclusion: what becomes of a suspended line is said in its task.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import Connection

from workflows import engine
from workflows.definitions import Bundle
from workflows.domain.actor import Actor
from workflows.domain.calendar import local_day
from workflows.domain.errors import AlreadyDecided, InvalidInput, InvalidState, LineNotOpen, NotAllowed, NotOffered
from workflows.domain.events import Event, MessageReceived, PaperAttached
from workflows.domain.facts import OPEN, Facts, Line, Value
from workflows.domain.paper import Paper
from workflows.domain.record import Recorded, set_values
from workflows.operations.step import Intent, move
from workflows.store import instances, outbox, papers
from workflows.store.bundles import deployed
from workflows.store.load import Instance, hold, hold_id
from workflows.store.session import Database

WHOLE, SOME = "dossier_suspended", "line_suspended"
GROUND = "suspension.ground"
PAPER = "suspension_ground"
FILLED_IN = "This must be filled in."


class CannotBeSuspended(InvalidState):
    """{number} cannot be suspended now: it is not at the department, or its result is known."""


class NotYoursToSuspend(NotAllowed):
    """Only the department's office suspends a review."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """Which lines leave, with what verdict and what is told of each of them."""

    lines: tuple[Line, ...]
    verdict: str
    told: dict[str, Value] = field(default_factory=dict)

    def recorded(self, facts: Facts) -> Recorded:
        """The facts after these lines have left."""
        recorded = Recorded(facts, ())
        for line in self.lines:
            more = set_values(recorded.facts, {"verdict": self.verdict, **self.told}, line.id)
            recorded = Recorded(more.facts, (*recorded.changes, *more.changes))
        return recorded


def suspend(
    db: Database,
    actor: Actor,
    number: str,
    *,
    ground: str,
    reason: str,
    lines: Collection[int] = (),
    paper: Paper | None = None,
) -> None:
    """Suspend lines of a dossier, or all that are under review where none is named (TT 12/2019 Điều 2.5).

    A line in a round leaves its vote; limits stand still while the whole dossier is suspended. Raises NotAllowed for
    others than the office, InvalidState once the decision is signed, InvalidInput for a line that is not under review.
    """
    if not actor.may("dossier.suspend"):
        raise NotYoursToSuspend
    with db.write() as tx:
        held = hold(tx, number)
        _require(deployed(tx, held.bundle_id), ground, reason)
        require_open(tx, held, WHOLE, CannotBeSuspended(number=number))
        leaving = Leaving(
            chosen(held, lines, {OPEN}), "suspended", {"suspension.ground": ground, "suspension.reason": reason.strip()}
        )
        whole = len(leaving.lines) == len(held.facts.open_lines())
        recorded = _stopped(leaving.recorded(held.facts), held, whole=whole)
        leave_round(tx, actor, held, leaving, WHOLE)
        name = WHOLE if whole else SOME
        told: list[Event] = [MessageReceived(message=name, sender=actor.login, reason=reason.strip())]
        if paper:
            told.append(_attached(tx, held, paper, actor))
        awaited = whole or outbox.is_awaited(tx, held.id, name)
        command = engine.Deliver(name) if awaited else None
        move(tx, held, Intent(actor, command, recorded.facts, recorded.changes, tuple(told)))


def chosen(held: Instance, lines: Collection[int], statuses: Collection[str]) -> tuple[Line, ...]:
    """The lines of these ordinals, all that stand in one of `statuses` where none is named. Raises LineNotOpen."""
    standing = {line.ordinal: line for line in held.facts.lines if line.status in statuses}
    for ordinal in lines:
        if ordinal not in standing:
            raise LineNotOpen({"/lines": "This line is not open here."}, line=ordinal, number=held.number)
    found = tuple(standing[ordinal] for ordinal in sorted(set(lines) or standing))
    if not found:
        raise LineNotOpen({"/lines": "This line is not open here."}, line="", number=held.number)
    return found


def require_open(tx: Connection, held: Instance, message: str, refusal: InvalidState) -> None:
    """Raises `refusal` unless the dossier waits for `message`, AlreadyDecided when its result is on its way."""
    if held.process != "dossier" or not outbox.is_awaited(tx, held.id, message):
        raise refusal
    if outbox.on_its_way(tx, held.number, "round_concluded"):
        raise AlreadyDecided(number=held.number)


def leave_round(tx: Connection, actor: Actor, held: Instance, leaving: Leaving, message: str) -> None:
    """Take lines out of the round that has them and off the list of those that wait. Raises AlreadyDecided."""
    gone = [line.id for line in leaving.lines]
    outbox.leave_out(tx, held.number, gone, held.now)
    joined = instances.round_with(tx, held.number)
    if joined is None:
        return
    found = hold_id(tx, joined)
    there = tuple(line for line in found.facts.lines if line.id in gone and line.status in {OPEN, "passed"})
    if not there:
        return
    if found.facts.get("sign_decision.outcome") == "sign":
        raise AlreadyDecided(number=held.number)
    recorded = Leaving(there, leaving.verdict).recorded(found.facts)
    event = MessageReceived(message=message, sender=held.number)
    move(tx, found, Intent(actor, facts=recorded.facts, changes=recorded.changes, before=(event,)))


def _require(bundle: Bundle, ground: str, reason: str) -> None:
    """The grounds are those that the version of the matter names."""
    if ground not in bundle.worded(GROUND).values:
        raise NotOffered({"/ground": "Choose one of the answers offered."}, value=ground)
    if not reason.strip():
        raise InvalidInput({"/reason": FILLED_IN}, why="a suspension needs its reason")


def _stopped(recorded: Recorded, held: Instance, *, whole: bool) -> Recorded:
    """Where the matter stood, since when, and whether its limits stand still."""
    today = local_day(held.now)
    told: dict[str, Value] = {
        "suspension.stood_at": held.status,
        "suspension.began_on": today,
        "suspension.clock_stopped_on": today if whole else None,
        "sent_back.by": None,
    }
    more = set_values(recorded.facts, told)
    return Recorded(more.facts, (*recorded.changes, *more.changes))


def _attached(tx: Connection, held: Instance, paper: Paper, actor: Actor) -> PaperAttached:
    made = papers.keep(tx, held.id, paper, actor.login, held.now)
    size = len(paper.content)
    return PaperAttached(paper=made, paper_kind=paper.kind, title=paper.title, sha256=paper.sha256, size=size)
