"""What others said of the same form meanwhile: the answers that were sent, the entries they changed."""

import json
from typing import Any

from sqlalchemy import text

from workflows.domain.actor import Actor
from workflows.queries.scope import VISIBLE, parameters
from workflows.store.session import Database

SENT = text(
    f"""select h.body from history h join instance i on i.id = h.instance_id join user_task w on w.instance_id = i.id
where w.id = cast(:task as uuid) and w.item is null and h.kind = 'TaskCompleted'
  and cast(h.body as json) -> 'event' ->> 'task' = cast(:task as text) and {VISIBLE}"""  # noqa: S608  a constant
)
CHANGED = text(
    """select cast(h.body as json) -> 'event' ->> 'fact'
from history h join user_task w on w.instance_id = h.instance_id
where w.id = cast(:task as uuid) and h.seq > :seen and h.actor <> :login and h.kind = 'FactChanged'"""
)


def sent(db: Database, actor: Actor, task_id: str) -> dict[str, Any] | None:
    """The answers a task was completed with, where this person may see the matter; never those of a ballot."""
    with db.read() as tx:
        body = tx.execute(SENT, {"task": task_id, **parameters(actor)}).scalar()
    return dict(json.loads(body)["event"]["answers"]) if body else None


def changed_fields(db: Database, actor: Actor, task_id: str, prefix: str, seen: int) -> frozenset[str]:
    """The fields of a form whose facts others changed after history number `seen`; `nominees` for any nominee."""
    with db.read() as tx:
        facts = tx.execute(CHANGED, {"task": task_id, "seen": seen, "login": actor.login}).scalars().all()
    own = {fact.removeprefix(f"{prefix}.") for fact in facts if fact.startswith(f"{prefix}.")}
    return frozenset(own | ({"nominees", "lines"} if "nominee" in facts else set()))
