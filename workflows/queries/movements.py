"""The movements of the procedure in force, as data with the plan's real text."""

from dataclasses import dataclass
from typing import Any

from workflows.domain.errors import NotFound
from workflows.domain.text import Text
from workflows.queries.names import newest
from workflows.store.session import Database


@dataclass(frozen=True, slots=True)
class MovementRow:
    """A movement in a list."""

    key: str
    title: Text
    number: str
    date: str
    stages: tuple[Text, ...]


def movements(db: Database) -> tuple[MovementRow, ...]:
    """All movements of the newest version of the procedure."""
    with db.read() as tx:
        bundle = newest(tx)
    if bundle is None:
        return ()
    return tuple(
        MovementRow(
            key,
            found.title,
            str(found.told.get("number", "")),
            str(found.told.get("date", "")),
            tuple(Text.read(stage["title"]) for stage in found.told.get("stages", ())),
        )
        for key, found in bundle.movements.items()
    )


def movement(db: Database, key: str) -> dict[str, Any]:
    """One movement's plan, as the bundle's file holds it. Raises NotFound."""
    with db.read() as tx:
        bundle = newest(tx)
    if bundle is None or key not in bundle.movements:
        raise NotFound(what=f"Movement «{key}»")
    return dict(bundle.movements[key].told)
