"""A secret ballot goes into the box and nowhere else; at the count all votes are written at once, with no voter."""

import secrets
from collections.abc import Iterable

from sqlalchemy import Connection

from workflows.domain.ballot_box import Box, seal, unseal
from workflows.domain.errors import InvalidState
from workflows.domain.facts import Facts
from workflows.domain.record import Change, FactSet, Recorded, applied
from workflows.store import ballot_boxes
from workflows.store.load import Instance
from workflows.store.session import Database


class NoSecret(InvalidState):
    """This installation has no secret under which a ballot box could be sealed."""


class SecretBallot(InvalidState):
    """A secret ballot is kept nowhere before it is cast."""


def cast(tx: Connection, db: Database, held: Instance, council: str, changes: Iterable[Change]) -> None:
    """Put the votes among these changes into the box of the council. Raises NoSecret, BoxBroken."""
    name = f"{council}.vote"
    votes = {each.line: str(each.new) for each in changes if isinstance(each, FactSet) and each.name == name}
    box = _box(tx, db, held, council).with_ballot(votes)
    ballot_boxes.keep(tx, held.id, council, seal(box, _secret(db), _about(held, council)))


def opened(tx: Connection, db: Database, held: Instance, council: str) -> Recorded:
    """The facts after the box was opened: each vote under a sign of its own, in no order, and how many ballots it held.

    Votes on lines that are no longer open are not written. Raises NoSecret, BoxBroken.
    """
    box = _box(tx, db, held, council)
    here = {line.id for line in held.facts.open_lines()}
    changes: list[Change] = [FactSet(f"{council}.returned", held.facts.get(f"{council}.returned"), box.ballots)]
    for line, vote in box.votes():
        if line in here:
            changes.append(FactSet(f"{council}.vote", None, vote, line, f"phieu-{secrets.token_hex(8)}"))
    ballot_boxes.remove(tx, held.id, council)
    return Recorded(_after(held.facts, changes), tuple(changes))


def _after(facts: Facts, changes: Iterable[Change]) -> Facts:
    for change in changes:
        facts = applied(facts, change)
    return facts


def _box(tx: Connection, db: Database, held: Instance, council: str) -> Box:
    sealed = ballot_boxes.find(tx, held.id, council)
    return Box() if sealed is None else unseal(sealed, _secret(db), _about(held, council))


def _secret(db: Database) -> str:
    if not db.secret:
        raise NoSecret
    return db.secret


def _about(held: Instance, council: str) -> str:
    return f"{held.number} {council}"
