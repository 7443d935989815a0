"""Messages between instances that wait for their receiver."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from workflows.domain.facts import Facts


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message nobody has taken yet."""

    id: int
    name: str
    key: str
    sender: str
    payload: dict[str, Any]

    def fits(self, round_facts: Facts) -> bool:
        """Whether a round may gather this dossier: one award form, one movement."""
        told = self.payload["facts"]
        return all(told.get(name) == round_facts.get(name) for name in ("dossier.award_form", "dossier.movement"))


def waiting(tx: Connection, name: str, *, lock: bool = False) -> list[Waiting]:
    """The messages of this name that wait to be taken, oldest first."""
    found = """select id, name, key, sender, payload from message
where taken_at is null and name = :name and key = '' order by id"""
    rows = tx.execute(text(found + " for update" if lock else found), {"name": name})
    return [Waiting(row.id, row.name, row.key, row.sender, row.payload) for row in rows]


def message(tx: Connection, message_id: int, *, lock: bool = False) -> Waiting | None:
    """One message; None once it is taken."""
    found = "select id, name, key, sender, payload from message where id = :id and taken_at is null"
    row = tx.execute(text(found + " for update" if lock else found), {"id": message_id}).one_or_none()
    return None if row is None else Waiting(row.id, row.name, row.key, row.sender, row.payload)


def on_its_way(tx: Connection, number: str, name: str | None = None) -> list[int]:
    """The messages to an instance, all or of one name, that it has not taken yet, oldest first."""
    found = text(
        """select id from message
where taken_at is null and key = :number and (cast(:name as text) is null or name = :name) order by id"""
    )
    return list(tx.execute(found, {"number": number, "name": name}).scalars())


def is_awaited(tx: Connection, instance: int, name: str) -> bool:
    """Whether the instance waits for a message of this name."""
    found = text("select 1 from message_wait where instance_id = :id and name = :name")
    return tx.execute(found, {"id": instance, "name": name}).scalar() is not None


def take(tx: Connection, messages: Sequence[int], by: str, at: datetime) -> None:
    """Mark messages as taken."""
    tx.execute(
        text("update message set taken_at = :at, taken_by = :by where id = any(:ids)"),
        {"ids": list(messages), "by": by, "at": at},
    )


def leave_out(tx: Connection, sender: str, lines: Sequence[str], at: datetime) -> None:
    """Leave lines out of what a dossier has sent and nobody has taken yet; what then tells of no line is taken back."""
    waits = text(
        """select id, payload from message
where sender = :sender and key = '' and taken_at is null and payload ? 'lines' order by id for update"""
    )
    for row in tx.execute(waits, {"sender": sender}).all():
        left = [line for line in row.payload["lines"] if line["id"] not in lines]
        if left:
            told = json.dumps({**row.payload, "lines": left})
            tx.execute(
                text("update message set payload = cast(:told as jsonb) where id = :id"), {"id": row.id, "told": told}
            )
        else:
            take(tx, [row.id], "withdrawn", at)
