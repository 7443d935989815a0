"""What the database alone costs: one bare transaction of SQLAlchemy Core writes the rows of a completed task again."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, TextClause, text

from workflows.store.load import FACTS, HOLD_TASK
from workflows.store.session import Database
from workflows.store.tables import DueRow, FactRow, HistoryRow, MessageWaitRow, UserTaskRow

Row = Mapping[str, Any]
CLOSED = text(
    """update user_task set state = :state, closed_at = :closed_at, closed_by = :closed_by,
completion_key = :completion_key where id = :id"""
)
MOVED = text(
    """update instance set state = :state, revision = :revision, seq = :seq, head = :head, status = :status,
changed_at = :changed_at where id = :id and revision = :revision - 1"""
)
ENDED = text("delete from due where timer = :timer")
UPSERT = " on conflict (instance_id, line, item, name) do update set value = excluded.value"
TABLES = {row.__tablename__: row for row in (FactRow, HistoryRow, UserTaskRow, DueRow, MessageWaitRow)}


@dataclass(frozen=True, slots=True)
class Written:
    """The rows that one completion changed, those it added, by table, and the deadlines it ended."""

    task: Row
    instance: Row
    added: Mapping[str, Sequence[Row]]
    ended: Sequence[Row]


def write_again(engine: Engine, written: Written) -> None:
    """Lock the instance and the task, read the facts, write the rows, commit."""
    with engine.begin() as tx:
        held = tx.execute(HOLD_TASK, {"task": written.task["id"]}).one()
        tx.execute(FACTS, {"id": held.id}).one()
        tx.execute(CLOSED, written.task)
        for table, rows in written.added.items():
            tx.execute(INSERT[table], rows)
        if written.ended:
            tx.execute(ENDED, written.ended)
        tx.execute(MOVED, written.instance)


def written(db: Database, task: str, before: Mapping[str, Sequence[Row]]) -> Written:
    """What a completion wrote, found by comparing with the rows of its instance before."""
    after = rows_of(db, task)
    (done,) = [row for row in after["user_task"] if str(row["id"]) == task]
    added = {table: [row for row in after[table] if row not in before[table] and row is not done] for table in TABLES}
    ended = [row for row in before["due"] if row not in after["due"]]
    return Written(done, after["instance"][0], {table: rows for table, rows in added.items() if rows}, ended)


def rows_of(db: Database, task: str) -> dict[str, list[Row]]:
    """All rows of the instance of a task, by table, as parameters of statements."""
    with db.read() as tx:
        instance = tx.execute(text("select instance_id from user_task where id = :id"), {"id": task}).scalar_one()
        found = {
            table: tx.execute(text(f"select * from {table} where instance_id = :id"), {"id": instance}).mappings()
            for table in TABLES
        }
        rows = {table: sorted((_plain(dict(row)) for row in several), key=repr) for table, several in found.items()}
        one = tx.execute(text("select * from instance where id = :id"), {"id": instance}).mappings().one()
        return {**rows, "instance": [dict(one)]}


def _plain(row: Row) -> Row:
    return {name: json.dumps(value) if name == "value" else value for name, value in row.items()}


def _insert(table: str) -> TextClause:
    columns = [column.name for column in TABLES[table].__table__.columns]
    upsert = UPSERT if table == FactRow.__tablename__ else ""
    return text(f"insert into {table} ({', '.join(columns)}) values (:{', :'.join(columns)}){upsert}")


INSERT = {table: _insert(table) for table in TABLES}
