"""The papers of an instance and the bytes of one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

from workflows.definitions import Bundle
from workflows.domain.actor import SYSTEM, Actor
from workflows.domain.errors import NotFound
from workflows.queries.rows import PaperRow
from workflows.queries.scope import VISIBLE, parameters
from workflows.store.session import Database


@dataclass(frozen=True, slots=True)
class PaperContent:
    """A paper to be shown or saved."""

    filename: str
    media_type: str
    content: bytes


def papers_of(
    tx: Connection, bundle: Bundle, instance: int, *, may_remove: bool, since: datetime | None = None
) -> tuple[PaperRow, ...]:
    """The papers attached to an instance, in order of arrival; what the system set is never taken out.

    What was attached after `since` may be taken out too.
    """
    rows = tx.execute(
        text(
            """select p.id, p.kind, p.title, p.filename, p.size, p.media_type, p.sha256, p.added_at,
  coalesce(a.name, :system) as by_name,
  p.added_by <> :login as is_ours
from paper p left join account a on a.login = p.added_by
where p.instance_id = :id and p.removed_at is null order by p.id"""
        ),
        {"id": instance, "system": SYSTEM.name, "login": SYSTEM.login},
    )
    return tuple(
        PaperRow(
            row.id,
            bundle.papers[row.kind],
            row.title,
            row.filename,
            row.size,
            row.added_at,
            row.by_name,
            row.is_ours and (may_remove or (since is not None and row.added_at > since)),
            media_type=row.media_type,
            sha256=row.sha256,
        )
        for row in rows
    )


def paper(db: Database, actor: Actor, paper_id: int) -> PaperContent:
    """The bytes of one paper. Raises NotFound where it is not this person's to see."""
    with db.read() as tx:
        row = tx.execute(
            text(
                f"""select p.filename, p.media_type, b.content from paper p join blob b on b.sha256 = p.sha256
join instance i on i.id = p.instance_id where p.id = :paper and {VISIBLE}"""  # noqa: S608  a constant
            ),
            {"paper": paper_id, **parameters(actor)},
        ).one_or_none()
    if row is None:
        raise NotFound(what="This paper")
    return PaperContent(row.filename, row.media_type, bytes(row.content))
