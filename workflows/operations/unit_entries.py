"""Units as an administrator opens and renames them; each act is recorded with its reason. `units` ends them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from workflows.domain.account_acts import UNIT, differences
from workflows.domain.actor import Actor
from workflows.domain.errors import InvalidInput, NotFound, UnitHasEnded
from workflows.domain.facts import Json
from workflows.operations.people import LONGEST_ENTRY, WRONG, AlreadySo, ChangedMeanwhile, permit
from workflows.store import account_acts, accounts, units
from workflows.store.session import Database

CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")
KINDS = ("division", "office", "affiliated")
"""Phòng, văn phòng, đơn vị trực thuộc."""


class UnitRefused(InvalidInput):
    """A unit has a code of small letters, digits and _, a name that no other unit has, and one of the kinds."""


@dataclass(frozen=True, slots=True)
class Entries:
    """What an administrator writes about a unit; `head` is the name of its head, empty where there is none."""

    name: str
    kind: str
    has_seal: bool
    head: str

    def said(self) -> Mapping[str, Json]:
        """The entries whose change is told."""
        return {"name": self.name, "kind": self.kind, "has_seal": self.has_seal, "head": self.head}


def open_unit(db: Database, actor: Actor, code: str, told: Entries, reason: str) -> None:
    """Enter a unit. Raises NotAllowed, ReasonNeeded, UnitRefused."""
    permit(actor, reason)
    with db.write() as tx:
        account_acts.in_turn(tx)
        known = units.listed(tx)
        fields = _wrong(told, [each.name for each in known])
        if not CODE.fullmatch(code) or code in {each.code for each in known}:
            fields["/code"] = WRONG
        if fields:
            raise UnitRefused(fields)
        accounts.keep_unit(tx, code, told.name, told.kind, has_seal=told.has_seal, head=told.head or None)
        changed = differences({}, told.said())
        account_acts.note(tx, actor, "entered", (UNIT, code, told.name), changed, reason.strip())


def change_unit(db: Database, actor: Actor, code: str, told: Entries, reason: str, seen: int) -> None:
    """Change name, kind, seal and head; `seen` is the latest act that the page showed.

    Raises NotAllowed, ReasonNeeded, NotFound, UnitHasEnded, ChangedMeanwhile, UnitRefused, AlreadySo.
    """
    permit(actor, reason)
    with db.write() as tx:
        account_acts.in_turn(tx)
        old = units.locked(tx, code).get(code)
        if old is None:
            raise NotFound(what=f"Unit «{code}»")
        if old.valid_to is not None:
            raise UnitHasEnded(name=old.name)
        if account_acts.last(tx, UNIT, code) != seen:
            raise ChangedMeanwhile(name=old.name)
        if fields := _wrong(told, [each.name for each in units.listed(tx) if each.code != code]):
            raise UnitRefused(fields)
        before = units.entries(tx, code)
        changed = differences(before, told.said())
        if not changed:
            raise AlreadySo(name=old.name)
        units.change(tx, code, told.name, told.kind, has_seal=told.has_seal, head=told.head or None)
        account_acts.note(tx, actor, "changed", (UNIT, code, told.name), changed, reason.strip())


def _wrong(told: Entries, others: list[str]) -> dict[str, str]:
    taken = {each.casefold() for each in others}
    fields = {
        "/name": not 0 < len(told.name) <= LONGEST_ENTRY or told.name.casefold() in taken,
        "/kind": told.kind not in KINDS,
        "/head": len(told.head) > LONGEST_ENTRY,
    }
    return {place: WRONG for place, bad in fields.items() if bad}
