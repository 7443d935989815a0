"""Units, people, groups and sessions."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, text

from workflows.domain.person import Person
from workflows.store.session import real_time

TRIES, WINDOW = 5, timedelta(minutes=15)
ADDRESS_TRIES = 50


def wait(tx: Connection, login: str, address: str, now: datetime) -> int:
    """Minutes to wait before another try: by account after five failures in fifteen minutes, by address after fifty."""
    row = tx.execute(
        text(
            """select count(*) filter (where login = :login) as mine, count(*) as all,
 max(at) filter (where login = :login) as last from sign_in_attempt
where not succeeded and at > :since and (login = :login or address = :address)"""
        ),
        {"login": login, "address": address, "since": now - WINDOW},
    ).one()
    if row.mine >= TRIES or row.all >= ADDRESS_TRIES:
        last = row.last or now
        return max(1, int((last + WINDOW - now).total_seconds() // 60) + 1)
    return 0


def note_attempt(tx: Connection, login: str, address: str, at: datetime, *, succeeded: bool) -> None:
    """Keep a try to sign in."""
    tx.execute(
        text("insert into sign_in_attempt (login, address, at, succeeded) values (:login, :address, :at, :ok)"),
        {"login": login[:200], "address": address, "at": at, "ok": succeeded},
    )


def password_of(tx: Connection, login: str) -> str | None:
    """The stored hash of an active person's password; none of a one-time password whose time is over."""
    usable = text(
        """select password from account where login = :login and active
and (password_until is null or password_until > :now)"""
    )
    return tx.execute(usable, {"login": login, "now": real_time()}).scalar()


def is_at_door(tx: Connection, login: str) -> bool:
    """Whether this is one of the demo's fictional people."""
    return (
        tx.execute(text("select 1 from account where login = :l and door is not null"), {"l": login}).scalar()
        is not None
    )


def open_session(tx: Connection, login: str, token: str, at: datetime, address: str, agent: str) -> None:
    """Keep a session by the hash of its token."""
    tx.execute(
        text(
            """insert into web_session (token, account_id, created_at, seen_at, address, agent)
select :token, id, :at, :at, :address, :agent from account where login = :login and active"""
        ),
        {"token": digest(token), "login": login, "at": at, "address": address, "agent": agent[:200]},
    )


def end_session(tx: Connection, token: str, at: datetime) -> None:
    """End a session."""
    tx.execute(text("update web_session set ended_at = :at where token = :token"), {"token": digest(token), "at": at})


def digest(token: str) -> bytes:
    """What is kept of a session's token."""
    return hashlib.sha256(token.encode()).digest()


def set_locale(tx: Connection, login: str, locale: str) -> None:
    """Keep the language a person reads."""
    tx.execute(text("update account set locale = :locale where login = :login"), {"login": login, "locale": locale})


def has_unit(tx: Connection, code: str) -> bool:
    """Whether there is a unit with this code."""
    return tx.execute(text("select 1 from unit where code = :code"), {"code": code}).scalar() is not None


def keep_unit(tx: Connection, code: str, name: str, kind: str, *, has_seal: bool, head: str | None = None) -> None:
    """Enter or change a unit."""
    tx.execute(
        text(
            """insert into unit (code, name, kind, has_seal, head) values (:code, :name, :kind, :seal, :head)
on conflict (code) do update set name = excluded.name, kind = excluded.kind, has_seal = excluded.has_seal,
 head = coalesce(excluded.head, unit.head)"""
        ),
        {"code": code, "name": name, "kind": kind, "seal": has_seal, "head": head},
    )


def keep(tx: Connection, person: Person, password: str | None) -> None:
    """Enter or change a person and the groups; a password that is not given stays."""
    account = tx.execute(
        text(
            """insert into account (login, name, title, unit, email, password, locale, active, door, citizen_id)
values (:login, :name, :title, :unit, :email, :password, 'vi', true, cast(:door as jsonb), :citizen_id)
on conflict (login) do update set name = excluded.name, title = excluded.title, unit = excluded.unit,
 email = excluded.email, citizen_id = coalesce(excluded.citizen_id, account.citizen_id),
 password = coalesce(excluded.password, account.password),
 password_until = case when excluded.password is null then account.password_until end,
 door = excluded.door returning id"""
        ),
        {
            "login": person.login,
            "name": person.name,
            "title": person.title,
            "unit": person.unit,
            "email": person.email,
            "password": password,
            "citizen_id": person.citizen_id,
            "door": json.dumps(dict(person.door)) if person.door is not None else None,
        },
    ).scalar_one()
    tx.execute(text("delete from membership where account_id = :id"), {"id": account})
    rows: list[dict[str, Any]] = [{"id": account, "group": group} for group in person.groups]
    if rows:
        tx.execute(text("insert into membership (account_id, group_key) values (:id, :group)"), rows)


def members_of(tx: Connection, group: str, unit: str | None = None) -> tuple[str, ...]:
    """The logins of a group's active people, of one unit where it is given, in order of their entry."""
    rows = tx.execute(
        text(
            "select a.login from account a join membership m on m.account_id = a.id"
            " where m.group_key = :group and a.active and (cast(:unit as text) is null or a.unit = :unit) order by a.id"
        ),
        {"group": group, "unit": unit},
    )
    return tuple(rows.scalars())


def proposing_units(tx: Connection) -> dict[str, str]:
    """Name of every unit that has somebody who prepares dossiers, by code, in order of the names."""
    rows = tx.execute(
        text(
            """select distinct u.code, u.name, fold(u.name) as folded from unit u join account a on a.unit = u.code
join membership m on m.account_id = a.id where a.active and m.group_key = 'unit' and u.valid_to is null
order by folded, u.code"""
        )
    )
    return {row.code: row.name for row in rows}


def preparers_of(tx: Connection, unit: str) -> tuple[str, ...]:
    """The logins of those who prepare dossiers for a unit."""
    rows = tx.execute(
        text(
            """select a.login from account a join membership m on m.account_id = a.id
where a.unit = :unit and a.active and m.group_key = 'unit' order by a.id"""
        ),
        {"unit": unit},
    )
    return tuple(rows.scalars())


def people(tx: Connection) -> dict[str, tuple[str, str]]:
    """Name and title of everybody, by login."""
    return {row.login: (row.name, row.title) for row in tx.execute(text("select login, name, title from account"))}


def units(tx: Connection) -> dict[str, str]:
    """The names of all units, by code."""
    return {row.code: row.name for row in tx.execute(text("select code, name from unit"))}
