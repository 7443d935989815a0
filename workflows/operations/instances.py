"""Opens process instances: the row, its number, and the first step."""

from dataclasses import dataclass

from sqlalchemy import Connection

from workflows.definitions import Bundle
from workflows.domain.actor import Actor
from workflows.domain.events import InstanceStarted
from workflows.domain.facts import Facts
from workflows.domain.record import Change
from workflows.operations.step import Intent, begin
from workflows.store import instances, numbers
from workflows.store.load import hold_id


@dataclass(frozen=True, slots=True)
class New:
    """What a new instance begins with. `series` names its numbers: HS for dossiers, ĐX for rounds.

    `about` is the number of the dossier that a complaint, revocation or correction is about.
    """

    process: str
    series: str
    title: str
    facts: Facts
    changes: tuple[Change, ...] = ()
    unit: str | None = None
    movement: str | None = None
    about: str | None = None


def open_instance(tx: Connection, actor: Actor, bundle_id: int, bundle: Bundle, new: New) -> str:
    """Write a new instance and run it to its first waits; returns its number, such as HS-0001."""
    number = f"{new.series}-{numbers.take(tx, new.series):04d}"
    begun = instances.NewInstance(
        number, new.process, bundle_id, new.title, new.unit, new.movement, actor.login, new.about
    )
    made = instances.add(tx, begun)
    held = hold_id(tx, made)
    first = InstanceStarted(process=new.process, number=number, title=new.title)
    begin(tx, held, bundle, Intent(actor, facts=new.facts, changes=new.changes), first)
    return number
