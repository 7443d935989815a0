"""What people say to each other about a matter: kept in its history, answered, never changed; it decides nothing."""

from sqlalchemy import Connection

from workflows.domain.actor import Actor
from workflows.domain.errors import InvalidInput, NotAllowed, NotFound
from workflows.domain.personal_events import CommentWritten
from workflows.operations.step import Intent, tell
from workflows.store import comments, scope
from workflows.store.load import hold
from workflows.store.session import Database

LONGEST = 4_000


class CommentIsEmpty(InvalidInput):
    """Write the comment, in at most {longest} characters."""


class NoSuchComment(InvalidInput):
    """The comment you answer is not one of {number}. Open the dossier again and answer there."""


def comment(db: Database, actor: Actor, number: str, text: str, answers: int | None = None) -> None:
    """Say something about a matter that this person may see, open or closed, perhaps in answer to a comment.

    Raises NotFound where the matter is not this person's to see, NotAllowed for who only looks on, CommentIsEmpty,
    NoSuchComment.
    """
    said = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if not 0 < len(said) <= LONGEST:
        raise CommentIsEmpty({"/text": "This must be filled in."}, longest=LONGEST)
    if not actor.may("task.work"):
        raise NotAllowed(why="comments are written by those who handle dossiers")
    with db.write() as tx:
        if not scope.sees(tx, actor, number):
            raise NotFound(what=number)
        held = hold(tx, number)
        event = CommentWritten(text=said, answers=_answered(tx, held.id, number, answers))
        tell(tx, held, Intent(actor, before=(event,)))


def _answered(tx: Connection, instance: int, number: str, answers: int | None) -> int | None:
    if answers is not None and not comments.is_comment(tx, instance, answers):
        raise NoSuchComment(number=number)
    return answers
