"""A service task in two transactions: what the connector needs is read, then its result re-enters the instance."""

from dataclasses import dataclass

from sqlalchemy import Connection

from workflows import engine
from workflows.connectors.contract import Outcome, Package, Request
from workflows.definitions import Bundle
from workflows.definitions.deadlines import with_deadlines
from workflows.definitions.process import Element
from workflows.domain.actor import SYSTEM
from workflows.domain.calendar import local_day
from workflows.domain.events import Event, JobFinished, NumberTaken, PaperAttached
from workflows.domain.facts import Facts
from workflows.domain.paper import Paper
from workflows.domain.record import set_values
from workflows.operations.publishing import drafted_files, settled
from workflows.operations.secret_ballots import opened
from workflows.operations.step import Intent, move
from workflows.store import effects, notices, numbers, packages, papers
from workflows.store.accounts import people, units
from workflows.store.bundles import deployed
from workflows.store.instances import unit_names
from workflows.store.load import Instance, hold_id
from workflows.store.session import Database


@dataclass(frozen=True, slots=True)
class Job:
    """A service task that waits for its outside effect."""

    element: str
    operation: str
    request: Request


def service_task(db: Database, instance: int, task: str) -> Job | None:
    """What the connector of a service task needs; None where it does not wait: done, called off or stopped."""
    with db.write() as tx:
        held = hold_id(tx, instance)
        if held.closed_at is not None or held.stopped or effects.is_done(tx, _key(instance, task)):
            return None
        bundle = deployed(tx, held.bundle_id)
        try:
            process, element = engine.waiting_job(bundle, held.process, held.state, task)
        except engine.NotWaiting:
            return None
        described = bundle.element(process, element)
        facts = _numbered(tx, held, bundle, described, task)
        return Job(element, described.properties["operation"], _request(tx, held, bundle, described, facts))


def _request(tx: Connection, held: Instance, bundle: Bundle, task: Element, facts: Facts) -> Request:
    matters = tuple(dict.fromkeys((held.number, *(line.dossier for line in facts.lines))))
    return Request(
        held.number,
        task.id,
        dict(task.properties),
        with_deadlines(bundle, facts, held.now),
        bundle,
        held.now,
        people(tx),
        units(tx),
        unit_names(tx, matters),
        papers.filed(tx, matters),
        drafted_files(tx, facts),
    )


def _numbered(tx: Connection, held: Instance, bundle: Bundle, task: Element, key: str) -> Facts:
    """The facts after the paper of a task with a `series` got its number and day, once, however often it is set.

    The paper is numbered after its signature, on the day it is set (NĐ 30/2020 Điều 15).
    """
    series = task.properties.get("series")
    if series is None or not effects.record(tx, f"number:{held.id}:{key}"):
        return held.facts
    day = local_day(held.now)
    number = numbers.take(tx, series, day.year)
    paper = f"paper.{task.properties['paper']}"
    written = bundle.series[series].written(number, day.year)
    recorded = set_values(held.facts, {f"{paper}.number": written, f"{paper}.date": day})
    taken = NumberTaken(series=series, year=day.year, value=number)
    move(tx, held, Intent(SYSTEM, None, recorded.facts, recorded.changes, (taken,)))
    return recorded.facts


def finish_service_task(db: Database, instance: int, task: str, job: Job, outcome: Outcome) -> bool:
    """Take the connector's outcome into the instance, once: a second call with the same task changes nothing."""
    with db.write() as tx:
        held = hold_id(tx, instance)
        if not effects.record(tx, _key(instance, task)):
            return False
        events: list[Event] = [
            JobFinished(task=task, element=job.element, operation=job.operation, outcome=dict(outcome.summary))
        ]
        for paper in outcome.papers:
            made = papers.keep(tx, held.id, paper, SYSTEM.login, held.now)
            events.append(_attached(made, paper))
        for package in outcome.packages:
            _keep_package(tx, held, package)
        for notice in outcome.notices:
            notices.add(tx, f"{instance}:{task}:{notice.login}", held.id, notice, held.now)
        told = dict(outcome.facts) | (settled(tx, held, outcome.settles, outcome.facts) if outcome.settles else {})
        recorded = opened(tx, db, held, outcome.opens) if outcome.opens else set_values(held.facts, told)
        move(tx, held, Intent(SYSTEM, engine.FinishJob(task), recorded.facts, recorded.changes, tuple(events)))
        return True


def give_up(db: Database, instance: int, task: str, reason: str) -> bool:
    """Stop the instance at a service task whose effect cannot be done, for an administrator to look at and retry."""
    with db.write() as tx:
        held = hold_id(tx, instance)
        if held.closed_at is not None or held.stopped:
            return False
        try:
            move(tx, held, Intent(SYSTEM, engine.FailJob(task, reason)))
        except engine.NotWaiting:
            return False
        return True


def _keep_package(tx: Connection, held: Instance, package: Package) -> None:
    told = [{"kind": each.kind, "title": each.title, "sha256": each.sha256} for each in package.papers]
    packages.send(tx, held.id, body=package.body, number=package.number, year=package.year, papers=told, at=held.now)


def _attached(made: int, paper: Paper) -> PaperAttached:
    size = len(paper.content)
    return PaperAttached(paper=made, paper_kind=paper.kind, title=paper.title, sha256=paper.sha256, size=size)


def _key(instance: int, task: str) -> str:
    return f"service:{instance}:{task}"
