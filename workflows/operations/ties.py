"""What people say of their ties, and what the chair decides of them; each is a recorded act."""

from workflows.domain.actor import Actor
from workflows.domain.errors import InvalidInput, LineUnknown, NotAllowed, NotFound
from workflows.domain.facts import Line
from workflows.domain.personal_events import MemberRecused, TieDeclared
from workflows.domain.record import set_values
from workflows.operations.conflicts import with_exclusions
from workflows.operations.step import Intent, move
from workflows.store import ties
from workflows.store.bundles import deployed
from workflows.store.load import Instance, hold, hold_task
from workflows.store.session import Database, clock

LONGEST = 200


class ChairOnly(NotAllowed):
    """Only the chair of the Council, or the Director, asks a member to stand aside."""


class NotAMember(InvalidInput):
    """{member} is no member of this Council."""


class TieIncomplete(InvalidInput):
    """Write the name and how you are related."""


class RecusalReasonNeeded(InvalidInput):
    """Write why the member stands aside."""


def declare_relative(db: Database, actor: Actor, *, name: str, relation: str, citizen_id: str | None = None) -> int:
    """A person declares a relative by name; it holds wherever that name is nominated. Returns the entry's id."""
    if not name.strip() or not relation.strip() or len(name) > LONGEST or len(relation) > LONGEST:
        raise TieIncomplete({"/name": "This must be filled in."})
    with db.write() as tx:
        return ties.declare(
            tx,
            actor.login,
            clock(tx)[1],
            name=" ".join(name.split()),
            relation=relation.strip(),
            citizen_id=(citizen_id or "").strip() or None,
            line=None,
        )


def end_relative(db: Database, actor: Actor, tie: int) -> None:
    """Take an own declaration back; its row stays. Raises NotFound."""
    with db.write() as tx:
        if not ties.end(tx, actor.login, tie, clock(tx)[1]):
            raise NotFound(what="This entry")


def declare_tie(db: Database, actor: Actor, task_id: str, line: int, relation: str) -> None:
    """A person who looks at a task says: I am related to the nominee of this line. Raises LineUnknown."""
    if not relation.strip() or len(relation) > LONGEST:
        raise TieIncomplete({"/relation": "This must be filled in."})
    with db.write() as tx:
        held, _ = hold_task(tx, task_id)
        found = _line(held, line)
        name, number = str(found.nominee.get("name") or ""), found.nominee.get("citizen_id")
        ties.declare(
            tx,
            actor.login,
            held.now,
            name=name,
            relation=relation.strip(),
            citizen_id=str(number) if number else None,
            line=found.id,
        )
        recorded = with_exclusions(tx, deployed(tx, held.bundle_id), held.facts, held)
        event = TieDeclared(line=found.id, relation=relation.strip())
        move(tx, held, Intent(actor, facts=recorded.facts, changes=recorded.changes, before=(event,)))


def recuse(db: Database, actor: Actor, number: str, member: str, line: int, reason: str) -> None:
    """The chair decides that a member stands aside about a line, with the reason (abstaining is the member's own act).

    Raises ChairOnly, NotAMember, LineUnknown.
    """
    if not reason.strip():
        raise RecusalReasonNeeded({"/reason": "This must be filled in."})
    with db.write() as tx:
        held = hold(tx, number)
        if actor.login != held.facts.get("compile_summary.chair") and "director" not in actor.groups:
            raise ChairOnly
        councils = held.facts.councils()
        if not any(member in held.facts.roll(f"{council}.members") for council in councils):
            raise NotAMember({"/member": "Choose one of the answers offered."}, member=member)
        found = _line(held, line)
        before = found.values.get("recused")
        recused = (*(before if isinstance(before, tuple) else ()), member)
        told = set_values(held.facts, {"recused": tuple(dict.fromkeys(recused))}, found.id)
        excluded = with_exclusions(tx, deployed(tx, held.bundle_id), told.facts, held)
        event = MemberRecused(line=found.id, member=member, reason=reason.strip())
        changes = (*told.changes, *excluded.changes)
        move(tx, held, Intent(actor, facts=excluded.facts, changes=changes, before=(event,)))


def _line(held: Instance, ordinal: int) -> Line:
    for line in held.facts.lines:
        if line.ordinal == ordinal:
            return line
    raise LineUnknown(line=ordinal, number=held.number)
