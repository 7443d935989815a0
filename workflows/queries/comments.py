"""What people said to each other about a matter, each answer under what it answers."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

SAID = text("select seq, body from history where instance_id = :id and kind = 'CommentWritten' order by seq")


@dataclass(frozen=True, slots=True)
class CommentRow:
    """One comment; `seq` is its number in the history of its matter."""

    seq: int
    who: str
    title: str
    at: datetime
    text: str
    answers: tuple["CommentRow", ...] = ()


def comments_on(tx: Connection, instance: int) -> tuple[CommentRow, ...]:
    """The comments on an instance, oldest first; an answer to an answer stands with them."""
    first: dict[int, int] = {}
    threads: dict[int, list[CommentRow]] = {}
    for seq, body in tx.execute(SAID, {"id": instance}):
        told = json.loads(body)
        event, actor = told["event"], told["actor"]
        first[seq] = first.get(event["answers"], seq) if event["answers"] else seq
        at = datetime.fromisoformat(told["at"])
        row = CommentRow(seq, actor["name"], actor["title"], at, event["text"])
        threads.setdefault(first[seq], []).append(row)
    return tuple(
        CommentRow(top.seq, top.who, top.title, top.at, top.text, tuple(answers)) for top, *answers in threads.values()
    )
