"""Somebody has a task open on the screen; it is seen by the others who open it and kept nowhere else."""

from workflows.domain.actor import Actor
from workflows.store import presence
from workflows.store.session import Database, real_time


def look(db: Database, actor: Actor, task_id: str) -> tuple[str, ...]:
    """Note that this person looks at a task that the caller has shown; returns who else does."""
    now = real_time()
    with db.write() as tx:
        presence.look(tx, task_id, actor.login, now)
        return presence.others(tx, task_id, actor.login, now)
