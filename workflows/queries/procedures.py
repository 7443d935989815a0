"""The procedures about a dossier, and what this person may open: complaint, revocation, correction."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

from workflows.domain.actor import Actor
from workflows.domain.facts import Facts
from workflows.domain.text import Text
from workflows.queries.names import newest, process_name
from workflows.queries.scope import VISIBLE, parameters
from workflows.store.bundles import deployed

ABOUT = f"""select i.number, i.process, i.bundle_id, i.status, i.opened_at, i.closed_at,
  array(select n.ordinal from round_line r join nominee n on n.id = r.line
    where r.instance_id = i.id order by 1) as lines
from instance i where i.about = :number and {VISIBLE} order by i.id"""  # noqa: S608  a constant


@dataclass(frozen=True, slots=True)
class ProcedureRow:
    """A procedure about a dossier; `lines` are those of the dossier it is about."""

    number: str
    process: str
    name: Text
    status: str
    opened_at: datetime
    closed_at: datetime | None
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """A procedure that this person may open, and about which lines."""

    process: str
    name: Text
    lines: tuple[tuple[int, str], ...]


def procedures_about(tx: Connection, actor: Actor, number: str) -> tuple[ProcedureRow, ...]:
    """The procedures about a dossier that this person may see, oldest first."""
    rows = tx.execute(text(ABOUT), {"number": number, **parameters(actor)})
    return tuple(
        ProcedureRow(
            row.number,
            row.process,
            process_name(deployed(tx, row.bundle_id), row.process),
            row.status,
            row.opened_at,
            row.closed_at,
            tuple(row.lines),
        )
        for row in rows
    )


def openings(tx: Connection, actor: Actor, bundle_id: int, facts: Facts) -> tuple[Opening, ...]:
    """What this person may open about a dossier: nothing before its decision."""
    if not any(line.status in {"passed", "revoked"} for line in facts.lines):
        return ()
    bundle = deployed(tx, bundle_id)
    found = []
    now = newest(tx)
    for process, kind in now.linked.items() if now else ():
        lines = [line for line in facts.lines if line.status in kind.about]
        if lines and kind.may_be_opened_by(actor):
            named = tuple((line.ordinal, str(line.nominee.get("name") or "")) for line in lines)
            found.append(Opening(process, process_name(bundle, process), named))
    return tuple(found)


def may_add_papers(tx: Connection, actor: Actor, process: str, unit: str | None, *, closed: bool) -> bool:
    """Whether this person may attach papers to a procedure: while it runs, the clerk and who may open one."""
    now = newest(tx)
    kind = now.linked.get(process) if now else None
    reaches = actor.may("dossier.read_all") or (unit is not None and unit == actor.unit)
    return kind is not None and not closed and kind.may_be_filed_by(actor) and reaches
