"""What is known of people's ties: their names, the units they head, the relatives they declared."""

import json
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, text

from workflows.domain.ties import Relative, Ties

PEOPLE = text(
    """select a.login, a.name, a.citizen_id,
  (select coalesce(json_agg(json_build_array(u.code, u.name)), '[]') from unit u where fold(u.head) = fold(a.name))
    as heads,
  (select coalesce(json_agg(json_build_array(t.name, t.citizen_id, t.line) order by t.id), '[]') from tie t
     where t.login = a.login and t.ended_at is null) as relatives
from account a where a.login = any(:logins)"""
)
DECLARED = text(
    """insert into tie (login, name, citizen_id, line, relation, declared_at)
values (:login, :name, :citizen_id, :line, :relation, :now) returning id"""
)
ENDED = text("update tie set ended_at = :now where id = :id and login = :login and ended_at is null")


def ties_of(tx: Connection, logins: Iterable[str]) -> tuple[Ties, ...]:
    """The ties of these people, in the order of `logins`; unknown ones are bound to nobody."""
    wanted = list(dict.fromkeys(logins))
    found = {}
    for row in tx.execute(PEOPLE, {"logins": wanted}) if wanted else ():
        heads = _list(row.heads)
        found[row.login] = Ties(
            row.login,
            row.name,
            row.citizen_id,
            frozenset(str(name) for _, name in heads),
            frozenset(str(code) for code, _ in heads),
            tuple(Relative(str(name), number, line) for name, number, line in _list(row.relatives)),
        )
    return tuple(found.get(login) or Ties(login, "") for login in wanted)


def declare(
    tx: Connection, login: str, now: datetime, *, name: str, relation: str, citizen_id: str | None, line: str | None
) -> int:
    """Enter a relative of a person, by name or of one line; returns the entry's id."""
    told = {"name": name, "citizen_id": citizen_id, "line": line, "relation": relation}
    return int(tx.execute(DECLARED, {"login": login, "now": now, **told}).scalar_one())


def end(tx: Connection, login: str, tie: int, now: datetime) -> bool:
    """Take a person's declaration back; False where there is none."""
    return tx.execute(ENDED, {"id": tie, "login": login, "now": now}).rowcount == 1


def _list(value: object) -> list[list[str | None]]:
    return json.loads(value) if isinstance(value, str) else list(value) if isinstance(value, list) else []
