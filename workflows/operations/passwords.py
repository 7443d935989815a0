"""Passwords: argon2id hashes, a least length, one-time passwords that people can type; none is ever kept in clear."""

import secrets
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from workflows.domain.errors import InvalidInput, PasswordTooShort

SHORTEST, LONGEST = 12, 256
FEWEST_SIGNS = 5
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without the signs that look alike on paper."""
PARTS, PART = 4, 5


class PasswordTooLong(InvalidInput):
    """A password has at most {most} characters."""


class PasswordGuessable(InvalidInput):
    """This password is easy to guess: take one of many different characters that does not hold your account name."""


def check(password: str, login: str) -> None:
    """Refuse a password that is too short, too long or easily guessed.

    Raises PasswordTooShort, PasswordTooLong, PasswordGuessable.
    """
    if len(password) < SHORTEST:
        raise PasswordTooShort({"/new": "This must be corrected."}, least=SHORTEST)
    if len(password) > LONGEST:
        raise PasswordTooLong({"/new": "This must be corrected."}, most=LONGEST)
    folded = password.casefold()
    if len(set(folded)) < FEWEST_SIGNS or login.casefold() in folded:
        raise PasswordGuessable({"/new": "This must be corrected."})


def hashed(password: str) -> str:
    """What is kept of a password."""
    return PasswordHasher().hash(password)


def matches(known: str | None, password: str) -> bool:
    """Whether a password is the one kept; takes as long where none is kept."""
    try:
        PasswordHasher().verify(known or _nobody(), password[:LONGEST])
    except (Argon2Error, InvalidHashError):
        return False
    return known is not None and len(password) <= LONGEST


def one_time() -> str:
    """A new password of twenty signs (99 bits), in groups that can be read out."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(PART)) for _ in range(PARTS))


@lru_cache(maxsize=1)
def _nobody() -> str:
    return hashed(secrets.token_urlsafe(24))
