"""Sign-in, sign-out and people: a session is a row, a password an argon2id hash; unknown looks like wrong."""

import secrets
from collections.abc import Iterable

from sqlalchemy import Connection

from workflows.domain.account_acts import PERSON, differences
from workflows.domain.actor import CONFLICTING, SYSTEM, Actor
from workflows.domain.errors import InvalidInput, NotAllowed, NotFound, NotOffered
from workflows.domain.person import Person
from workflows.operations import passwords
from workflows.store import account_acts, accounts, people
from workflows.store.session import Database, clock, real_time


class SignInRefused(NotAllowed):
    """The name or the password is not right."""


class Throttled(NotAllowed):
    """Too many tries. Wait {minutes} minutes and try again."""


class GroupsConflict(InvalidInput):
    """Nobody is administrator and auditor at once: who gives rights does not check what was done with them."""


def sign_in(db: Database, login: str, password: str, address: str, agent: str) -> str:
    """Open a session; returns its token. Raises SignInRefused (same words and time for unknown people) or Throttled."""
    with db.write() as tx:
        minutes = accounts.wait(tx, login, address, real_time())
        known = accounts.password_of(tx, login)
        right = not minutes and passwords.matches(known, password)
        if not minutes:
            accounts.note_attempt(tx, login, address, real_time(), succeeded=right)
        token = _open(tx, login, address, agent) if right else None
    if minutes:
        raise Throttled(minutes=minutes)
    if token is None:
        raise SignInRefused
    return token


def sign_in_as(db: Database, login: str, address: str, agent: str) -> str:
    """Open a session for one of a demo's fictional people, without a password. Refused on any other database."""
    with db.write() as tx:
        if clock(tx)[0] != "demo" or not accounts.is_at_door(tx, login):
            raise SignInRefused
        return _open(tx, login, address, agent)


def sign_out(db: Database, token: str) -> None:
    """End a session."""
    with db.write() as tx:
        accounts.end_session(tx, token, real_time())


def set_locale(db: Database, actor: Actor, locale: str) -> None:
    """Keep the language a person reads: "vi" or "en"."""
    if locale not in {"vi", "en"}:
        raise NotOffered({"/locale": "Choose one of the answers offered."}, value=locale)
    with db.write() as tx:
        accounts.set_locale(tx, actor.login, locale)


def add_person(db: Database, person: Person, by: Actor = SYSTEM, reason: str = "") -> None:
    """Enter a person, or change one; what changes is a recorded act.

    Raises InvalidInput for a password that does not hold or groups that conflict, NotFound for the unit.
    """
    if person.password is not None:
        passwords.check(person.password, person.login)
    refuse_conflict(person.groups)
    hashed = passwords.hashed(person.password) if person.password else None
    with db.write() as tx:
        if person.unit and not accounts.has_unit(tx, person.unit):
            raise NotFound(what=f"Unit «{person.unit}»")
        account_acts.in_turn(tx)
        before = people.found(tx, person.login)
        accounts.keep(tx, person, hashed)
        after = people.found(tx, person.login)
        assert after is not None
        changed = differences(before.said() if before else {}, after.said())
        if changed:
            subject = (PERSON, person.login, person.name)
            account_acts.note(tx, by, "changed" if before else "entered", subject, changed, reason)


def refuse_conflict(groups: Iterable[str]) -> None:
    """Refuse groups that one person never has together. Raises GroupsConflict."""
    for pair in CONFLICTING:
        if pair <= set(groups):
            raise GroupsConflict({"/groups": "This must be corrected."})


def add_unit(db: Database, *, code: str, name: str, kind: str, has_seal: bool, head: str | None = None) -> None:
    """Enter a unit, or change one; `head` is the name of its head, who has a tie to its nominations."""
    with db.write() as tx:
        accounts.keep_unit(tx, code, name, kind, has_seal=has_seal, head=head)


def _open(tx: Connection, login: str, address: str, agent: str) -> str:
    token = secrets.token_urlsafe(32)
    accounts.open_session(tx, login, token, real_time(), address, agent)
    return token
