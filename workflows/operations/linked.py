"""Opens procedures about a decided dossier, and tells the dossier what became of them, also after it is closed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from workflows.definitions import Bundle
from workflows.domain.actor import SYSTEM, Actor
from workflows.domain.calendar import local_day
from workflows.domain.errors import InvalidInput, LineUnknown, NotAllowed, NotFound
from workflows.domain.events import MessageReceived
from workflows.domain.facts import Facts, Line, Value
from workflows.domain.linked import (
    AlreadyUnderway,
    LineNotConcerned,
    Linked,
    NoLineChosen,
    NotYetDecided,
    PastArchive,
    ProcedureOpened,
)
from workflows.domain.record import Change, FactSet, NomineeWritten, Recorded, applied, gather, set_values
from workflows.domain.register import CORRECTED as CORRECTED_STATE
from workflows.domain.register import REVOKED
from workflows.operations.instances import New, open_instance
from workflows.operations.messages import received
from workflows.operations.step import Intent, tell
from workflows.store import accounts, awards, instances, units
from workflows.store.bundles import deployed, in_force
from workflows.store.load import Instance, hold
from workflows.store.outbox import Waiting
from workflows.store.session import Database

CORRECTED = "corrected."
VERDICT = ("verdict", "revoked")
KEPT = ("dossier.kind", "dossier.award_form", "dossier.movement", "dossier.preparer", "dossier.unit")
KEPT_OF_LINES = {
    "about.bonus": "decisions.bonus.amount",
    "about.status": "verdict",
    "award.rank": "award.rank",
    "decisions.bonus.basis": "decisions.bonus.basis",
}


def open_procedure(
    db: Database, actor: Actor, number: str, process: str, lines: Sequence[int], reason: str, cause: str | None = None
) -> str:
    """Open a complaint, revocation or correction about these lines of a dossier; returns its number.

    Raises NotAllowed, NotYetDecided, PastArchive, NoLineChosen, LineNotConcerned, AlreadyUnderway.
    """
    with db.write() as tx:
        held = hold(tx, number)
        kind = _kinds(tx, held).get(process)
        if kind is None:
            raise NotFound(what=process)
        _permit(tx, actor, held, kind)
        if not reason.strip():
            raise InvalidInput({"/reason": "This must be filled in."}, why="a procedure needs its reason")
        told: dict[str, Value] = {"about.reason": reason.strip()[:2000], "about.cause": cause}
        return open_about(tx, actor, held, process, _chosen(tx, held, process, kind, lines), told)


def open_about(
    tx: Connection, actor: Actor, held: Instance, process: str, lines: Sequence[Line], told: dict[str, Value]
) -> str:
    """Open a procedure about these lines of the locked dossier, on the newest version of its bundle."""
    bundle_id, bundle = in_force(tx, deployed(tx, held.bundle_id).key)
    unit = units.heir(tx, held.unit)
    recorded = _copied(held, lines, _taken_over(tx, held, unit) | told)
    names = ", ".join(str(line.nominee.get("name") or "") for line in lines)
    new = New(
        process,
        bundle.linked[process].numbers,
        names,
        recorded.facts,
        recorded.changes,
        unit,
        held.movement,
        held.number,
    )
    number = open_instance(tx, actor, bundle_id, bundle, new)
    tell(tx, held, Intent(actor, before=(ProcedureOpened(procedure=process, number=number),)))
    return number


def open_by_message(tx: Connection, sender: Instance, process: str) -> str:
    """Open the procedure that another one about the same dossier asks for; one that runs already is enough."""
    held = hold(tx, sender.about or "")
    wanted = {line.id for line in sender.facts.lines}
    lines = [line for line in held.facts.lines if line.id in wanted]
    for line in lines:
        if _kinds(tx, held)[process].once and (running := instances.underway_with(tx, process, line.id)):
            return running
    return open_about(tx, SYSTEM, held, process, lines, {"about.cause": sender.number})


def tell_original(tx: Connection, held: Instance, bundle: Bundle, message: Waiting) -> None:
    """Write into a dossier what a procedure about it decided; `bundle` is the sender's, which knows the message."""
    recorded = _corrected(received(held.facts, message.payload))
    lapsed = bundle.messages[message.name].none_left
    commended = any(line.status == "passed" for line in recorded.facts.lines)
    event = MessageReceived(message=message.name, sender=message.sender)
    intent = Intent(SYSTEM, facts=recorded.facts, changes=recorded.changes, before=(event,))
    tell(tx, held, intent, status=lapsed if lapsed and not commended else None)
    for state, lines in _in_register(recorded.changes).items():
        awards.change_state(tx, lines, state, message.sender, held.now)
    for change in recorded.changes:
        if isinstance(change, NomineeWritten):
            awards.rename(tx, change.line, str((change.old or {}).get("name") or ""))


def _in_register(changes: Sequence[Change]) -> dict[str, list[str]]:
    """The lines whose entry in the register of awards is revoked or corrected by these changes."""
    revoked = [each.line for each in changes if isinstance(each, FactSet) and (each.name, each.new) == VERDICT]
    corrected = [each.line.id for each in changes if isinstance(each, NomineeWritten)]
    return {REVOKED: revoked, CORRECTED_STATE: corrected}


def _taken_over(tx: Connection, held: Instance, unit: str | None) -> dict[str, Value]:
    """Unit and preparer of a procedure about a dossier whose unit has ended since."""
    if unit is None or unit == held.unit:
        return {}
    return {"dossier.unit": unit, "dossier.preparer": next(iter(accounts.preparers_of(tx, unit)), None)}


def _kinds(tx: Connection, held: Instance) -> Mapping[str, Linked]:
    """The procedures that can be opened today, by the id of their diagram."""
    return in_force(tx, deployed(tx, held.bundle_id).key)[1].linked


def _permit(tx: Connection, actor: Actor, held: Instance, kind: Linked) -> None:
    reaches = actor.may("dossier.read_all") or actor.unit == units.heir(tx, held.unit)
    if held.process != "dossier" or not reaches:
        raise NotFound(what=held.number)
    if not kind.may_be_opened_by(actor):
        raise NotAllowed(why="this procedure is opened by others")


def _chosen(tx: Connection, held: Instance, process: str, kind: Linked, ordinals: Sequence[int]) -> list[Line]:
    bundle = deployed(tx, held.bundle_id)
    if not any(line.status in {"passed", "revoked"} for line in held.facts.lines):
        raise NotYetDecided(number=held.number)
    if held.closed_at is not None:
        years, closed = bundle.manifest.retention_years, local_day(held.closed_at)
        if years and local_day(held.now) >= _years_after(closed, years):
            raise PastArchive(number=held.number, day=f"{closed:%d/%m/%Y}", years=years)
    if not ordinals:
        raise NoLineChosen({"/lines": "This must be filled in."})
    by_ordinal = {line.ordinal: line for line in held.facts.lines}
    chosen = []
    for ordinal in dict.fromkeys(ordinals):
        line = by_ordinal.get(ordinal)
        if line is None:
            raise LineUnknown(line=ordinal, number=held.number)
        if line.status not in kind.about:
            raise LineNotConcerned(line=ordinal, number=held.number)
        if kind.once and (running := instances.underway_with(tx, process, line.id)):
            raise AlreadyUnderway(line=ordinal, number=held.number, other=running)
        chosen.append(line)
    return chosen


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, month=3, day=1)


def _copied(held: Instance, lines: Sequence[Line], told: dict[str, Value]) -> Recorded:
    """What the procedure knows of the dossier: its decision, who proposed it, and these lines."""
    kept: dict[str, Value] = {name: held.facts.get(name) for name in KEPT}
    kept |= {"about.number": held.number, "about.decision_no": held.facts.get("number_decision.number")}
    kept |= {"about.decision_date": held.facts.get("number_decision.decision_date"), **told}
    shared = set_values(Facts(), {name: value for name, value in kept.items() if value is not None})
    gathered = gather(shared.facts, lines)
    facts, changes = gathered.facts, (*shared.changes, *gathered.changes)
    for line in lines:
        values = {name: line.values.get(fact) for name, fact in KEPT_OF_LINES.items()}
        more = set_values(facts, {name: value for name, value in values.items() if value is not None}, line.id)
        facts, changes = more.facts, (*changes, *more.changes)
    return Recorded(facts, changes)


def _corrected(recorded: Recorded) -> Recorded:
    """The same, with what a correction says about a nominee written as the nominee."""
    facts, changes = recorded.facts, list[Change](recorded.changes)
    for change in _rewritten(recorded.facts):
        facts = applied(facts, change)
        changes.append(change)
    return Recorded(facts, tuple(changes))


def _rewritten(facts: Facts) -> Iterator[NomineeWritten]:
    for line in facts.lines:
        told = {n.removeprefix(CORRECTED): value for n, value in line.values.items() if n.startswith(CORRECTED)}
        new = {**line.nominee, **{name: value for name, value in told.items() if value is not None}}
        if new != line.nominee:
            yield NomineeWritten(replace(line, nominee=new), line.nominee)
