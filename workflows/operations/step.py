"""The four sentences of every operation: load, permit, advance, apply. Only this module calls the engine with facts."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from workflows import engine
from workflows.definitions import Bundle
from workflows.definitions.deadlines import require_calendar, with_deadlines
from workflows.definitions.regimes import regime_facts
from workflows.domain.actor import Actor
from workflows.domain.errors import InstanceClosed
from workflows.domain.events import Event, FactChanged, InstanceEnded, MessageSent, TaskOpened
from workflows.domain.facts import Facts
from workflows.domain.record import Change, set_values
from workflows.operations.messages import outgoing
from workflows.operations.register import entered
from workflows.store.apply import Outgoing, Step, apply
from workflows.store.bundles import deployed
from workflows.store.history import Occasion
from workflows.store.load import Instance
from workflows.store.session import real_time


@dataclass(frozen=True, slots=True)
class Intent:
    """What a person, a job or a message wants of an instance: facts first, then a command for the engine."""

    actor: Actor
    command: engine.Command | None = None
    facts: Facts | None = None
    changes: tuple[Change, ...] = ()
    before: tuple[Event, ...] = ()
    completion_key: str | None = None
    messages: tuple[Outgoing, ...] = ()
    on_behalf_of: str | None = None


def occasion(held: Instance, bundle: Bundle, actor: Actor, on_behalf_of: str | None = None) -> Occasion:
    """Who, for whom, when and under which version, for the history."""
    return Occasion(actor, held.now, real_time(), held.number, bundle.sha256, on_behalf_of)


def move(tx: Connection, held: Instance, intent: Intent) -> tuple[Event, ...]:
    """Carry out an intent on the locked instance; returns what happened, all of it written. Raises InstanceClosed."""
    if held.closed_at is not None:
        raise InstanceClosed(number=held.number)
    bundle = deployed(tx, held.bundle_id)
    following = intent.facts or held.facts
    followed = set_values(following, regime_facts(bundle, following))
    facts, changes = followed.facts, (*intent.changes, *followed.changes)
    told = (*intent.before, *(FactChanged(change=change) for change in changes))
    if intent.command is None:
        happened = Step(told, facts, messages=intent.messages)
        apply(tx, held, bundle, occasion(held, bundle, intent.actor, intent.on_behalf_of), happened)
        return told
    known = with_deadlines(bundle, facts, held.now)
    advanced = engine.advance(bundle, held.process, held.state, intent.command, known, held.now)
    _require_limits(bundle, advanced, held.now)
    events = (*told, *advanced.events)
    events = (*events, *entered(tx, bundle, held, events, advanced.facts))
    messages = (*intent.messages, *_sent(bundle, held, events, advanced.facts))
    step = Step(events, advanced.facts, advanced.state, intent.completion_key, messages)
    apply(tx, held, bundle, occasion(held, bundle, intent.actor, intent.on_behalf_of), step)
    return events


def tell(tx: Connection, held: Instance, intent: Intent, status: str | None = None) -> None:
    """What an instance learns of later happenings, closed or not: facts and history; its diagram does not move."""
    bundle = deployed(tx, held.bundle_id)
    told = (*intent.before, *(FactChanged(change=change) for change in intent.changes))
    step = Step(told, intent.facts or held.facts, status=status)
    apply(tx, held, bundle, occasion(held, bundle, intent.actor), step)


def begin(tx: Connection, held: Instance, bundle: Bundle, intent: Intent, first: Event) -> tuple[Event, ...]:
    """The first step of a new instance, whose row has just been written."""
    following = intent.facts or Facts()
    followed = set_values(following, regime_facts(bundle, following))
    facts = followed.facts
    known = with_deadlines(bundle, facts, held.now)
    advanced = engine.start(bundle, held.process, known, held.now)
    changed = (FactChanged(change=change) for change in (*intent.changes, *followed.changes))
    _require_limits(bundle, advanced, held.now)
    events = (first, *intent.before, *changed, *advanced.events)
    step = Step(events, advanced.facts, advanced.state, messages=_sent(bundle, held, events, advanced.facts))
    apply(tx, replace(held, facts=facts), bundle, occasion(held, bundle, intent.actor), step)
    return events


def _require_limits(bundle: Bundle, advanced: engine.Advance, now: datetime) -> None:
    """A task whose limit cannot be told does not open: the step is refused with the year the calendar lacks."""
    for event in advanced.events:
        if isinstance(event, TaskOpened) and event.due is None:
            key = bundle.element(event.process, event.element).properties.get("due")
            if key:
                require_calendar(bundle, advanced.facts, key, now)


def _sent(bundle: Bundle, held: Instance, events: Iterable[Event], facts: Facts) -> tuple[Outgoing, ...]:
    names = [event.message for event in events if isinstance(event, MessageSent)]
    return tuple(message for name in names for message in outgoing(bundle, name, held.number, facts))


def ended(events: Iterable[Event]) -> bool:
    """Whether the instance reached its end."""
    return any(isinstance(event, InstanceEnded) for event in events)
