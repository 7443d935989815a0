"""A job that is done twice, as after a worker that died between the effect and its report: it counts once."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from importlib import resources

import pytest
from sqlalchemy import text

from tests.crash.installation import child, until
from tests.story import Office
from workflows.connectors import render_document
from workflows.domain.errors import InvalidState
from workflows.operations import service_tasks
from workflows.store import effects

WAITING = text(
    "select args ->> 'instance', args ->> 'task' from procrastinate_jobs"
    " where task_name = 'run_service' and status = 'todo'"
)
FONTS = resources.files("workflows.connectors") / "fonts"
"""The last argument of a typesetter."""
DECISIONS = "select count(*) from paper where kind = 'decision'"


class Decision:
    """A round whose decision waits to be set by a worker."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.number = office.round_at("number_decision")
        office.completes("number_decision", self.number)
        with office.tables() as tx:
            found = tx.execute(WAITING).one()
        self._instance, self._task = int(found[0]), str(found[1])

    def taken_up(self) -> service_tasks.Job | None:
        """What a worker begins with."""
        return service_tasks.service_task(self._office.db, self._instance, self._task)

    def brought(self, job: service_tasks.Job | None) -> bool:
        """What a worker ends with; whether it counted."""
        assert job is not None
        outcome = render_document.perform(job.request)
        return service_tasks.finish_service_task(self._office.db, self._instance, self._task, job, outcome)


def test_of_two_workers_with_the_same_job_one_counts(office: Office) -> None:
    decision = Decision(office)
    taken_up = [decision.taken_up() for _ in range(2)]

    with ThreadPoolExecutor(2) as workers:
        counted = list(workers.map(decision.brought, taken_up))

    assert sorted(counted) == [False, True]
    assert office.asks(DECISIONS) == 1
    assert office.verified(decision.number).ok


def test_a_job_that_was_done_is_not_taken_up_again(office: Office) -> None:
    decision = Decision(office)
    assert decision.brought(decision.taken_up())

    assert decision.taken_up() is None
    office.works()
    assert office.asks(DECISIONS) == 1


def test_without_the_ledger_the_second_worker_fails(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    decision = Decision(office)
    taken_up = [decision.taken_up() for _ in range(2)]
    monkeypatch.setattr(effects, "record", lambda *_: True)
    assert decision.brought(taken_up[0])

    with pytest.raises(InvalidState):
        decision.brought(taken_up[1])
    assert office.asks(DECISIONS) == 1


def test_a_typesetter_that_is_stopped_with_its_worker_does_not_stop_the_round(office: Office) -> None:
    decision = Decision(office)

    with ThreadPoolExecutor(1) as worker:
        bringing = worker.submit(decision.brought, decision.taken_up())
        os.kill(until(lambda: child(os.getpid(), str(FONTS))), signal.SIGTERM)
        with pytest.raises(render_document.TypesetterStopped):
            bringing.result()

    assert decision.brought(decision.taken_up())
    assert office.asks(DECISIONS) == 1
