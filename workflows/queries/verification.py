"""Checks the history of an instance: every link again from the bodies; it names the first event that does not fit."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, text

from workflows.store.history import GENESIS, instant, link
from workflows.store.session import Database


@dataclass(frozen=True, slots=True)
class Verified:
    """`first_bad` is the number of the first event that does not fit, with the reason in words."""

    number: str
    ok: bool
    events: int
    head: str
    first_bad: int | None = None
    reason: str | None = None


WRITTEN = {"v", "number", "seq", "kind", "at", "at_real", "actor", "on_behalf_of", "definition", "event"}
ROWS = text("select seq, kind, actor, at, body, link from history where instance_id = :id order by seq")


def verify(db: Database, numbers: tuple[str, ...] = ()) -> tuple[Verified, ...]:
    """The check of these instances, or of all of them."""
    with db.read() as tx:
        found = tx.execute(
            text(
                "select id, number, seq, head from instance"
                " where cardinality(cast(:numbers as text[])) = 0 or number = any(:numbers) order by id"
            ),
            {"numbers": list(numbers)},
        ).all()
        return tuple(verified(tx, row.id, row.number, row.seq, bytes(row.head)) for row in found)


def verified(tx: Connection, instance: int, number: str, seq: int, head: bytes) -> Verified:
    """The check of one instance against the number and the link that its own row keeps."""
    expected, last = 0, GENESIS
    for row in tx.execute(ROWS, {"id": instance}):
        expected += 1
        wrong = _wrong(row, expected, last, number)
        if wrong:
            return Verified(number, False, expected - 1, last.hex(), expected, wrong)
        last = bytes(row.link)
    if expected != seq:
        return Verified(number, False, expected, last.hex(), expected + 1, f"events after {expected} are missing")
    if last != head:
        return Verified(number, False, expected, last.hex(), expected, "the last link is not the one the dossier keeps")
    return Verified(number, True, expected, last.hex())


def readable(body: str) -> dict[str, Any] | None:
    """What a row of the history tells; None where it is no event that this house wrote."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) and told.keys() >= WRITTEN else None


def _wrong(row: Row[Any], expected: int, last: bytes, number: str) -> str | None:
    if row.seq != expected:
        return f"event {expected} is missing"
    if link(last, row.body) != bytes(row.link):
        return "its contents do not match its link"
    told = readable(row.body)
    if told is None:
        return "its contents cannot be read"
    columns = (row.seq, row.kind, row.actor, number, instant(row.at))
    if (told["seq"], told["kind"], told["actor"]["login"], told["number"], told["at"]) != columns:
        return "its columns do not match its contents"
    return None
