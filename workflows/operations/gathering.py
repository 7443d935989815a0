"""A round takes up the dossiers whose messages wait for it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from workflows.domain.errors import NoLongerWaiting
from workflows.domain.facts import Facts
from workflows.domain.record import Recorded
from workflows.operations.messages import joined
from workflows.store import outbox
from workflows.store.load import Instance


def take_gathered(
    tx: Connection, facts: Facts, schema: Mapping[str, Any], answers: Mapping[str, Any], held: Instance
) -> Recorded:
    """The facts of a round after it took up the dossiers that were ticked in a form; their messages are taken.

    Those it has already stay, so that a meeting without quorum is called again. Raises InvalidInput where one of them
    does not wait for a round of this award form and movement.
    """
    here = {line.dossier for line in facts.lines if line.status != "suspended"}
    chosen = [
        number
        for name, field in schema["properties"].items()
        if field.get("x-rows") == "dossiers"
        for number in answers.get(name, ())
        if number not in here
    ]
    if not chosen:
        return Recorded(facts, ())
    waiting = outbox.waiting(tx, "dossier_ready", lock=True)
    by_sender = {message.sender: message for message in waiting if message.fits(facts)}
    gone = [number for number in chosen if number not in by_sender]
    if gone:
        raise NoLongerWaiting(numbers=", ".join(gone))
    taken = [by_sender[number] for number in chosen]
    outbox.take(tx, [message.id for message in taken], held.number, held.now)
    return joined(facts, [message.payload for message in taken])
