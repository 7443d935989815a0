"""Checks the history of an instance: every link again from the bodies; it names the first event that does not fit."""

import json
from dataclasses import dataclass

from sqlalchemy import Connection, text

from workflows.store.history import GENESIS, link
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
        wrong = _wrong(row.seq, row.kind, row.actor, row.body, bytes(row.link), expected, last, number)
        if wrong:
            return Verified(number, False, expected - 1, last.hex(), expected, wrong)
        last = bytes(row.link)
    if expected != seq:
        return Verified(number, False, expected, last.hex(), expected + 1, f"events after {expected} are missing")
    if last != head:
        return Verified(number, False, expected, last.hex(), expected, "the last link is not the one the dossier keeps")
    return Verified(number, True, expected, last.hex())


def _wrong(
    seq: int, kind: str, actor: str, body: str, stored: bytes, expected: int, last: bytes, number: str
) -> str | None:
    if seq != expected:
        return f"event {expected} is missing"
    if link(last, body) != stored:
        return "its contents do not match its link"
    told = json.loads(body)
    if (told["seq"], told["kind"], told["actor"]["login"], told["number"]) != (seq, kind, actor, number):
        return "its columns do not match its contents"
    return None
