"""How a client sends a completion, and what it means to get no answer."""

from typing import Any, Protocol

from workflows.domain.actor import Actor
from workflows.operations import user_tasks
from workflows.store.session import Database, DatabaseUnavailable


class Unanswered(Exception):
    """Whether it was done is not known."""


class Way(Protocol):
    """How a completion is sent."""

    def complete(self, actor: Actor, task: str, answers: dict[str, Any], key: str) -> str:
        """Complete a task; returns the number of its dossier or round. Raises Unanswered."""
        ...


class ByOperations:
    """Completes by calling the operation in this process."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def complete(self, actor: Actor, task: str, answers: dict[str, Any], key: str) -> str:
        """Complete a task."""
        try:
            return user_tasks.complete(self._db, actor, task, answers, key=key).number
        except DatabaseUnavailable as error:
            raise Unanswered from error
