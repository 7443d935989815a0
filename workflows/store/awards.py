"""The register of awards: entered with the decision, looked up by name or citizen number; nothing is deleted."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, text

from workflows.domain.facts import Line, from_json
from workflows.domain.folded import bare, fold
from workflows.domain.register import COLLECTIVE, Earlier
from workflows.store import units

DOSSIERS = text(
    """select i.number, i.unit, i.kind, i.movement, i.award_form,
  (select f.value #>> '{}' from fact f where f.instance_id = i.id and f.line = '' and f.name = 'dossier.stage') as stage
from instance i where i.number = any(:numbers)"""
)
ENTERED = text(
    """insert into award (line, dossier, instance_id, kind, name, search, citizen_id, detail, unit, award_form, type,
  movement, stage, achieved_on, period_from, period_to, work, decision_no, decision_date, state, entered_at, changed_at)
values (:line, :dossier, :instance, :kind, :name, :search, :citizen_id, :detail, :unit, :award_form, :type,
  :movement, :stage, :achieved_on, :period_from, :period_to, :work, :decision_no, :decision_date, 'awarded', :now, :now)
on conflict (line) do update set decision_no = excluded.decision_no, decision_date = excluded.decision_date,
  state = 'awarded', changed_at = excluded.changed_at"""
)
CHANGED = text(
    """update award set state = :state, state_reason = :reason, changed_at = :now where line = any(:lines)
returning line"""
)
RENAMED = text(
    """update award set name = :name, search = :search, citizen_id = :citizen_id, detail = :detail, work = :work,
  state_reason = coalesce(state_reason, '') || :former where line = :line"""
)
AWARDS = text(
    """select line, dossier, kind, name, citizen_id, award_form, type, movement, stage, achieved_on, period_from,
  period_to, decision_no, decision_date, state
from award where search = any(:names) or citizen_id = any(:numbers) order by decision_date desc, id desc"""
)
PROPOSED = text(
    """select n.id as line, i.number as dossier, n.answers, coalesce(i.award_form, '') as award_form,
  coalesce(i.kind, '') as type, i.movement,
  (select f.value #>> '{}' from fact f where f.instance_id = i.id and f.line = '' and f.name = 'dossier.stage') as stage
from nominee n join instance i on i.id = n.instance_id
where i.closed_at is null and i.id <> :instance
  and (n.search = any(:written) or n.answers ->> 'citizen_id' = any(:numbers))
  and not exists (select 1 from award a where a.line = n.id)
  and not exists (select 1 from fact f where f.instance_id = i.id and f.line = n.id and f.item = ''
    and f.name = 'verdict' and f.value #>> '{}' in ('withdrawn', 'failed', 'revoked')) order by n.id"""
)
SIGNERS = text(
    "select a.name from account a join membership m on m.account_id = a.id where m.group_key = :group and a.active"
)


def enter(
    tx: Connection,
    instance: int,
    lines: Iterable[tuple[Line, dict[str, Any]]],
    now: datetime,
    *,
    decision_no: str,
    decision_date: date | None,
) -> None:
    """Enter these lines, each with what its dossier says (see `dossiers_of`) and its period."""
    for line, told in lines:
        nominee = line.nominee
        name = str(nominee.get("name") or "")
        tx.execute(
            ENTERED,
            {
                **told,
                "line": line.id,
                "dossier": line.dossier,
                "instance": instance,
                "kind": str(nominee.get("kind") or "person"),
                "name": name,
                "search": bare(name),
                "citizen_id": nominee.get("citizen_id"),
                "detail": _detail(line),
                "achieved_on": nominee.get("achieved_on"),
                "work": str(nominee.get("work") or ""),
                "decision_no": decision_no,
                "decision_date": decision_date,
                "now": now,
            },
        )


def dossiers_of(tx: Connection, numbers: Iterable[str]) -> dict[str, Row[Any]]:
    """Unit, type, movement, award form and stage of these dossiers, by number."""
    return {row.number: row for row in tx.execute(DOSSIERS, {"numbers": sorted(set(numbers))})}


def change_state(tx: Connection, lines: Iterable[str], state: str, reason: str, now: datetime) -> tuple[str, ...]:
    """Say that the awards of these lines were revoked or corrected; returns the lines the register has."""
    told = {"lines": list(lines), "state": state, "reason": reason, "now": now}
    return tuple(tx.execute(CHANGED, told).scalars())


def rename(tx: Connection, line: Line, former: str) -> None:
    """Write a nominee as a correction says; another `former` name stays beside the reason of the entry's state."""
    name = str(line.nominee.get("name") or "")
    told = {
        "line": line.id,
        "name": name,
        "search": bare(name),
        "citizen_id": line.nominee.get("citizen_id"),
        "detail": _detail(line),
        "work": str(line.nominee.get("work") or ""),
        "former": f": {former} → {name}" if former and former != name else "",
    }
    tx.execute(RENAMED, told)


def _detail(line: Line) -> str:
    return ", ".join(str(line.nominee[key]) for key in ("position", "place_of_work") if line.nominee.get(key))


def known_of(tx: Connection, lines: Iterable[Line], instance: int) -> tuple[Earlier, ...]:
    """What the register and other open dossiers hold under the names and numbers of these nominees.

    A collective that is a unit has also what stands under the names of the units it took over from.
    """
    nominees = [line.nominee for line in lines]
    if not nominees:
        return ()
    written = [str(each.get("name") or "") for each in nominees]
    ended = units.taken_over(tx) if any(each.get("kind") == COLLECTIVE for each in nominees) else {}
    written += [former for former, heirs in ended.items() if heirs & {bare(each) for each in written}]
    values = {
        "instance": instance,
        "names": [bare(each) for each in written],
        "written": sorted({form for each in written for form in (fold(each), bare(each), f"tap the {bare(each)}")}),
        "numbers": [str(each["citizen_id"]) for each in nominees if each.get("citizen_id")],
    }
    awards = tuple(_award(row) for row in tx.execute(AWARDS, values))
    known = awards + tuple(_proposed(row) for row in tx.execute(PROPOSED, values))
    return tuple(replace(each, heirs=_heirs(each, ended)) for each in known) if ended else known


def _heirs(each: Earlier, ended: Mapping[str, frozenset[str]]) -> frozenset[str]:
    is_unit = each.nominee.get("kind") == COLLECTIVE
    return ended.get(bare(str(each.nominee.get("name") or "")), frozenset()) if is_unit else frozenset()


def signers(tx: Connection, group: str) -> tuple[str, ...]:
    """The names of the active people of a group."""
    return tuple(tx.execute(SIGNERS, {"group": group}).scalars())


def _award(row: Row[Any]) -> Earlier:
    return Earlier(
        row.line,
        row.dossier,
        {"kind": row.kind, "name": row.name, "citizen_id": row.citizen_id},
        row.award_form,
        row.type,
        row.movement,
        row.stage,
        row.achieved_on,
        (row.period_from, row.period_to) if row.period_from and row.period_to else None,
        row.decision_no,
        row.decision_date,
        row.state,
    )


def _proposed(row: Row[Any]) -> Earlier:
    told = json.loads(row.answers) if isinstance(row.answers, str) else row.answers
    nominee = {name: from_json(value) for name, value in told.items()}
    day = nominee.get("achieved_on")
    return Earlier(
        row.line,
        row.dossier,
        nominee,
        row.award_form,
        row.type,
        row.movement,
        row.stage,
        day if isinstance(day, date) else None,
    )
