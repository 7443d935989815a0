"""What an act changed about a person or a unit, old and new; it knows no database."""

from collections.abc import Mapping
from dataclasses import dataclass

from workflows.domain.facts import Json

PERSON, UNIT = "person", "unit"
ACTS: Mapping[str, frozenset[str]] = {
    PERSON: frozenset(
        {"entered", "changed", "locked", "unlocked", "password_reset", "password_changed", "sessions_ended"}
    ),
    UNIT: frozenset({"entered", "changed", "ended"}),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One entry, what it said before (None: nothing) and after."""

    field: str
    old: Json
    new: Json


def differences(old: Mapping[str, Json], new: Mapping[str, Json]) -> tuple[Change, ...]:
    """Every entry of `new` that `old` says otherwise; an empty entry is no entry."""
    pairs = ((field, old.get(field) or None, value or None) for field, value in new.items())
    return tuple(Change(field, before, after) for field, before, after in pairs if before != after)
