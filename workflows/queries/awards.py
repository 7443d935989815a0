"""The register of awards as a page shows it: searched without accents, citizen numbers masked, by what one may see."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, text

from workflows.domain.actor import Actor
from workflows.domain.text import Text
from workflows.queries.names import newest, value_name
from workflows.queries.rows import Page
from workflows.queries.scope import VISIBLE, parameters
from workflows.store.session import Database

SHOWN_DIGITS = 3
LIST = f"""select w.line, w.dossier, w.kind, w.name, w.citizen_id, w.detail, u.name as unit_name, w.award_form, w.type,
  w.movement, w.stage, w.work, w.decision_no, w.decision_date, w.state, w.state_reason, count(*) over () as total
from award w join instance i on i.number = w.dossier left join unit u on u.code = w.unit
where {VISIBLE} and (cast(:search as text) is null or strpos(w.search, fold(:search)) > 0
    or strpos(fold(w.decision_no), fold(:search)) > 0 or strpos(fold(coalesce(u.name, '')), fold(:search)) > 0
    or w.citizen_id = :search or exists (
      with recursive later(code) as (select u.successor
        union select n.successor from unit n join later l on n.code = l.code)
      select 1 from unit s join later l on s.code = l.code where strpos(fold(s.name), fold(:search)) > 0))
  and (cast(:form as text) is null or w.award_form = :form) and (cast(:state as text) is null or w.state = :state)
order by w.decision_date desc nulls last, w.id desc limit :size offset :skip"""  # noqa: S608  a constant
STATES = ("awarded", "corrected", "revoked")


@dataclass(frozen=True, slots=True)
class AwardRow:
    """An entry of the register."""

    line: str
    dossier: str
    kind: Text
    name: str
    citizen_id: str
    detail: str
    unit: str | None
    award_form: Text
    type: Text
    stage: Text
    work: str
    decision_no: str
    decision_date: date | None
    state: str
    reason: str | None


def register(
    db: Database,
    actor: Actor,
    *,
    search: str | None = None,
    form: str | None = None,
    state: str | None = None,
    page: int = 1,
    size: int = 25,
) -> Page[AwardRow]:
    """One page of the register, the latest decision first: a unit sees its own, the office and the auditor all."""
    with db.read() as tx:
        bundle = newest(tx)
        rows = tx.execute(
            text(LIST),
            {
                "search": search.strip() if search and search.strip() else None,
                "form": form or None,
                "state": state if state in STATES else None,
                "size": size,
                "skip": (max(page, 1) - 1) * size,
                **parameters(actor),
            },
        ).all()
        return Page(tuple(_row(bundle, row) for row in rows), rows[0].total if rows else 0, page, size)


def masked(number: str | None) -> str:
    """A citizen number of which only the last three digits can be read."""
    return f"{'•' * (len(number) - SHOWN_DIGITS)}{number[-SHOWN_DIGITS:]}" if number else ""


def _row(bundle: Any, row: Row[Any]) -> AwardRow:
    def named(fact: str, value: str | None) -> Text:
        return value_name(bundle, fact, value) if bundle else Text(value or "")

    return AwardRow(
        row.line,
        row.dossier,
        named("nominee.kind", row.kind),
        row.name,
        masked(row.citizen_id),
        row.detail,
        row.unit_name,
        named("dossier.award_form", row.award_form),
        named("dossier.kind", row.type),
        named("dossier.stage", row.stage),
        row.work,
        row.decision_no,
        row.decision_date,
        row.state,
        row.state_reason,
    )
