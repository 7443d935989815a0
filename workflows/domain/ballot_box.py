"""The box of a secret ballot: votes without voters, sealed under a key; it never says, and never knows, who cast which.

Each line has its own urn, and every cast shuffles it anew: what one member said of one line is not beside what the same
member said of another, so that no pattern of votes, and no line one may not vote on, gives a member away.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from workflows.domain.errors import InvalidState

SIGNS: Mapping[str, str] = {"yes": "y", "no": "n", "abstain": "a"}
VOTES: Mapping[str, str] = {sign: vote for vote, sign in SIGNS.items()}
"""One letter for each vote: a sealed box tells by its length how many voted and nothing else."""
NONCE = TAG = 32


class BoxBroken(InvalidState):
    """The ballot box of {number} does not open: it was altered, or sealed under another key of this installation."""


@dataclass(frozen=True, slots=True)
class Box:
    """How many ballots were cast, and the votes on each line in no order."""

    ballots: int = 0
    urns: Mapping[str, str] = field(default_factory=dict)

    def with_ballot(self, votes: Mapping[str, str]) -> "Box":
        """The box after one more ballot: the vote by line."""
        urns = {line: self.urns.get(line, "") for line in {**self.urns, **votes}}
        return Box(self.ballots + 1, {n: _shuffled(urn + SIGNS.get(votes.get(n, ""), "")) for n, urn in urns.items()})

    def votes(self) -> list[tuple[str, str]]:
        """Every vote with its line, shuffled."""
        found = [(line, VOTES[sign]) for line, urn in self.urns.items() for sign in urn]
        secrets.SystemRandom().shuffle(found)
        return found


def seal(box: Box, secret: str, about: str) -> bytes:
    """The box as bytes that only the same `secret` opens, and only as the box of `about`; never twice the same."""
    told = json.dumps([box.ballots, dict(sorted(box.urns.items()))], separators=(",", ":")).encode()
    nonce = secrets.token_bytes(NONCE)
    hidden = _hidden(told, _key(secret, "hide"), nonce)
    return nonce + _tag(secret, about, nonce + hidden) + hidden


def unseal(sealed: bytes, secret: str, about: str) -> Box:
    """The box that was sealed. Raises BoxBroken."""
    nonce, tag, hidden = sealed[:NONCE], sealed[NONCE : NONCE + TAG], sealed[NONCE + TAG :]
    if not hmac.compare_digest(tag, _tag(secret, about, nonce + hidden)):
        raise BoxBroken(number=about)
    ballots, urns = json.loads(_hidden(hidden, _key(secret, "hide"), nonce))
    return Box(ballots, urns)


def _shuffled(urn: str) -> str:
    signs = list(urn)
    secrets.SystemRandom().shuffle(signs)
    return "".join(signs)


def _key(secret: str, purpose: str) -> bytes:
    return hmac.digest(secret.encode(), f"vinhdanh ballot box {purpose}".encode(), hashlib.sha256)


def _hidden(told: bytes, key: bytes, nonce: bytes) -> bytes:
    """`told` under a stream of HMAC-SHA256 in counter mode; the same again gives it back."""
    blocks = range((len(told) + 31) // 32)
    stream = b"".join(hmac.digest(key, nonce + place.to_bytes(8, "big"), hashlib.sha256) for place in blocks)
    return bytes(each ^ over for each, over in zip(told, stream, strict=False))


def _tag(secret: str, about: str, hidden: bytes) -> bytes:
    return hmac.digest(_key(secret, "tag"), about.encode() + b"\x00" + hidden, hashlib.sha256)
