"""Papers and their bytes: what was attached stays readable, also after it was taken out of a draft."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, text

from workflows.domain.actor import SYSTEM
from workflows.domain.errors import NotFound
from workflows.domain.paper import Filed, Paper


def keep_bytes(tx: Connection, paper: Paper) -> None:
    """Write the bytes of a paper, once however often they come."""
    tx.execute(
        text("insert into blob (sha256, content) values (:sha, :content) on conflict do nothing"),
        {"sha": paper.sha256, "content": paper.content},
    )


def keep(tx: Connection, instance: int, paper: Paper, by: str, at: datetime) -> int:
    """Write a paper and its bytes; returns its id."""
    keep_bytes(tx, paper)
    made = tx.execute(
        text(
            """insert into paper (instance_id, kind, title, filename, media_type, sha256, size, added_by, added_at)
values (:instance, :kind, :title, :filename, :media_type, :sha, :size, :by, :at) returning id"""
        ),
        {
            "instance": instance,
            "kind": paper.kind,
            "title": paper.title,
            "filename": paper.filename,
            "media_type": paper.media_type,
            "sha": paper.sha256,
            "size": len(paper.content),
            "by": by,
            "at": at,
        },
    )
    return int(made.scalar_one())


def take_out(tx: Connection, instance: int, paper: int, at: datetime, since: datetime | None = None) -> tuple[str, str]:
    """Mark a paper as taken out; returns its kind and title.

    Raises NotFound, also for what the system itself set, and for what was attached before `since`, if it is given.
    """
    row = tx.execute(
        text(
            """update paper set removed_at = :at where id = :id and instance_id = :instance and removed_at is null
and added_by <> :system and (cast(:since as timestamptz) is null or added_at > :since) returning kind, title"""
        ),
        {"id": paper, "instance": instance, "at": at, "system": SYSTEM.login, "since": since},
    ).one_or_none()
    if row is None:
        raise NotFound(what="This paper")
    return row.kind, row.title


def kinds(tx: Connection, instance: int, since: datetime | None = None) -> frozenset[str]:
    """The kinds of paper that are attached now; only those that were attached after `since`, if it is given."""
    rows = tx.execute(
        text(
            """select distinct kind from paper where instance_id = :id and removed_at is null
and (cast(:since as timestamptz) is null or added_at > :since)"""
        ),
        {"id": instance, "since": since},
    )
    return frozenset(rows.scalars())


def filed(tx: Connection, numbers: Iterable[str]) -> tuple[Filed, ...]:
    """The papers that are attached to these instances now, in the order of the instances and of their coming."""
    rows = tx.execute(
        text(
            """select i.number, p.kind, p.title, p.sha256 from paper p join instance i on i.id = p.instance_id
where i.number = any(:numbers) and p.removed_at is null order by array_position(:numbers, i.number), p.id"""
        ),
        {"numbers": list(numbers)},
    )
    return tuple(Filed(*row) for row in rows)
