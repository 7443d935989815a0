"""What people keep for themselves beside their work: days to look again, named views of lists, columns."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, text


def follow_up(tx: Connection, task: str, login: str, day: date | None) -> None:
    """Keep the day on which somebody looks at a task again; None forgets it."""
    known = {"task": task, "login": login, "day": day}
    if day is None:
        tx.execute(text("delete from follow_up where task_id = :task and login = :login"), known)
    else:
        tx.execute(
            text(
                """insert into follow_up (task_id, login, day) values (:task, :login, :day)
on conflict (task_id, login) do update set day = excluded.day"""
            ),
            known,
        )


def keep_view(tx: Connection, owner: str, name: str, asked: Mapping[str, str], group: str | None) -> int:
    """Keep a view under its name, in place of the owner's earlier one of that name; returns its id."""
    return int(
        tx.execute(
            text(
                """insert into saved_view (owner, name, asked, group_key)
values (:owner, :name, cast(:asked as jsonb), :group)
on conflict (owner, name) do update set asked = excluded.asked, group_key = excluded.group_key returning id"""
            ),
            {"owner": owner, "name": name, "asked": json.dumps(dict(asked)), "group": group},
        ).scalar_one()
    )


def remove_view(tx: Connection, owner: str, view: int) -> bool:
    """Take away a view of this owner; whether there was one."""
    gone = tx.execute(text("delete from saved_view where id = :id and owner = :owner"), {"id": view, "owner": owner})
    return gone.rowcount == 1


def views_of(tx: Connection, owner: str) -> int:
    """How many views somebody keeps."""
    return int(tx.execute(text("select count(*) from saved_view where owner = :o"), {"o": owner}).scalar_one())


def prefer(tx: Connection, login: str, name: str, value: Sequence[str]) -> None:
    """Keep how somebody wants a page."""
    tx.execute(
        text(
            """insert into preference (login, name, value) values (:login, :name, cast(:value as jsonb))
on conflict (login, name) do update set value = excluded.value"""
        ),
        {"login": login, "name": name, "value": json.dumps(list(value))},
    )


def preferred(tx: Connection, login: str, name: str) -> Any:
    """What `prefer` kept, or None."""
    return tx.execute(
        text("select value from preference where login = :login and name = :name"), {"login": login, "name": name}
    ).scalar()
