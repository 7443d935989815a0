"""Units as lists show them, and what pages say of a unit that ended while a matter was open."""

import json

from sqlalchemy import Connection, text

from workflows.domain.text import Text
from workflows.queries.event_words import merged
from workflows.store.session import Database
from workflows.store.units import Unit, listed

MERGERS = text("select body from history where instance_id = :id and kind = 'UnitDissolved' order by seq")


def every_unit(db: Database) -> tuple[Unit, ...]:
    """All units by name, those that have ended too."""
    with db.read() as tx:
        return listed(tx)


def mergers(tx: Connection, instance: int) -> tuple[Text, ...]:
    """A sentence for every time the unit of this matter became part of another one."""
    return tuple(merged(json.loads(body)["event"]) for body in tx.execute(MERGERS, {"id": instance}).scalars())
