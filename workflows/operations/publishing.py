"""From a draft to a version in force, and back to an earlier one: a second person approves what is published."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from workflows.definitions import checksum, load_files
from workflows.definitions.archive import unpack
from workflows.domain.actor import SYSTEM, Actor
from workflows.domain.calendar import local_day
from workflows.domain.errors import InvalidInput, InvalidState, NotAllowed, NotFound
from workflows.domain.facts import Facts, Value
from workflows.domain.gated import report_from
from workflows.domain.record import set_values
from workflows.operations.instances import New, open_instance
from workflows.operations.workshop import LONGEST_REASON, PROCEDURE, DraftNotOpen, import_files
from workflows.store import drafts, gate_runs
from workflows.store.bundles import Published, add, deployed, in_force, in_turn, version
from workflows.store.load import Instance
from workflows.store.session import Database, clock

PROCESS, SERIES = "publish_version", "PB"
MOST_NAMED = 3


class NothingChanged(InvalidState):
    """The draft «{title}» changes nothing yet."""


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


def submit(db: Database, actor: Actor, draft: int) -> str:
    """Begin the procedure that publishes a draft; its first task waits for this person. Returns its number.

    A draft whose procedure runs already is only led to. Raises NotAllowed, DraftNotOpen, NothingChanged.
    """
    if not actor.may("definition.edit"):
        raise NotAllowed(why="only an administrator submits a draft")
    with db.write() as tx:
        held = drafts.draft(tx, draft, lock=True)
        if held.publication and held.state in {drafts.OPEN, drafts.SUBMITTED}:
            return held.publication
        if held.state != drafts.OPEN:
            raise DraftNotOpen(title=held.title)
        changes = len(drafts.laid(tx, draft))
        if not changes:
            raise NothingChanged(title=held.title)
        bundle_id, bundle = in_force(tx, held.key)
        told: dict[str, Value] = {
            "version.draft": draft,
            "version.title": held.title,
            "version.author": actor.login,
            "version.changes": changes,
        }
        recorded = set_values(Facts(), told)
        number = open_instance(
            tx, actor, bundle_id, bundle, New(PROCESS, SERIES, held.title, recorded.facts, recorded.changes)
        )
        drafts.become(tx, held, drafts.OPEN, number)
        drafts.note(tx, actor, "submitted", held, {"publication": number})
        return number


def drafted_files(tx: Connection, facts: Facts) -> dict[str, bytes]:
    """The files of the draft whose publication these facts tell; none for any other matter."""
    draft = facts.get("version.draft")
    return drafts.files(tx, drafts.draft(tx, int(draft))) if isinstance(draft, int) else {}


def settled(tx: Connection, held: Instance, to: str, told: Mapping[str, Value]) -> dict[str, Value]:
    """What becomes of the draft with the outcome of a service task; returns the facts that say so."""
    draft = drafts.draft(tx, int(str(held.facts.get("version.draft"))), lock=True)
    match to:
        case "submitted":
            return _submitted(tx, held, draft, str(told["version.sha256"]))
        case "published":
            return _published(tx, held, draft)
        case _:
            publication = None if to == "left" else held.number
            drafts.become(tx, draft, drafts.OPEN, publication)
            return {}


def _submitted(tx: Connection, held: Instance, draft: drafts.Draft, checked: str) -> dict[str, Value]:
    """From here on nobody changes the draft; what was changed while it was checked is checked again."""
    authors = drafts.authors(tx, draft)
    changes = len(drafts.laid(tx, draft.id))
    if checksum(drafts.files(tx, draft)) != checked:
        return {"version.checked": False, "version.found": "Bản nháp bị sửa trong khi kiểm tra; hãy trình lại."}
    if wrong := _found_wrong(tx, checked):
        drafts.become(tx, draft, drafts.OPEN, held.number)
        return {"version.checked": False, "version.found": wrong}
    drafts.become(tx, draft, drafts.SUBMITTED, held.number)
    return {"version.authors": authors, "version.changes": changes}


def _found_wrong(tx: Connection, sha256: str) -> str:
    """What the check before publishing found against exactly these files, where somebody had it run."""
    run = gate_runs.found(tx, sha256)
    if run is None or run.state != gate_runs.DONE or not run.report:
        return ""
    return "; ".join(f"{each.file} {each.element}: {each.vi}" for each in report_from(run.report).errors()[:MOST_NAMED])


def _report(tx: Connection, sha256: str, found: str) -> Mapping[str, Any]:
    """The report of the check of these files; what the rules found where nobody had the whole check run."""
    run = gate_runs.found(tx, sha256)
    if run is None or run.state != gate_runs.DONE or not run.report:
        return {"layers": [{"ok": True, "title": found, "said": ""}]}
    return run.report


def _published(tx: Connection, held: Instance, draft: drafts.Draft) -> dict[str, Value]:
    in_turn(tx)
    files, facts = drafts.files(tx, draft), held.facts
    newest = in_force(tx, draft.key)[0]
    if newest != draft.base:
        refused = (
            f"Phiên bản {version(tx, newest)} đã có hiệu lực từ khi mở bản nháp; đặt bản nháp lên đó rồi trình lại."
        )
        return {"version.published": False, "version.refused": refused}
    if checksum(files) != facts.get("version.sha256"):
        return {"version.published": False, "version.refused": "Nội dung không còn như khi được kiểm tra."}
    asked, approver = facts.get("submit_version.valid_from"), facts.text("by.approve_version")
    day = max(asked, local_day(held.now)) if isinstance(asked, date) else local_day(held.now)
    told = Published(
        day,
        facts.text("submit_version.name") or draft.title,
        facts.text("submit_version.grounds") or "",
        approved_by=approver,
        publication=held.number,
        report=_report(tx, str(facts.get("version.sha256")), facts.text("version.found") or ""),
    )
    made = add(tx, load_files(files), facts.text("version.author") or draft.author, held.now, told)
    drafts.become(tx, draft, drafts.PUBLISHED, held.number, made)
    number = version(tx, made)
    drafts.note(tx, SYSTEM, "published", draft, {"version": number, "publication": held.number})
    return {"version.published": True, "version.number": number, "version.refused": None}
