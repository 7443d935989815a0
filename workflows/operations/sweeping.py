"""What the worker looks for by itself: passed deadlines; and what it must not forget: why a job failed."""

from workflows.store import effects
from workflows.store.due import overdue
from workflows.store.session import Database, clock, enqueue


def sweep(db: Database) -> int:
    """Have every instance with a passed deadline advanced; returns how many."""
    with db.write() as tx:
        found = overdue(tx, clock(tx)[1])
        for instance in found:
            enqueue(tx, "fire_timers", instance=instance)
        return len(found)


def keep_error(db: Database, job_id: int, name: str, reason: str) -> None:
    """Keep why a job failed."""
    with db.write() as tx:
        effects.keep_error(tx, job_id, name, reason)
