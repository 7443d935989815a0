"""«Xử lý thay»: who stands in for whom from which day to which; entered and ended by the head of office or an admin."""

from datetime import date

from workflows.domain.actor import Actor
from workflows.domain.errors import InvalidInput, NotAllowed, NotFound
from workflows.store import substitutes
from workflows.store.session import Database, clock

LONGEST_DAYS = 366
MAY = "substitute.manage"


class SubstituteRefused(InvalidInput):
    """A substitute is another person, from a first day to a last one within a year, with the reason."""


class SubstituteMade(InvalidInput):
    """{absent} has a substitute on some of these days already."""


def name_substitute(
    db: Database, actor: Actor, *, absent: str, substitute: str, from_on: date, to_on: date, reason: str
) -> int:
    """Let somebody act for an absent person from a day to a day, both included. Returns the entry's id.

    Raises NotAllowed, SubstituteRefused, SubstituteMade.
    """
    _permit(actor)
    days = (to_on - from_on).days
    with db.write() as tx:
        known = substitutes.active_logins(tx)
        fields = {
            "/absent": absent not in known,
            "/substitute": substitute not in known or substitute == absent,
            "/to_on": not 0 <= days <= LONGEST_DAYS,
            "/reason": not reason.strip(),
        }
        if wrong := {place: "This is not written in the expected way." for place, bad in fields.items() if bad}:
            raise SubstituteRefused(wrong)
        if substitutes.overlaps(tx, absent, from_on, to_on):
            raise SubstituteMade({"/from_on": "The same entry appears twice."}, absent=known[absent])
        return substitutes.enter(tx, absent, substitute, from_on, to_on, reason.strip(), actor.login, clock(tx)[1])


def end_substitute(db: Database, actor: Actor, entry: int) -> None:
    """End a substitution now; its row stays. Raises NotFound."""
    _permit(actor)
    with db.write() as tx:
        if not substitutes.end(tx, entry, actor.login, clock(tx)[1]):
            raise NotFound(what="This entry")


def _permit(actor: Actor) -> None:
    if not actor.may(MAY):
        raise NotAllowed(why="only the head of office or an administrator names substitutes")
