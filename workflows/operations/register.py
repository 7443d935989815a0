"""Enters awards in the register, in the transaction in which a decision got its number or an answer came."""

from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy import Connection

from workflows.definitions import Bundle
from workflows.definitions.blocks import period_of
from workflows.domain.events import ElementPassed, Event
from workflows.domain.facts import Facts
from workflows.domain.personal_events import AwardEntered
from workflows.store import awards
from workflows.store.load import Instance

PASSED = "passed"


def entered(
    tx: Connection, bundle: Bundle, held: Instance, events: Iterable[Event], facts: Facts
) -> Iterator[AwardEntered]:
    """Enter the lines that passed where an element with the property `award` was: its facts name the decision."""
    for event in events:
        if isinstance(event, ElementPassed):
            named = bundle.element(event.process, event.element).properties.get("award", "").split()
            number = facts.text(named[0]) if named else None
            if number:
                yield from _enter(tx, bundle, held, facts, number, facts.get(named[1]))


def _enter(
    tx: Connection, bundle: Bundle, held: Instance, facts: Facts, number: str, day: object
) -> Iterator[AwardEntered]:
    lines = [line for line in facts.lines if line.status == PASSED]
    dossiers = awards.dossiers_of(tx, (line.dossier for line in lines))
    told = []
    for line in lines:
        of = dossiers[line.dossier]
        period = period_of(bundle, of.movement, of.stage)
        about = {
            "unit": of.unit,
            "award_form": of.award_form or facts.text("dossier.award_form") or "",
            "type": of.kind or facts.text("dossier.kind") or "",
            "movement": of.movement,
            "stage": of.stage,
            "period_from": period[0] if period else None,
            "period_to": period[1] if period else None,
        }
        told.append((line, about))
    awards.enter(tx, held.id, told, held.now, decision_no=number, decision_date=day if isinstance(day, date) else None)
    for line in lines:
        yield AwardEntered(line=line.id, decision=number)
