"""The tamper-evident history: canonical bodies, each linked to the one before by SHA-256; it refuses floats."""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from workflows.domain.actor import Actor
from workflows.domain.events import Event
from workflows.domain.facts import Json

GENESIS = bytes(32)
VERSION = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the history of one instance, ready to be written."""

    seq: int
    kind: str
    actor: str
    at: datetime
    body: str
    link: bytes


@dataclass(frozen=True, slots=True)
class Occasion:
    """Who caused the events of one transaction, when, and under which version of the procedure."""

    actor: Actor
    at: datetime
    at_real: datetime
    number: str
    definition: str
    on_behalf_of: str | None = None


def link(previous: bytes, body: str) -> bytes:
    """The link of an event: SHA-256 over 0x02, the link before and the canonical body."""
    return hashlib.sha256(b"\x02" + previous + body.encode()).digest()


def canonical(body: Json) -> str:
    """JSON with sorted keys, no spaces, in NFC; texts, integers, booleans, null, lists and tables only."""
    return json.dumps(_plain(body), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def entries(events: Iterable[Event], occasion: Occasion, seq: int, head: bytes) -> Iterator[Entry]:
    """The rows for these events after the row `seq` whose link is `head`."""
    for event in events:
        seq += 1
        kind = type(event).__name__
        body = canonical(
            {
                "v": VERSION,
                "number": occasion.number,
                "seq": seq,
                "kind": kind,
                "at": instant(occasion.at),
                "at_real": instant(occasion.at_real),
                "actor": {"login": occasion.actor.login, "name": occasion.actor.name, "title": occasion.actor.title},
                "on_behalf_of": occasion.on_behalf_of,
                "definition": occasion.definition,
                "event": event.body(),
            }
        )
        head = link(head, body)
        yield Entry(seq, kind, occasion.actor.login, occasion.at, body, head)


def instant(moment: datetime) -> str:
    """A UTC instant as text, to the microsecond."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _plain(value: Json) -> Json:
    if isinstance(value, float):
        msg = "the history holds no floats"
        raise TypeError(msg)
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {unicodedata.normalize("NFC", key): _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value
