"""Entries of a draft changed by form: a parameter, a day of the calendar, a stage; each an act with its reason."""

from collections.abc import Callable, Mapping
from datetime import date

from workflows.definitions import edited
from workflows.definitions.calendar import FILE as CALENDAR
from workflows.definitions.manifest import FILE as MANIFEST
from workflows.domain.actor import Actor
from workflows.domain.errors import InvalidInput
from workflows.operations.workshop import LONGEST_REASON, may_edit, opened
from workflows.store import drafts
from workflows.store.session import Database

Change = Callable[[Mapping[str, bytes]], bytes]


class EntryNeedsReason(InvalidInput):
    """Write by which decision or why this entry changes, in at most {longest} characters."""


def set_parameter(db: Database, actor: Actor, draft: int, name: str, value: str, reason: str) -> None:
    """Choose another value of a parameter of the authority. Raises EntryNeedsReason, NotOneOfThem, NotFound."""
    told = {"path": MANIFEST, "entry": name, "value": value}
    _change(db, actor, draft, told, reason, lambda files: edited.with_parameter(files, name, value))


def set_day(db: Database, actor: Actor, draft: int, day: date, *, working: bool, reason: str) -> None:
    """Make a day a day off or a working day; the reason becomes its source. Raises EntryNeedsReason, DaySaysNothing."""
    told = {"path": CALENDAR, "entry": day.isoformat(), "value": "working" if working else "off"}
    source = reason.strip()
    _change(db, actor, draft, told, reason, lambda files: edited.with_day(files, day, working=working, source=source))


def set_stage(
    db: Database, actor: Actor, draft: int, movement: str, key: str, stage: edited.Stage, reason: str
) -> None:
    """Date a stage of a movement otherwise. Raises EntryNeedsReason, StageOutOfOrder, NotFound."""
    told = {"path": f"movements/{movement}.toml", "entry": key, "value": f"{stage.begins} – {stage.ends}"}
    _change(db, actor, draft, told, reason, lambda files: edited.with_stage(files, movement, key, stage))


def _change(db: Database, actor: Actor, draft: int, told: Mapping[str, str], reason: str, change: Change) -> None:
    may_edit(actor)
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise EntryNeedsReason({"/reason": "This must be filled in."}, longest=LONGEST_REASON)
    with db.write() as tx:
        held = opened(tx, draft)
        content = change(drafts.files(tx, held))
        drafts.save(tx, held, told["path"], content, actor.login)
        drafts.note(tx, actor, "edited", held, told, reason.strip())
