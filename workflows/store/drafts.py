"""Drafts of bundles: a deployed version with files laid over it; it decides nothing about who may change them."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from workflows.domain.actor import Actor
from workflows.domain.errors import NotFound
from workflows.store.bundles import deployed
from workflows.store.session import clock

OPEN, SUBMITTED, PUBLISHED, DROPPED = "open", "submitted", "published", "dropped"

ADDED = text(
    """insert into bundle_draft (key, title, base, state, author, opened_at, changed_by, changed_at)
values (:key, :title, :base, 'open', :by, :at, :by, :at) returning id"""
)
FOUND = text(
    """select id, key, title, base, state, author, opened_at, changed_by, changed_at, publication, published
from bundle_draft where id = :id"""
)
HELD = text(f"{FOUND.text} for update")
SAVED = text(
    """insert into bundle_draft_file (draft_id, path, content, changed_by, changed_at)
values (:draft, :path, :content, :by, :at)
on conflict (draft_id, path) do update set content = excluded.content, changed_by = excluded.changed_by,
  changed_at = excluded.changed_at"""
)
NOTED = text(
    """insert into workshop_act (at, by, by_name, act, draft_id, version, told, reason)
select :at, :by, :by_name, :act, :draft, :version, cast(:told as jsonb), :reason
where :act <> 'saved' or not exists (select 1 from (select by, act, told from workshop_act where draft_id = :draft
  order by id desc limit 1) l where l.by = :by and l.act = :act and l.told = cast(:told as jsonb))"""
)
SEEN = text(
    """insert into bundle_draft_presence (draft_id, login, path, seen_at) values (:draft, :login, :path, now())
on conflict (draft_id, login) do update set path = excluded.path, seen_at = excluded.seen_at"""
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as its row stands; `base` is the id of the version below, `published` that of the one it became."""

    id: int
    key: str
    title: str
    base: int
    state: str
    author: str
    opened_at: datetime
    changed_by: str
    changed_at: datetime
    publication: str | None
    published: int | None


@dataclass(frozen=True, slots=True)
class Laid:
    """A file of a draft that differs from its base; None: removed."""

    content: bytes | None
    changed_by: str
    changed_at: datetime


def digest(content: bytes) -> str:
    """What tells one content of a file from another: SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()


def add(tx: Connection, key: str, title: str, base: int, by: str) -> int:
    """Open a draft over the version `base`; returns its id."""
    told = {"key": key, "title": title, "base": base, "by": by, "at": clock(tx)[1]}
    return int(tx.execute(ADDED, told).scalar_one())


def draft(tx: Connection, draft_id: int, *, lock: bool = False) -> Draft:
    """One draft, locked until the end of the transaction where asked. Raises NotFound."""
    row = tx.execute(HELD if lock else FOUND, {"id": draft_id}).one_or_none()
    if row is None:
        raise NotFound(what=f"Draft {draft_id}")
    return Draft(*row)


def laid(tx: Connection, draft_id: int) -> dict[str, Laid]:
    """The files in which a draft differs from its base, by path."""
    rows = tx.execute(
        text("select path, content, changed_by, changed_at from bundle_draft_file where draft_id = :id order by path"),
        {"id": draft_id},
    )
    return {row.path: Laid(_bytes(row.content), row.changed_by, row.changed_at) for row in rows}


def files(tx: Connection, held: Draft) -> dict[str, bytes]:
    """Every file of a draft: those of its base and what is laid over them."""
    return overlaid(deployed(tx, held.base).files, laid(tx, held.id))


def overlaid(base: Mapping[str, bytes], over: Mapping[str, Laid]) -> dict[str, bytes]:
    """The files of a base with others laid over them."""
    found = {**base, **{path: each.content for path, each in over.items()}}
    return {path: content for path, content in sorted(found.items()) if content is not None}


def file(tx: Connection, held: Draft, path: str) -> bytes | None:
    """One file of a draft; None where it has none of that path."""
    row = tx.execute(
        text("select content from bundle_draft_file where draft_id = :id and path = :path"),
        {"id": held.id, "path": path},
    ).one_or_none()
    return deployed(tx, held.base).files.get(path) if row is None else _bytes(row.content)


def save(tx: Connection, held: Draft, path: str, content: bytes | None, by: str) -> datetime:
    """Lay a file over the base, or remove it; what equals the base lies no longer over it. Returns when."""
    at = clock(tx)[1]
    if content == deployed(tx, held.base).files.get(path):
        gone = text("delete from bundle_draft_file where draft_id = :draft and path = :path")
        tx.execute(gone, {"draft": held.id, "path": path})
    else:
        tx.execute(SAVED, {"draft": held.id, "path": path, "content": content, "by": by, "at": at})
    changed = text("update bundle_draft set changed_by = :by, changed_at = :at where id = :draft")
    tx.execute(changed, {"draft": held.id, "by": by, "at": at})
    return at


def keep(tx: Connection, held: Draft, path: str, content: bytes, by: str) -> None:
    """Keep what somebody wrote over a file that somebody else has changed meanwhile."""
    tx.execute(
        text(
            """insert into bundle_draft_kept (draft_id, path, content, by, at)
select :draft, :path, :content, :by, :at where not exists (select 1 from bundle_draft_kept
  where draft_id = :draft and path = :path and by = :by and content = :content)"""
        ),
        {"draft": held.id, "path": path, "content": content, "by": by, "at": clock(tx)[1]},
    )


def become(tx: Connection, held: Draft, state: str, publication: str | None, published: int | None = None) -> None:
    """Change where a draft stands."""
    tx.execute(
        text("update bundle_draft set state = :state, publication = :number, published = :version where id = :id"),
        {"id": held.id, "state": state, "number": publication, "version": published},
    )


def rebase(tx: Connection, held: Draft, base: int) -> None:
    """Lay the files of a draft over another version."""
    tx.execute(text("update bundle_draft set base = :base where id = :id"), {"id": held.id, "base": base})


def note(tx: Connection, actor: Actor, act: str, held: Draft | None, told: Mapping[str, Any], reason: str = "") -> None:
    """Keep what was done; `told` says to what, `reason` why. One file saved over and over by one person is one act."""
    tx.execute(
        NOTED,
        {
            "at": clock(tx)[1],
            "by": actor.login,
            "by_name": actor.name,
            "act": act,
            "draft": held.id if held else None,
            "version": told.get("version"),
            "told": json.dumps(dict(told), ensure_ascii=False),
            "reason": reason,
        },
    )


def authors(tx: Connection, held: Draft) -> tuple[str, ...]:
    """Everybody who opened, changed or removed something in a draft."""
    found = text("select distinct by from workshop_act where draft_id = :id and act = any(:acts) order by by")
    acts = ["opened", "saved", "removed", "restored", "rebased", "imported", "edited"]
    return tuple(tx.execute(found, {"id": held.id, "acts": acts}).scalars())


def look(tx: Connection, draft_id: int, login: str, path: str) -> None:
    """Note that somebody has a file of a draft open just now."""
    tx.execute(SEEN, {"draft": draft_id, "login": login, "path": path})


def _bytes(content: object) -> bytes | None:
    return None if content is None else bytes(content)  # type: ignore[call-overload]
