"""Letters of outside bodies that nobody has taken yet, and why; it reads and changes nothing."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from workflows.domain.actor import Actor
from workflows.domain.errors import NotAllowed
from workflows.domain.text import Text
from workflows.store.bundles import in_force
from workflows.store.session import Database

PROCEDURE = "commendation"
WAITING = text(
    """select l.id, l.message, l.body, l.number, l.entered_by, l.entered_at, l.refused,
  (select i.number from package p join instance i on i.id = p.instance_id
   where p.number = l.number and p.body = l.body order by p.id desc limit 1) as matter
from letter l where l.taken_at is null order by l.id"""
)


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter that waits; `matter` is whose package has the number it names, `refused` why it cannot be taken."""

    id: int
    title: Text
    body: Text
    number: str
    entered_by: str
    entered_at: datetime
    matter: str | None
    refused: str | None


def letters(db: Database, actor: Actor) -> tuple[LetterRow, ...]:
    """The letters nobody has taken, oldest first. Raises NotAllowed."""
    if not actor.may("letter.enter"):
        raise NotAllowed(why="only the records clerk and the department's office enter letters")
    with db.read() as tx:
        _, bundle = in_force(tx, PROCEDURE)
        return tuple(
            LetterRow(
                row.id,
                bundle.messages[row.message].title if row.message in bundle.messages else Text(row.message),
                bundle.bodies.get(row.body, Text(row.body)),
                row.number,
                row.entered_by,
                row.entered_at,
                row.matter,
                row.refused,
            )
            for row in tx.execute(WAITING)
        )
