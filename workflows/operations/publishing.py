"""From a draft to a version in force, and back to an earlier one: a second person approves what is published."""

from sqlalchemy import Connection, text

from workflows.definitions.archive import unpack
from workflows.domain.actor import Actor
from workflows.domain.calendar import local_day
from workflows.domain.errors import InvalidInput, InvalidState, NotAllowed, NotFound
from workflows.operations.workshop import LONGEST_REASON, PROCEDURE, import_files
from workflows.store import drafts
from workflows.store.bundles import Published, add, deployed, in_force, in_turn, version
from workflows.store.session import Database, clock


class AlreadyInForce(InvalidState):
    """Version {version} is in force already."""


class RollBackNeedsReason(InvalidInput):
    """Write why the earlier version comes back, in at most {longest} characters."""


def import_zip(db: Database, actor: Actor, draft: int, content: bytes) -> int:
    """Make a draft hold what the ZIP of a bundle holds; returns how many files changed.

    Raises ArchiveRefused, BundleRejected, DraftNotOpen; then nothing has changed.
    """
    return import_files(db, actor, draft, unpack(content))


def roll_back(db: Database, actor: Actor, number: int, reason: str) -> int:
    """Put the content of an earlier version in force from today, as a new version; returns its number.

    One act of one person, for the day on which a version turns out to be wrong; running dossiers stay where they are.
    Raises NotAllowed, NotFound, AlreadyInForce, RollBackNeedsReason.
    """
    if not actor.may("definition.approve"):
        raise NotAllowed(why="only an administrator rolls a version back")
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise RollBackNeedsReason({"/reason": "This must be filled in."}, longest=LONGEST_REASON)
    with db.write() as tx:
        in_turn(tx)
        earlier = _numbered(tx, number)
        now = in_force(tx, PROCEDURE)
        bundle = deployed(tx, earlier)
        if now[1].sha256 == bundle.sha256:
            raise AlreadyInForce(version=version(tx, now[0]))
        at = clock(tx)[1]
        told = Published(valid_from=local_day(at), reason=reason.strip(), approved_by=actor.login)
        made = version(tx, add(tx, bundle, actor.login, at, told))
        drafts.note(tx, actor, "rolled_back", None, {"version": made, "content_of": number}, reason.strip())
        return made


def _numbered(tx: Connection, number: int) -> int:
    found = tx.execute(
        text("select id from bundle where key = :key and version = :number"), {"key": PROCEDURE, "number": number}
    ).scalar()
    if found is None:
        raise NotFound(what=f"Version {number}")
    return int(found)
