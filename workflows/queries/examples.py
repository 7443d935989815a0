"""The register of examples as pages show it: recognised ones for everybody, others for their unit and the office."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, text

from workflows.domain.actor import Actor
from workflows.domain.errors import NotFound
from workflows.queries.names import newest
from workflows.queries.papers import PaperContent
from workflows.queries.rows import Page
from workflows.store.session import Database

STATES = ("proposed", "recognised")
SEEN = """(e.state = 'recognised' or :sees_all or e.unit in (with recursive own(code) as (select cast(:own_unit as text)
  union select u.code from unit u join own o on u.successor = o.code) select code from own))"""
LIST = f"""select e.id, e.kind, e.title, e.summary, u.name as unit_name, e.state, e.paper_id, p.filename, e.proposed_at,
  e.recognised_at, e.ground, i.number, coalesce(a.name, e.proposed_by) as proposed_by, count(*) over () as total
from example e join unit u on u.code = e.unit join instance i on i.id = e.instance_id
  left join paper p on p.id = e.paper_id left join account a on a.login = e.proposed_by
where e.movement = :movement and {SEEN} and (cast(:search as text) is null
    or strpos(e.search, fold(:search)) > 0 or strpos(fold(u.name), fold(:search)) > 0)
  and (cast(:kind as text) is null or e.kind = :kind) and (cast(:state as text) is null or e.state = :state)
order by e.id desc limit :size offset :skip"""  # noqa: S608  a constant
PAPER = f"""select p.filename, p.media_type, b.content from example e join paper p on p.id = e.paper_id
join blob b on b.sha256 = p.sha256 where e.id = :id and {SEEN}"""  # noqa: S608  a constant


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """An entry; `number` is the participation whose history holds the acts, `kind` and `state` are keys."""

    id: int
    kind: str
    title: str
    summary: str
    unit: str
    state: str
    filename: str | None
    proposed_at: datetime
    proposed_by: str
    recognised_at: datetime | None
    ground: str | None
    number: str


def register(
    db: Database,
    actor: Actor,
    movement: str,
    *,
    search: str = "",
    kind: str = "",
    state: str = "",
    page: int = 1,
    size: int = 20,
) -> Page[ExampleRow]:
    """One page of the register of a movement, the latest first; searched without accents. Raises NotFound."""
    with db.read() as tx:
        bundle = newest(tx)
        if bundle is None or movement not in bundle.movements:
            raise NotFound(what=f"Movement «{movement}»")
        rows = tx.execute(
            text(LIST),
            {
                "movement": movement,
                "search": search.strip() or None,
                "kind": kind or None,
                "state": state if state in STATES else None,
                "size": size,
                "skip": (max(page, 1) - 1) * size,
                **_reader(actor),
            },
        ).all()
    return Page(tuple(map(_row, rows)), rows[0].total if rows else 0, page, size)


def paper_of(db: Database, actor: Actor, example: int) -> PaperContent:
    """The bytes of an example's paper. Raises NotFound where it is not this person's to see."""
    with db.read() as tx:
        row = tx.execute(text(PAPER), {"id": example, **_reader(actor)}).one_or_none()
    if row is None:
        raise NotFound(what="This paper")
    return PaperContent(row.filename, row.media_type, bytes(row.content))


def _row(row: Row[Any]) -> ExampleRow:
    return ExampleRow(
        row.id,
        row.kind,
        row.title,
        row.summary,
        row.unit_name,
        row.state,
        row.filename,
        row.proposed_at,
        row.proposed_by,
        row.recognised_at,
        row.ground,
        row.number,
    )


def _reader(actor: Actor) -> dict[str, object]:
    return {
        "sees_all": actor.may("dossier.read_all"),
        "own_unit": actor.unit if actor.may("dossier.open") else None,
    }
