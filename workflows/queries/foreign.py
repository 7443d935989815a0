"""What of a diagram drawn by another program would run here, for a page; the file is looked at and kept nowhere."""

from workflows.definitions.foreign import ForeignReport, hint, inspect_foreign
from workflows.domain.actor import Actor
from workflows.domain.errors import NotAllowed
from workflows.domain.text import Text

__all__ = ["ForeignReport", "addition_means", "foreign_model"]


def foreign_model(actor: Actor, file: str, content: bytes) -> ForeignReport:
    """Element by element what runs, what it lacks and what cannot; a file that is none is refused in the report.

    Raises NotAllowed.
    """
    if not actor.may("definition.edit"):
        raise NotAllowed(why="the workshop is for administrators and auditors")
    return inspect_foreign(file, content)


def addition_means(name: str) -> Text:
    """What stands here for something a vendor added."""
    return hint(name)
