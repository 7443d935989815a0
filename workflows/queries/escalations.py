"""Who was told of the limits of a matter: reminders and reports, the last first."""

import json
from datetime import datetime

from sqlalchemy import Connection, text

from workflows.definitions import Bundle
from workflows.domain.text import Text
from workflows.queries.event_words import Telling, detail
from workflows.queries.rows import Escalated
from workflows.queries.shown import known

KIND = "TaskEscalated"
MOST = 10
TOLD = text("select body from history where instance_id = :id and kind = :kind order by seq desc limit :most")


def escalations(tx: Connection, bundle: Bundle, instance: int) -> tuple[Escalated, ...]:
    """The last reminders and reports of an instance."""
    rows = [json.loads(body) for body in tx.execute(TOLD, {"id": instance, "kind": KIND, "most": MOST}).scalars()]
    if not rows:
        return ()
    telling = Telling(bundle, "vi", known(tx))
    return tuple(
        Escalated(datetime.fromisoformat(row["at"]), detail(telling, KIND, row["event"]) or Text("")) for row in rows
    )
