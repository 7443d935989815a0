"""One person's row as an administrator changes it; it refuses nothing, its callers do."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

from workflows.domain.facts import Json

FOUND = text(
    """select a.login, a.name, a.title, a.unit, a.email, a.active, a.password is not null as has_password,
  a.door is not null as at_door,
  array(select group_key from membership m where m.account_id = a.id order by group_key) as groups
from account a where a.login = :login for update"""
)
CHANGED = text(
    "update account set name = :name, title = :title, unit = :unit, email = :email where login = :login returning id"
)
OTHER_ADMINS = text(
    """select count(*) from account a join membership m on m.account_id = a.id
where m.group_key = 'admin' and a.active and a.login <> :login"""
)
ENDED = text(
    """update web_session set ended_at = :at where ended_at is null
  and account_id = (select id from account where login = :login) and token is distinct from :kept"""
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is kept of a person; `at_door`: a demo lets visitors act as this fictional person."""

    login: str
    name: str
    title: str
    unit: str | None
    email: str | None
    active: bool
    has_password: bool
    at_door: bool
    groups: tuple[str, ...]

    def said(self) -> dict[str, Json]:
        """The entries whose change is told."""
        groups: list[Json] = [*self.groups]
        return {"name": self.name, "title": self.title, "unit": self.unit, "email": self.email, "groups": groups}


def found(tx: Connection, login: str) -> Entry | None:
    """A person, locked or not, held until the end of the transaction."""
    row = tx.execute(FOUND, {"login": login}).mappings().one_or_none()
    return None if row is None else Entry(**{**row, "groups": tuple(row["groups"])})


def change(tx: Connection, login: str, name: str, title: str, unit: str | None, email: str | None) -> None:
    """Write name, title, unit and address."""
    tx.execute(CHANGED, {"login": login, "name": name, "title": title, "unit": unit, "email": email})


def set_groups(tx: Connection, login: str, groups: tuple[str, ...]) -> None:
    """Write the groups."""
    own = "(select id from account where login = :login)"
    tx.execute(text(f"delete from membership where account_id = {own}"), {"login": login})  # noqa: S608  no value in it
    for group in groups:
        tx.execute(
            text(f"insert into membership (account_id, group_key) values ({own}, :group)"),  # noqa: S608
            {"login": login, "group": group},
        )


def set_active(tx: Connection, login: str, *, active: bool) -> None:
    """Let somebody sign in, or not."""
    tx.execute(text("update account set active = :active where login = :login"), {"login": login, "active": active})


def set_password(tx: Connection, login: str, hashed: str, until: datetime | None) -> None:
    """Keep the hash of a password; `until`: it is a one-time password, to be replaced before that time."""
    tx.execute(
        text("update account set password = :hashed, password_until = :until where login = :login"),
        {"login": login, "hashed": hashed, "until": until},
    )


def other_admins(tx: Connection, login: str) -> int:
    """How many other people may administer."""
    return int(tx.execute(OTHER_ADMINS, {"login": login}).scalar_one())


def end_sessions(tx: Connection, login: str, at: datetime, kept: bytes | None = None) -> int:
    """End every session of a person but the one with the digest `kept`; returns how many."""
    return tx.execute(ENDED, {"login": login, "at": at, "kept": kept}).rowcount


def end_one(tx: Connection, login: str, session: int, at: datetime) -> bool:
    """End one session of a person; False where none of this id runs."""
    ended = text(
        """update web_session set ended_at = :at where id = :id and ended_at is null
and account_id = (select id from account where login = :login)"""
    )
    return tx.execute(ended, {"id": session, "login": login, "at": at}).rowcount == 1
