"""Sign-in, sign-out and people: a session is a row, a password an argon2id hash; unknown looks like wrong."""

import secrets
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from sqlalchemy import Connection

from workflows.domain.actor import Actor
from workflows.domain.errors import NotAllowed, NotFound, NotOffered, PasswordTooShort
from workflows.domain.person import Person
from workflows.store import accounts
from workflows.store.session import Database, clock, real_time

SHORTEST_PASSWORD = 12


class SignInRefused(NotAllowed):
    """The name or the password is not right."""


class Throttled(NotAllowed):
    """Too many tries. Wait {minutes} minutes and try again."""


def sign_in(db: Database, login: str, password: str, address: str, agent: str) -> str:
    """Open a session; returns its token. Raises SignInRefused (same words and time for unknown people) or Throttled."""
    with db.write() as tx:
        minutes = accounts.wait(tx, login, address, real_time())
        known = accounts.password_of(tx, login)
        right = not minutes and _matches(known, password)
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


def add_person(db: Database, person: Person) -> None:
    """Enter a person, or change one. Raises InvalidInput for a password that is too short, NotFound for the unit."""
    if person.password is not None and len(person.password) < SHORTEST_PASSWORD:
        raise PasswordTooShort(least=SHORTEST_PASSWORD)
    hashed = PasswordHasher().hash(person.password) if person.password else None
    with db.write() as tx:
        if person.unit and not accounts.has_unit(tx, person.unit):
            raise NotFound(what=f"Unit «{person.unit}»")
        accounts.keep(tx, person, hashed)


def add_unit(db: Database, *, code: str, name: str, kind: str, has_seal: bool, head: str | None = None) -> None:
    """Enter a unit, or change one; `head` is the name of its head, who has a tie to its nominations."""
    with db.write() as tx:
        accounts.keep_unit(tx, code, name, kind, has_seal=has_seal, head=head)


def _open(tx: Connection, login: str, address: str, agent: str) -> str:
    token = secrets.token_urlsafe(32)
    accounts.open_session(tx, login, token, real_time(), address, agent)
    return token


def _matches(known: str | None, password: str) -> bool:
    try:
        PasswordHasher().verify(known or _nobody(), password)
    except (Argon2Error, InvalidHashError):
        return False
    return known is not None


@lru_cache(maxsize=1)
def _nobody() -> str:
    return PasswordHasher().hash(secrets.token_urlsafe(24))
