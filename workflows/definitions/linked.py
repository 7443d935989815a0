"""Reads [linked] of bundle.toml: the procedures about a decided dossier; it refuses statuses that no line can have."""

from collections.abc import Mapping
from typing import Any

from workflows.definitions.errors import StrangeEntry
from workflows.domain.facts import STATUSES
from workflows.domain.linked import Linked


def read_linked(name: str, each: Mapping[str, Any]) -> Linked:
    """One kind of procedure, by the id of its diagram. Raises StrangeEntry."""
    about = frozenset(map(str, each["about"]))
    if strange := sorted(about - frozenset(STATUSES)):
        raise StrangeEntry(
            "«{name}» is «{value}», which is none of {known}.",
            name=name,
            value=strange[0],
            known=", ".join(sorted(STATUSES)),
        )
    return Linked(str(each["numbers"]), frozenset(map(str, each["opened_by"])), about, bool(each.get("once")))
