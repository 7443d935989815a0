"""People as an administrator enters, changes, locks and unlocks them; each act is recorded with its reason.

It refuses an act without a reason, one that would leave nobody to administer, and rights that conflict.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from workflows.domain.account_acts import PERSON, differences
from workflows.domain.actor import PERMISSIONS, Actor
from workflows.domain.errors import InvalidInput, InvalidState, NotAllowed, NotFound
from workflows.domain.facts import Json
from workflows.domain.person import Person
from workflows.operations import passwords
from workflows.operations.accounts import refuse_conflict
from workflows.store import account_acts, accounts, people, units
from workflows.store.session import Database, real_time

LONGEST = 2_000
LONGEST_ENTRY = 200
LOGIN = re.compile(r"[a-z][a-z0-9_.-]{1,39}")
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
VALID = timedelta(days=3)
"""How long a one-time password is taken."""
MISSING, WRONG = "This must be filled in.", "This must be corrected."


class PersonRefused(InvalidInput):
    """A person needs an account name of small letters and digits, a name, a group, and to prepare dossiers a unit."""


class ReasonNeeded(InvalidInput):
    """Write the reason, in at most {longest} characters: it is kept with what you change."""


class LoginTaken(InvalidInput):
    """The account name «{login}» is taken, perhaps by somebody whose account is locked."""


class NobodyLeftToAdminister(InvalidState):
    """{name} is the last administrator. Make somebody else administrator first; nothing was changed."""


class OwnAccount(InvalidState):
    """You cannot lock your own account. Another administrator can."""


class ChangedMeanwhile(InvalidState):
    """{name} was changed since you opened this page. Open it again; nothing was changed."""


class AlreadySo(InvalidState):
    """Nothing is to be changed: {name} is so already."""


@dataclass(frozen=True, slots=True)
class Entries:
    """What an administrator writes about a person; empty text is no entry."""

    name: str
    title: str
    unit: str
    email: str
    groups: tuple[str, ...]

    def said(self) -> dict[str, Json]:
        """The entries whose change is told."""
        groups: list[Json] = [*sorted(self.groups)]
        return {"name": self.name, "title": self.title, "unit": self.unit, "email": self.email, "groups": groups}


def enter_person(db: Database, actor: Actor, login: str, told: Entries, reason: str) -> str:
    """Enter a person; returns the one-time password, which is kept nowhere in clear.

    Raises NotAllowed, ReasonNeeded, PersonRefused, LoginTaken, GroupsConflict.
    """
    permit(actor, reason)
    with db.write() as tx:
        account_acts.in_turn(tx)
        _check(tx, told, None if LOGIN.fullmatch(login) else "/login")
        if people.found(tx, login):
            raise LoginTaken({"/login": WRONG}, login=login)
        person = Person(login, told.name, told.title, told.unit or None, told.email or None, told.groups)
        accounts.keep(tx, person, None)
        made = held(tx, login)
        account_acts.note(tx, actor, "entered", _of(made), differences({}, made.said()), reason.strip())
        return _one_time(tx, login)


def change_person(db: Database, actor: Actor, login: str, told: Entries, reason: str, seen: int) -> None:
    """Change name, title, unit, address and groups; `seen` is the latest act that the page showed.

    Raises NotAllowed, ReasonNeeded, NotFound, ChangedMeanwhile, PersonRefused, GroupsConflict, AlreadySo,
    NobodyLeftToAdminister.
    """
    permit(actor, reason)
    with db.write() as tx:
        account_acts.in_turn(tx)
        old = held(tx, login)
        if account_acts.last(tx, PERSON, login) != seen:
            raise ChangedMeanwhile(name=old.name)
        _check(tx, told, unit_before=old.unit)
        changed = differences(old.said(), told.said())
        if not changed:
            raise AlreadySo(name=old.name)
        if "admin" in old.groups and "admin" not in told.groups:
            _keep_an_admin(tx, old)
        people.change(tx, login, told.name, told.title, told.unit or None, told.email or None)
        people.set_groups(tx, login, told.groups)
        account_acts.note(tx, actor, "changed", (PERSON, login, told.name), changed, reason.strip())


def lock_person(db: Database, actor: Actor, login: str, reason: str) -> None:
    """Let somebody sign in no more and end that person's sessions.

    Raises NotAllowed, ReasonNeeded, NotFound, OwnAccount, NobodyLeftToAdminister, AlreadySo.
    """
    permit(actor, reason)
    with db.write() as tx:
        account_acts.in_turn(tx)
        old = held(tx, login)
        if login == actor.login:
            raise OwnAccount
        if "admin" in old.groups:
            _keep_an_admin(tx, old)
        _set_active(tx, actor, old, active=False, reason=reason)
        people.end_sessions(tx, login, real_time())


def unlock_person(db: Database, actor: Actor, login: str, reason: str) -> None:
    """Let somebody sign in again. Raises NotAllowed, ReasonNeeded, NotFound, AlreadySo."""
    permit(actor, reason)
    with db.write() as tx:
        account_acts.in_turn(tx)
        _set_active(tx, actor, held(tx, login), active=True, reason=reason)


def reset_password(db: Database, actor: Actor, login: str, reason: str) -> str:
    """Give a person a one-time password, which is returned and kept nowhere in clear; ends the person's sessions.

    Raises NotAllowed, ReasonNeeded, NotFound.
    """
    permit(actor, reason)
    with db.write() as tx:
        account_acts.in_turn(tx)
        old = held(tx, login)
        people.end_sessions(tx, login, real_time())
        account_acts.note(tx, actor, "password_reset", _of(old), (), reason.strip())
        return _one_time(tx, login)


def permit(actor: Actor, reason: str) -> None:
    """Only an administrator, and only with a reason. Raises NotAllowed, ReasonNeeded."""
    if not actor.may("account.manage"):
        raise NotAllowed(why="only an administrator changes accounts")
    if not 0 < len(reason.strip()) <= LONGEST:
        raise ReasonNeeded({"/reason": MISSING}, longest=LONGEST)


def held(tx: Connection, login: str) -> people.Entry:
    """A person, held until the end of the transaction. Raises NotFound."""
    entry = people.found(tx, login)
    if entry is None:
        raise NotFound(what=f"«{login}»")
    return entry


def _check(tx: Connection, told: Entries, wrong: str | None = None, unit_before: str | None = None) -> None:
    fields = {
        wrong or "/login": bool(wrong),
        "/name": not 0 < len(told.name) <= LONGEST_ENTRY,
        "/title": len(told.title) > LONGEST_ENTRY,
        "/unit": bool(told.unit) and told.unit != unit_before and not units.works(tx, told.unit),
        "/email": bool(told.email) and not ADDRESS.fullmatch(told.email),
        "/groups": not told.groups or not set(told.groups) <= set(PERMISSIONS),
    }
    if "unit" in told.groups and not told.unit:
        fields["/unit"] = True
    if refused := {place: WRONG for place, bad in fields.items() if bad}:
        raise PersonRefused(refused)
    refuse_conflict(told.groups)


def _keep_an_admin(tx: Connection, old: people.Entry) -> None:
    if not people.other_admins(tx, old.login):
        raise NobodyLeftToAdminister(name=old.name)


def _set_active(tx: Connection, actor: Actor, old: people.Entry, *, active: bool, reason: str) -> None:
    if old.active == active:
        raise AlreadySo(name=old.name)
    people.set_active(tx, old.login, active=active)
    account_acts.note(tx, actor, "unlocked" if active else "locked", _of(old), (), reason.strip())


def _of(entry: people.Entry) -> tuple[str, str, str]:
    return PERSON, entry.login, entry.name


def _one_time(tx: Connection, login: str) -> str:
    password = passwords.one_time()
    people.set_password(tx, login, passwords.hashed(password), real_time() + VALID)
    return password
