"""The workshop's pages: drafts with what they change, the files of one, who is there, and the deployed versions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, text

from workflows.definitions import Bundle, BundleRejected, load_files
from workflows.definitions.archive import pack
from workflows.domain.actor import Actor
from workflows.domain.errors import DefinitionRejected, NotAllowed, NotFound
from workflows.domain.folded import fold
from workflows.queries.draft_files import FileRow, file_rows
from workflows.store import drafts as kept
from workflows.store.bundles import deployed, in_force
from workflows.store.session import Database

PAGE = 50
DRAFTS = text(
    """select d.id, d.title, d.state, d.author, coalesce(a.name, d.author) as author_name, d.opened_at, d.changed_at,
  coalesce(c.name, d.changed_by) as changed_by_name, b.version as base, p.version as published, d.publication,
  (select count(*) from bundle_draft_file f where f.draft_id = d.id) as changes
from bundle_draft d join bundle b on b.id = d.base left join bundle p on p.id = d.published
  left join account a on a.login = d.author left join account c on c.login = d.changed_by
where (:all or d.state in ('open', 'submitted')) order by d.changed_at desc, d.id desc"""
)
VERSIONS = text(
    """select b.id, b.version, b.name, b.sha256, b.valid_from, b.legal_basis, b.reason, b.deployed_at,
  coalesce(d.name, b.deployed_by) as deployed_by, coalesce(a.name, b.approved_by) as approved_by, b.publication,
  b.report,
  (select count(*) from instance i where i.bundle_id = b.id and i.closed_at is null
    and i.process <> 'publish_version') as running,
  (select count(*) from instance i where i.bundle_id = b.id and i.closed_at is not null
    and i.process <> 'publish_version') as closed
from bundle b left join account d on d.login = b.deployed_by left join account a on a.login = b.approved_by
where b.key = :key order by b.version desc"""
)
ACTS = text("select at, by_name, act, told, reason from workshop_act where draft_id = :id order by id desc limit :most")
OTHERS = text(
    """select a.name, p.path from bundle_draft_presence p join account a on a.login = p.login
where p.draft_id = :id and p.login <> :login and p.seen_at > now() - interval '1 minute' order by a.name"""
)
KEPT = text(
    "select id, path, by, at from bundle_draft_kept where draft_id = :id and by = :login order by id desc limit 50"
)


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft in the list; `base` and `published` are numbers of versions, `changes` counts files."""

    id: int
    title: str
    state: str
    author: str
    author_name: str
    opened_at: datetime
    changed_at: datetime
    changed_by_name: str
    base: int
    published: int | None
    publication: str | None
    changes: int


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A deployed version; `state` is "in force", "ahead" (not yet) or "past"."""

    id: int
    version: int
    name: str
    sha256: str
    valid_from: date
    legal_basis: str
    reason: str
    deployed_at: datetime
    deployed_by: str
    approved_by: str | None
    publication: str | None
    report: Mapping[str, Any] | None
    running: int
    closed: int
    state: str


@dataclass(frozen=True, slots=True)
class ActRow:
    """Something that was done with a draft."""

    at: datetime
    by_name: str
    act: str
    told: Mapping[str, Any]
    reason: str


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A draft with its files; `refusal` is why the files make no bundle just now, None where they do."""

    row: DraftRow
    files: tuple[FileRow, ...]
    refusal: DefinitionRejected | None
    others: tuple[tuple[str, str], ...]
    acts: tuple[ActRow, ...]
    kept: tuple[tuple[int, str, datetime], ...]
    behind: bool

    def of(self, kind: str, q: str = "", *, only: bool = False) -> tuple[FileRow, ...]:
        """The files of one kind, those with these words in name or path (accents ignored), or only the changed ones."""
        found = (each for each in self.files if each.kind == kind and (each.state or not only))
        return tuple(each for each in found if fold(q) in fold(f"{each.name} {each.name.en} {each.path}"))


def drafts(db: Database, actor: Actor, *, every: bool = False) -> tuple[DraftRow, ...]:
    """The drafts that somebody works on, newest change first; with `every`, also those that ended."""
    permit(actor)
    with db.read() as tx:
        return tuple(_draft_row(row) for row in tx.execute(DRAFTS, {"all": every}).mappings())


def versions(db: Database, actor: Actor, key: str = "commendation") -> tuple[VersionRow, ...]:
    """Every deployed version, the newest first."""
    permit(actor)
    with db.read() as tx:
        return _versions(tx, key)


def version(db: Database, actor: Actor, number: int, key: str = "commendation") -> tuple[VersionRow, Bundle]:
    """One deployed version by its number. Raises NotFound."""
    permit(actor)
    with db.read() as tx:
        found = next((each for each in _versions(tx, key) if each.version == number), None)
        if found is None:
            raise NotFound(what=f"Version {number}")
        return found, deployed(tx, found.id)


def draft(db: Database, actor: Actor, draft_id: int) -> DraftPage:
    """One draft with everything its page shows. Raises NotFound."""
    permit(actor)
    with db.read() as tx:
        held = kept.draft(tx, draft_id)
        rows = tx.execute(DRAFTS, {"all": True}).mappings()
        row = next(_draft_row(each) for each in rows if each["id"] == draft_id)
        base, over = deployed(tx, held.base), kept.laid(tx, draft_id)
        bundle, refusal = _read(kept.overlaid(base.files, over))
        acts = (ActRow(*each) for each in tx.execute(ACTS, {"id": draft_id, "most": PAGE}))
        beside = tx.execute(KEPT, {"id": draft_id, "login": actor.login})
        return DraftPage(
            row,
            tuple(file_rows(base, bundle or base, over)),
            refusal,
            _others(tx, actor, draft_id),
            tuple(acts),
            tuple((each.id, each.path, each.at) for each in beside),
            held.state == kept.OPEN and in_force(tx, held.key)[0] != held.base,
        )


def files_of(db: Database, actor: Actor, draft_id: int) -> dict[str, bytes]:
    """Every file of a draft, as a bundle's folder holds them. Raises NotFound."""
    permit(actor)
    with db.read() as tx:
        return kept.files(tx, kept.draft(tx, draft_id))


def packed_draft(db: Database, actor: Actor, draft_id: int) -> bytes:
    """A draft as a ZIP of its folder. Raises NotFound."""
    return pack(files_of(db, actor, draft_id))


def packed_version(db: Database, actor: Actor, number: int) -> bytes:
    """A deployed version as a ZIP of its folder. Raises NotFound."""
    return pack(version(db, actor, number)[1].files)


def base_of(db: Database, actor: Actor, draft_id: int) -> Bundle:
    """The version below a draft. Raises NotFound."""
    permit(actor)
    with db.read() as tx:
        return deployed(tx, kept.draft(tx, draft_id).base)


def file(db: Database, actor: Actor, draft_id: int, path: str) -> tuple[bytes, str]:
    """One file of a draft and its SHA-256. Raises NotFound."""
    permit(actor)
    with db.read() as tx:
        content = kept.file(tx, kept.draft(tx, draft_id), path)
        if content is None:
            raise NotFound(what=path)
        return content, kept.digest(content)


def kept_beside(db: Database, actor: Actor, draft_id: int, kept_id: int) -> tuple[str, bytes]:
    """What this person wrote while somebody else saved the same file: its path and content. Raises NotFound."""
    permit(actor)
    found = text("select path, content from bundle_draft_kept where id = :id and draft_id = :draft and by = :login")
    with db.read() as tx:
        row = tx.execute(found, {"id": kept_id, "draft": draft_id, "login": actor.login}).one_or_none()
        if row is None:
            raise NotFound(what=f"Text {kept_id}")
        return row.path, bytes(row.content)


def others(db: Database, actor: Actor, draft_id: int) -> tuple[tuple[str, str], ...]:
    """Who else works on a draft just now: name, and path of the file."""
    with db.read() as tx:
        return _others(tx, actor, draft_id)


def _others(tx: Connection, actor: Actor, draft_id: int) -> tuple[tuple[str, str], ...]:
    rows = tx.execute(OTHERS, {"id": draft_id, "login": actor.login})
    return tuple((row.name, row.path) for row in rows)


def permit(actor: Actor) -> None:
    """Raises NotAllowed for everybody but administrators and auditors."""
    if not (actor.may("definition.edit") or actor.may("history.verify")):
        raise NotAllowed(why="the workshop is for administrators and auditors")


def _versions(tx: Connection, key: str) -> tuple[VersionRow, ...]:
    rows = tx.execute(VERSIONS, {"key": key}).mappings().all()
    now = in_force(tx, key)[0]
    begun = next((row["valid_from"] for row in rows if row["id"] == now), None)

    def state(row: RowMapping) -> str:
        if row["id"] == now:
            return "in force"
        return "ahead" if begun is not None and row["valid_from"] > begun else "past"

    return tuple(VersionRow(**row, state=state(row)) for row in rows)


def _draft_row(row: RowMapping) -> DraftRow:
    return DraftRow(**row)


def _read(files: Mapping[str, bytes]) -> tuple[Bundle | None, DefinitionRejected | None]:
    try:
        return load_files(files), None
    except (BundleRejected, DefinitionRejected) as refusal:
        return None, refusal
