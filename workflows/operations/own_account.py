"""What people do about their own account: another password, sessions ended; nobody else's is touched."""

from workflows.domain.account_acts import PERSON
from workflows.domain.actor import Actor
from workflows.domain.errors import InvalidInput, NotAllowed, NotFound
from workflows.operations import passwords
from workflows.operations.accounts import Throttled
from workflows.store import account_acts, accounts, people
from workflows.store.session import Database, real_time

WRONG = "This must be corrected."


class OldPasswordWrong(InvalidInput):
    """The present password is not right."""


class PasswordsDiffer(InvalidInput):
    """The two new passwords are not the same."""


class PasswordUnchanged(InvalidInput):
    """The new password is the old one. Choose another."""


class NoPassword(NotAllowed):
    """This account has no password: this is a fictional person of a demo."""


def change_password(db: Database, actor: Actor, token: str, address: str, told: tuple[str, str, str]) -> None:
    """Choose another password; `told`: the present one and twice the new one. Ends the other sessions.

    Wrong tries count with those of signing in. Raises Throttled, NoPassword, OldPasswordWrong, PasswordsDiffer,
    PasswordUnchanged and what passwords.check raises.
    """
    old, new, again = told
    with db.write() as tx:
        minutes = accounts.wait(tx, actor.login, address, real_time())
        known = accounts.password_of(tx, actor.login)
        right = not minutes and passwords.matches(known, old)
        if not minutes and known:
            accounts.note_attempt(tx, actor.login, address, real_time(), succeeded=right)
        if right:
            _refuse(actor, old, new, again)
            people.set_password(tx, actor.login, passwords.hashed(new), None)
            people.end_sessions(tx, actor.login, real_time(), accounts.digest(token))
            account_acts.note(tx, actor, "password_changed", (PERSON, actor.login, actor.name), (), "")
    if minutes:
        raise Throttled(minutes=minutes)
    if known is None:
        raise NoPassword
    if not right:
        raise OldPasswordWrong({"/old": WRONG})


def end_session(db: Database, actor: Actor, session: int) -> None:
    """End one of the own sessions. Raises NotFound."""
    with db.write() as tx:
        if not people.end_one(tx, actor.login, session, real_time()):
            raise NotFound(what="This session")


def end_other_sessions(db: Database, actor: Actor, token: str) -> int:
    """End all own sessions but the one of `token`; returns how many."""
    with db.write() as tx:
        return people.end_sessions(tx, actor.login, real_time(), accounts.digest(token))


def _refuse(actor: Actor, old: str, new: str, again: str) -> None:
    passwords.check(new, actor.login)
    if new != again:
        raise PasswordsDiffer({"/again": WRONG})
    if new == old:
        raise PasswordUnchanged({"/new": WRONG})
