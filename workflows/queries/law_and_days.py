"""Which laws a matter follows and why, its calendar, and the working days each body has used and has left."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from sqlalchemy import Connection, text

from workflows.definitions import Bundle
from workflows.definitions.calendar import FILE, changes_of, predictions_of
from workflows.definitions.regimes import Followed, regimes_of, transitions
from workflows.domain.calendar import WorkingDays, local_day
from workflows.domain.facts import Facts
from workflows.domain.text import Text
from workflows.queries.names import days_left
from workflows.queries.verification import readable
from workflows.store.bundles import version

NOBODY = Text("Chờ đợt xét hoặc bước tự động", "Waiting for a round or an automatic step")
OUTSIDE = "outside"
TASKS = text(
    """select t.process, t.element, t.candidate_group, t.opened_at, t.closed_at, t.due_at, t.state from user_task t
where t.instance_id = :id or t.instance_id in (select r.instance_id from round_line r
    join instance j on j.id = r.instance_id where r.dossier = :number and j.process = 'review_round')
order by t.opened_at"""
)
WAITS = text(
    """select h.kind, h.at, h.body from history h where h.kind in ('MessageAwaited', 'MessageWaitEnded')
and (h.instance_id = :id or h.instance_id in (select r.instance_id from round_line r
    join instance j on j.id = r.instance_id where r.dossier = :number and j.process = 'review_round'))
order by h.instance_id, h.seq"""
)


@dataclass(frozen=True, slots=True)
class RegimeRow:
    """One law a matter follows; `law` is None until its day is known, `note` says where the day comes from."""

    title: Text
    why: Text
    law: Text | None
    day: date | None
    note: Text | None


@dataclass(frozen=True, slots=True)
class BodyDays:
    """The working days one body has had a matter; `left` until its earliest limit, negative when it has passed."""

    body: Text
    used: int
    left: int | None
    has_it: bool


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """The calendar a matter keeps: the version of the procedure, its years, those predicted, and the days moved."""

    version: int
    first: int
    last: int
    predicted: tuple[tuple[int, Text], ...]
    changes: tuple[tuple[date, bool, Text], ...]


@dataclass(frozen=True, slots=True)
class LawAndDays:
    """The part of a page about law and days."""

    regimes: tuple[RegimeRow, ...]
    notes: tuple[Text, ...]
    bodies: tuple[BodyDays, ...]
    calendar: CalendarRow | None


class Matter(Protocol):
    """The row of an instance, as far as its days need it."""

    id: int
    number: str
    bundle_id: int
    opened_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Span:
    """A time in which a body had the matter."""

    body: Text
    since: datetime
    until: datetime | None
    due: datetime | None = None


def law_and_days(tx: Connection, bundle: Bundle, facts: Facts, matter: Matter, now: datetime) -> LawAndDays:
    """What a page says of the laws and days of a matter."""
    followed = regimes_of(bundle, facts)
    since = followed[0].day if followed else None
    pending = transitions(bundle, since, local_day(now)) if since and matter.closed_at is None else ()
    return LawAndDays(
        tuple(_regime(bundle, each, facts) for each in followed),
        tuple(rules.transition for rules in pending if rules.transition),
        bodies(tx, bundle, matter, now),
        _calendar(tx, bundle, matter.bundle_id),
    )


def bodies(tx: Connection, bundle: Bundle, matter: Matter, now: datetime) -> tuple[BodyDays, ...]:
    """The working days of each body, from the tasks and awaited letters of a matter and of the rounds it joined."""
    calendar = bundle.working_days()
    spans = [*_tasks(tx, bundle, matter), *_letters(tx, bundle, matter)]
    by_body: defaultdict[Text, list[_Span]] = defaultdict(list)
    for span in spans:
        by_body[span.body].append(span)
    end = matter.closed_at or now
    rows = [_row(calendar, body, each, matter.opened_at, end, now) for body, each in by_body.items()]
    held = {day for span in spans for day in _days(calendar, max(span.since, matter.opened_at), span.until or end)}
    rest = len({*_days(calendar, matter.opened_at, end)} - held)
    waits = matter.closed_at is None and not any(row.has_it for row in rows)
    return (*rows, BodyDays(NOBODY, rest, None, waits)) if rest or waits else tuple(rows)


def _row(
    calendar: WorkingDays, body: Text, spans: list[_Span], opened: datetime, end: datetime, now: datetime
) -> BodyDays:
    used = {day for span in spans for day in _days(calendar, max(span.since, opened), span.until or end)}
    running = [span for span in spans if span.until is None]
    due = min((span.due for span in running if span.due), default=None)
    return BodyDays(body, len(used), days_left(calendar, due, now), bool(running))


def _days(calendar: WorkingDays, since: datetime, until: datetime) -> Iterator[date]:
    """The working days after the day of `since`, up to and with that of `until`."""
    day, last = local_day(since), local_day(until)
    while day < last:
        day += timedelta(days=1)
        if calendar.is_working(day):
            yield day


def _tasks(tx: Connection, bundle: Bundle, matter: Matter) -> Iterator[_Span]:
    for row in tx.execute(TASKS, {"id": matter.id, "number": matter.number}):
        group = bundle.manifest.counted_with.get(row.candidate_group, row.candidate_group)
        body = outside_body(bundle, row.process, row.element) or bundle.groups.get(group, Text(group))
        until = None if row.state == "open" else row.closed_at
        if row.state == "open" or row.closed_at is not None:
            yield _Span(body, row.opened_at, until, row.due_at)


def outside_body(bundle: Bundle, process: str, task: str) -> Text | None:
    """The outside body whose answer a task records: its letter may arrive at the task's border."""
    for element in bundle.processes[process].elements.values() if process in bundle.processes else ():
        for trigger in element.triggers if element.attached_to == task else ():
            message = bundle.messages.get(trigger.message or "")
            if message and message.to == OUTSIDE:
                return bundle.manifest.bodies.get(message.body, message.title)
    return None


def _letters(tx: Connection, bundle: Bundle, matter: Matter) -> Iterator[_Span]:
    waiting: dict[tuple[str, str], tuple[Text, datetime]] = {}
    for row in tx.execute(WAITS, {"id": matter.id, "number": matter.number}):
        event = (readable(row.body) or {}).get("event", {})
        message = bundle.messages.get(event.get("message", ""))
        if message is None or message.to != OUTSIDE:
            continue
        place = (event["process"], event["element"])
        if row.kind == "MessageAwaited":
            waiting[place] = (bundle.manifest.bodies.get(message.body, message.title), row.at)
        elif place in waiting:
            body, since = waiting.pop(place)
            yield _Span(body, since, row.at)
    yield from (_Span(body, since, None) for body, since in waiting.values())


def _regime(bundle: Bundle, followed: Followed, facts: Facts) -> RegimeRow:
    regime, note = followed.regime, None
    movement = bundle.movements.get(facts.text("dossier.movement") or "")
    if regime.movement and movement and f"{regime.movement}_note" in movement.told:
        note = Text.read(movement.told[f"{regime.movement}_note"])
    law = followed.rules.title if followed.rules else None
    return RegimeRow(regime.title, regime.why, law, followed.day, note)


def _calendar(tx: Connection, bundle: Bundle, bundle_id: int) -> CalendarRow | None:
    calendar = bundle.working_days()
    if not calendar.years:
        return None
    told = bundle.files.get(FILE)
    return CalendarRow(
        version(tx, bundle_id),
        min(calendar.years),
        max(calendar.years),
        predictions_of(told),
        tuple((each.day, each.working, each.source) for each in changes_of(told)),
    )
