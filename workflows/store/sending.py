"""The documents of a movement, to whom each goes by its «Nơi nhận», and who has received it; it refuses nothing."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, text

from workflows.definitions import Bundle
from workflows.domain.calendar import local_day
from workflows.domain.facts import from_json

PLAN, DISTRIBUTION, DECISION = "plan", "distribution.", "decision.toml"
FILED, ITS_ADDRESSEES = "Lưu", "Như Điều"
UNIT = "unit:"

UNITS = text(
    """select u.code, u.name, u.kind, p.id as instance, p.opened_at, c.closed_at,
  coalesce(a.name, c.closed_by) as closed_by
from unit u left join lateral (select id, opened_at from instance i
    where i.process = 'participation' and i.movement = :movement and i.unit = u.code order by id desc limit 1) p on true
  left join user_task c on c.instance_id = p.id and c.element = 'confirm_launch' and c.state = 'completed'
  left join account a on a.login = c.closed_by
where p.id is not null or (u.valid_to is null and exists (select 1 from account a
    join membership m on m.account_id = a.id where a.unit = u.code and a.active and m.group_key = 'unit'))
order by fold(u.name), u.code"""
)
DECISIONS = text(
    """select i.id, i.number, i.title, n.value as decision_no, d.value as decided_on
from instance i
  join fact n on n.instance_id = i.id and n.line = '' and n.item = '' and n.name = 'number_decision.number'
  left join fact d on d.instance_id = i.id and d.line = '' and d.item = '' and d.name = 'number_decision.decision_date'
where i.process = 'review_round' and i.movement = :movement order by i.id desc"""
)
ADDRESSED = text(
    """select distinct u.code, u.name, fold(u.name) as folded from round_line r
  join instance d on d.number = r.dossier join unit u on u.code = d.unit
where r.instance_id = :round order by folded, u.code"""
)
RECEIVED = text(
    """select distinct on (document, recipient) document, recipient, received_on, way, receiver, recorded_at,
  coalesce(a.name, recorded_by) as recorded_by
from delivery r left join account a on a.login = r.recorded_by where r.movement = :movement
order by document, recipient, r.id desc"""
)
NOTED = text(
    """insert into delivery (movement, document, recipient, received_on, way, receiver, recorded_by, recorded_at)
values (:movement, :document, :recipient, :received_on, :way, :receiver, :by, :at)"""
)


@dataclass(frozen=True, slots=True)
class Received:
    """Who has the document, since when, in which way it came, and who wrote that down."""

    on: date
    way: str
    receiver: str
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Recipient:
    """One of «Nơi nhận»: `instance` keeps the history of its receipt; a file copy (Lưu) is received by nobody."""

    key: str
    name: str
    unit: str | None
    instance: int | None
    sent_on: date | None
    is_file: bool
    received: Received | None


@dataclass(frozen=True, slots=True)
class Sent:
    """A document of a movement: the plan, or an issued decision with its number and day."""

    key: str
    title: str
    number: str
    date: date | None
    recipients: tuple[Recipient, ...]


def documents(tx: Connection, bundle: Bundle, movement: str) -> tuple[Sent, ...]:
    """The plan and the issued decisions of a movement, the latest decision first, each with its recipients."""
    there = {(row.document, row.recipient): _received(row) for row in tx.execute(RECEIVED, {"movement": movement})}
    told = bundle.movements[movement].told
    plan = Sent(PLAN, bundle.movements[movement].title.vi, "", None, tuple(_of_plan(tx, told, movement, there)))
    return (plan, *_decisions(tx, bundle, movement, there))


def note(tx: Connection, *, movement: str, document: str, recipient: str, received: Received, by: str) -> None:
    """Write down that a recipient has a document."""
    tx.execute(
        NOTED,
        {
            "movement": movement,
            "document": document,
            "recipient": recipient,
            "received_on": received.on,
            "way": received.way,
            "receiver": received.receiver,
            "by": by,
            "at": received.recorded_at,
        },
    )


def _of_plan(
    tx: Connection, told: Mapping[str, Any], movement: str, there: Mapping[tuple[str, str], Received]
) -> Iterator[Recipient]:
    units = tx.execute(UNITS, {"movement": movement}).all()
    kinds = {str(each["paragraph"]): each["units"] for each in told.get("recipients", ())}
    for paragraph in told.get("text", ()):
        place = str(paragraph["id"])
        if not place.startswith(DISTRIBUTION):
            continue
        if place not in kinds:
            yield _body(PLAN, str(paragraph["text"]), None, None, there)
            continue
        for row in units:
            if row.kind in kinds[place]:
                sent = local_day(row.opened_at) if row.opened_at else None
                yield _unit(PLAN, row.code, row.name, row.instance, sent, {**_confirmed(row), **there})


def _decisions(
    tx: Connection, bundle: Bundle, movement: str, there: Mapping[tuple[str, str], Received]
) -> Iterator[Sent]:
    words = tomllib.loads(bundle.documents.get(DECISION, b"").decode()).get("words", {})
    for row in tx.execute(DECISIONS, {"movement": movement}).all():
        day = from_json(row.decided_on)
        on = day if isinstance(day, date) else None
        to: list[Recipient] = []
        for each in words.get("distribution", ()):
            if str(each).startswith(ITS_ADDRESSEES):
                units = tx.execute(ADDRESSED, {"round": row.id}).all()
                to += [_unit(row.number, unit.code, unit.name, row.id, on, there) for unit in units]
            else:
                to.append(_body(row.number, str(each), row.id, on, there))
        yield Sent(row.number, row.title, str(from_json(row.decision_no)), on, tuple(to))


def _unit(
    document: str,
    code: str,
    name: str,
    instance: int | None,
    on: date | None,
    there: Mapping[tuple[str, str], Received],
) -> Recipient:
    key = f"{UNIT}{code}"
    return Recipient(key, name, code, instance, on, is_file=False, received=there.get((document, key)))


def _body(
    document: str, words: str, instance: int | None, on: date | None, there: Mapping[tuple[str, str], Received]
) -> Recipient:
    name = words.strip(" -;./")
    return Recipient(
        name, name, None, instance, on, is_file=name.startswith(FILED), received=there.get((document, name))
    )


def _confirmed(row: Any) -> dict[tuple[str, str], Received]:
    """A unit that confirmed the launch has the plan, also where nobody wrote the receipt down."""
    if row.closed_at is None:
        return {}
    received = Received(local_day(row.closed_at), "here", row.closed_by, row.closed_by, row.closed_at)
    return {(PLAN, f"{UNIT}{row.code}"): received}


def _received(row: Any) -> Received:
    return Received(row.received_on, row.way, row.receiver, row.recorded_by, row.recorded_at)
