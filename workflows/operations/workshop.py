"""Drafts of the procedure: opened over a version, their files saved; two people at once lose nothing to each other."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from workflows.definitions import load_files
from workflows.definitions.read import admit_path
from workflows.domain.actor import Actor
from workflows.domain.errors import InvalidInput, InvalidState, NotAllowed, NotFound
from workflows.store import drafts
from workflows.store.bundles import deployed, in_force, version
from workflows.store.session import Database

PROCEDURE = "commendation"
LARGEST_FILE, LONGEST_TITLE, LONGEST_REASON = 2_000_000, 200, 2_000


class DraftNeedsTitle(InvalidInput):
    """Give the draft a name of at most {longest} characters, so that others find it."""


class DraftNotOpen(InvalidState):
    """The draft «{title}» can no longer be changed: it waits for approval, is published or was given up."""


class ChangedMeanwhile(InvalidState):
    """«{path}» was changed by {by} at {at} since you opened it. What you wrote is kept beside it: choose one."""

    def __init__(self, theirs: bytes | None, sha256: str, **about: object) -> None:
        self.theirs, self.sha256 = theirs, sha256
        super().__init__(**about)


class FileTooLarge(InvalidInput):
    """«{path}» is larger than {limit} MB. Nothing was saved."""


class BaseOverlaps(InvalidState):
    """Version {version} and this draft both change {files}. Take those files back and try again."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A file as it is kept now."""

    sha256: str
    at: datetime


def open_draft(db: Database, actor: Actor, title: str, base: int | None = None) -> int:
    """Open a draft over a version, by its id (default: the one in force); returns the draft's id.

    Raises NotAllowed, DraftNeedsTitle, NotFound.
    """
    may_edit(actor)
    if not 0 < len(title.strip()) <= LONGEST_TITLE:
        raise DraftNeedsTitle({"/title": "This must be filled in."}, longest=LONGEST_TITLE)
    with db.write() as tx:
        base, bundle = (base, deployed(tx, base)) if base is not None else in_force(tx, PROCEDURE)
        made = drafts.add(tx, bundle.key, title.strip(), base, actor.login)
        held = drafts.draft(tx, made)
        drafts.note(tx, actor, "opened", held, {"title": title.strip(), "version": version(tx, base)})
        return made


def save_file(db: Database, actor: Actor, draft: int, path: str, content: bytes, seen: str | None) -> Saved:
    """Save a file of a draft; `seen` is the SHA-256 of what the writer began with, None for a file that is new.

    It is saved as it is, also when it means nothing yet. Raises ChangedMeanwhile (then `content` is kept beside the
    file), DraftNotOpen, FileTooLarge, BundleRejected for a strange path.
    """
    may_edit(actor)
    if len(content) > LARGEST_FILE:
        raise FileTooLarge(path=path, limit=LARGEST_FILE // 1_000_000)
    admit_path(path)
    with db.write() as tx:
        held = opened(tx, draft)
        there = drafts.file(tx, held, path)
        if there == content:
            return Saved(drafts.digest(content), held.changed_at)
        if (drafts.digest(there) if there is not None else None) == seen:
            at = drafts.save(tx, held, path, content, actor.login)
            _note_file(tx, actor, "saved", held, path)
            return Saved(drafts.digest(content), at)
        drafts.keep(tx, held, path, content, actor.login)
        last = drafts.laid(tx, held.id).get(path)
    raise ChangedMeanwhile(
        there,
        drafts.digest(there) if there is not None else "",
        path=path,
        by=last.changed_by if last else held.changed_by,
        at=last.changed_at if last else held.changed_at,
    )


def remove_file(db: Database, actor: Actor, draft: int, path: str) -> None:
    """Remove a file from a draft. Raises NotFound, DraftNotOpen."""
    may_edit(actor)
    with db.write() as tx:
        held = opened(tx, draft)
        if drafts.file(tx, held, path) is None:
            raise NotFound(what=path)
        drafts.save(tx, held, path, None, actor.login)
        _note_file(tx, actor, "removed", held, path)


def restore_file(db: Database, actor: Actor, draft: int, path: str) -> None:
    """Take back every change of one file: it is again as in the version below. Raises NotFound, DraftNotOpen."""
    may_edit(actor)
    with db.write() as tx:
        held = opened(tx, draft)
        if path not in drafts.laid(tx, held.id):
            raise NotFound(what=path)
        drafts.save(tx, held, path, deployed(tx, held.base).files.get(path), actor.login)
        _note_file(tx, actor, "restored", held, path)


def drop_draft(db: Database, actor: Actor, draft: int, reason: str) -> None:
    """Give up a draft; its files stay readable. Raises DraftNotOpen, InvalidInput without a reason."""
    may_edit(actor)
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise InvalidInput({"/reason": "This must be filled in."}, why="a draft is given up with a reason")
    with db.write() as tx:
        held = opened(tx, draft)
        drafts.become(tx, held, drafts.DROPPED, None)
        drafts.note(tx, actor, "dropped", held, {}, reason.strip())


def rebase_draft(db: Database, actor: Actor, draft: int) -> int:
    """Lay a draft over the version in force today; returns that version's number. Raises BaseOverlaps, DraftNotOpen."""
    may_edit(actor)
    with db.write() as tx:
        held = opened(tx, draft)
        newest, bundle = in_force(tx, held.key)
        below, over = deployed(tx, held.base).files, drafts.laid(tx, held.id)
        number = version(tx, newest)
        both = [path for path in over if below.get(path) != bundle.files.get(path)]
        if both:
            raise BaseOverlaps(version=number, files=", ".join(both))
        drafts.rebase(tx, held, newest)
        drafts.note(tx, actor, "rebased", held, {"version": number})
        return number


def import_files(db: Database, actor: Actor, draft: int, files: dict[str, bytes]) -> int:
    """Make a draft hold exactly these files, those of a bundle that can be read; returns how many changed.

    Raises BundleRejected, DraftNotOpen, InvalidInput for a bundle of another key.
    """
    may_edit(actor)
    bundle = load_files(files)
    with db.write() as tx:
        held = opened(tx, draft)
        if bundle.key != held.key:
            raise InvalidInput(why=f"this is the bundle «{bundle.key}», the draft is of «{held.key}»")
        there = drafts.files(tx, held)
        changed = sorted(path for path in {*there, *files} if there.get(path) != files.get(path))
        for path in changed:
            drafts.save(tx, held, path, files.get(path), actor.login)
        drafts.note(tx, actor, "imported", held, {"files": changed, "sha256": bundle.sha256})
        return len(changed)


def look(db: Database, actor: Actor, draft: int, path: str) -> None:
    """Note that this person has a file of a draft open; the others are told for a minute."""
    with db.write() as tx:
        drafts.draft(tx, draft)
        drafts.look(tx, draft, actor.login, path)


def may_edit(actor: Actor) -> None:
    """Raises NotAllowed for everybody but administrators."""
    if not actor.may("definition.edit"):
        raise NotAllowed(why="only an administrator changes the procedure")


def opened(tx: Connection, draft: int) -> drafts.Draft:
    """The draft, locked until the end of the transaction. Raises DraftNotOpen."""
    held = drafts.draft(tx, draft, lock=True)
    if held.state != drafts.OPEN:
        raise DraftNotOpen(title=held.title)
    return held


def _note_file(tx: Connection, actor: Actor, act: str, held: drafts.Draft, path: str) -> None:
    drafts.note(tx, actor, act, held, {"path": path})
