"""coverage.toml: what no story of a bundle passes, each with the reason; it refuses an entry without one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from workflows.definitions.errors import BundleRejected
from workflows.definitions.plain import read_toml
from workflows.definitions.shape import EXPLAINED, shaped
from workflows.domain.said import Said

FILE = "coverage.toml"
Kind = Literal["element", "flow", "row"]


@dataclass(frozen=True, slots=True)
class Explained:
    """One element or flow of a process, or one row of a table: `place` is `<process>` or `<decision>/<rule set>`."""

    kind: Kind
    place: str
    key: str
    reason: str


def read_explained(content: bytes | None) -> tuple[Explained, ...]:
    """The entries of the file, one by one. Raises BundleRejected."""
    if content is None:
        return ()
    told = shaped(FILE, read_toml(FILE, content), EXPLAINED)
    return tuple(entry for each in told.get("explained", ()) for entry in _entries(each))


def _entries(told: dict[str, Any]) -> Iterator[Explained]:
    reason = told["reason"].strip()
    if not reason or ("process" in told) == ("decision" in told) or ("decision" in told) != ("rule_set" in told):
        why = Said("an entry has a reason, and a process, or a decision with its rule_set.")
        raise BundleRejected(place=FILE, why=why)
    place = told["process"] if "process" in told else f"{told['decision']}/{told['rule_set']}"
    kinds: tuple[tuple[Kind, str], ...] = (
        (("element", "elements"), ("flow", "flows")) if "process" in told else (("row", "rows"),)
    )
    for kind, listed in kinds:
        yield from (Explained(kind, place, key, reason) for key in told.get(listed, ()))
