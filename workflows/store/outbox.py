"""Messages between instances that wait for their receiver."""

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


def on_its_way(tx: Connection, number: str) -> list[int]:
    """The messages to an instance that it has not taken yet, oldest first."""
    found = text("select id from message where taken_at is null and key = :number order by id")
    return list(tx.execute(found, {"number": number}).scalars())


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


def forget(tx: Connection, sender: str, at: datetime) -> None:
    """Take back what a withdrawn dossier had sent and nobody has taken yet."""
    tx.execute(
        text("update message set taken_at = :at, taken_by = 'withdrawn' where sender = :sender and taken_at is null"),
        {"sender": sender, "at": at},
    )
