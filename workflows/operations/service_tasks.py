"""A service task in two transactions: what the connector needs is read, then its result re-enters the instance."""

from dataclasses import dataclass

from workflows import engine
from workflows.connectors.contract import Outcome, Request
from workflows.domain.actor import SYSTEM
from workflows.domain.events import Event, JobFinished, PaperAttached
from workflows.domain.paper import Paper
from workflows.domain.record import set_values
from workflows.operations.step import Intent, move
from workflows.store import effects, notices, papers
from workflows.store.accounts import people
from workflows.store.bundles import deployed
from workflows.store.load import hold_id
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
        return Job(
            element,
            described.properties["operation"],
            Request(held.number, element, dict(described.properties), held.facts, bundle, held.now, people(tx)),
        )


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
        for notice in outcome.notices:
            notices.add(tx, f"{instance}:{task}:{notice.login}", held.id, notice, held.now)
        recorded = set_values(held.facts, outcome.facts)
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


def _attached(made: int, paper: Paper) -> PaperAttached:
    size = len(paper.content)
    return PaperAttached(paper=made, paper_kind=paper.kind, title=paper.title, sha256=paper.sha256, size=size)


def _key(instance: int, task: str) -> str:
    return f"service:{instance}:{task}"
