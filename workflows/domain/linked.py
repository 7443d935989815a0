"""Procedures about a dossier that has its decision: their numbers, and who may open them; they decide nothing here."""

from dataclasses import dataclass

from workflows.domain.actor import Actor
from workflows.domain.errors import InvalidInput, InvalidState
from workflows.domain.events import Event

CLERK = frozenset({"clerk"})


@dataclass(frozen=True, slots=True)
class Linked:
    """One kind of procedure, as bundle.toml tells it.

    It says what its numbers begin with, the groups that open it and the lines it may be about.

    `once`: a line is in one running procedure of this kind only.
    """

    numbers: str
    opened_by: frozenset[str]
    about: frozenset[str]
    once: bool = False

    def may_be_opened_by(self, actor: Actor) -> bool:
        """Whether this person is of a group that opens such a procedure."""
        return bool(self.opened_by & actor.groups)

    def may_be_filed_by(self, actor: Actor) -> bool:
        """Whether this person adds papers to it: who opens such a procedure, and the records clerk."""
        return bool((self.opened_by | CLERK) & actor.groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureOpened(Event):
    """A procedure about this dossier was opened: a complaint, a revocation, a correction."""

    procedure: str
    number: str


class NotYetDecided(InvalidState):
    """{number} has no decision yet; only a decision can be complained about, revoked or corrected."""


class PastArchive(InvalidState):
    """{number} was closed on {day}; its time in the archive, {years} years, is over."""


class AlreadyUnderway(InvalidState):
    """Line {line} of {number} is already in {other}, which is not finished."""


class NoLineChosen(InvalidInput):
    """Choose the nominees it is about."""


class LineNotConcerned(InvalidInput):
    """Line {line} of {number} stands so that this procedure cannot be about it."""
