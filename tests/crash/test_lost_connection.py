"""The server ends a connection in the middle of an operation: that is said, nothing is half done, once more works."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from tests.answers import meeting
from tests.store.tables import everything
from tests.story import Office
from workflows.connectors import render_document
from workflows.operations import service_tasks
from workflows.queries.verification import verify
from workflows.store.session import Database, DatabaseUnavailable

Act = Callable[[], object]
MOST = 40
END = text("select pg_terminate_backend(:pid, 5000)")
WAITING = text(
    "select args ->> 'instance', args ->> 'task' from procrastinate_jobs"
    " where task_name = 'run_service' and status = 'todo'"
)


def opening(office: Office) -> Act:
    """A unit opens a dossier."""
    return office.unit_opens_dossier


def appraising(office: Office) -> Act:
    """An officer completes the appraisal, which sends a message."""
    number = office.dossier_at("appraise_dossier")
    task, told = office.task(number, "appraise_dossier"), office.answers("appraise_dossier", number)
    return lambda: office.completes("appraise_dossier", number, answers=told, task=task, key="the same")


def gathering(office: Office) -> Act:
    """A round takes up a dossier that waits."""
    number, waiting = office.round_at("compile_summary"), office.dossier_at(None)
    told = meeting([waiting], office.today)
    return lambda: office.completes("compile_summary", number, answers=told)


def finishing(office: Office) -> Act:
    """A worker brings the decision that it has set."""
    number = office.round_at("number_decision")
    office.completes("number_decision", number)
    with office.tables() as tx:
        instance, task = tx.execute(WAITING).one()
    job = service_tasks.service_task(office.db, int(instance), task)
    assert job is not None
    outcome = render_document.perform(job.request)
    return lambda: service_tasks.finish_service_task(office.db, int(instance), task, job, outcome)


ACTS: dict[str, Callable[[Office], Act]] = {
    "opens a dossier": opening,
    "appraises it": appraising,
    "gathers it": gathering,
    "sets the decision": finishing,
}


@pytest.mark.parametrize("act", list(ACTS))
def test_wherever_the_connection_is_lost_nothing_is_half_done(office: Office, act: str) -> None:
    does = ACTS[act](office)
    before = everything(office)
    for statements in range(MOST):
        with lost_after(office.db, statements) as lost:
            if not_answered(does):
                assert lost
                assert everything(office) == before
            else:
                assert not lost
                break
    assert 5 <= statements < MOST
    assert everything(office) != before
    assert all(checked.ok for checked in verify(office.db))


def not_answered(does: Act) -> bool:
    """Do it; whether the database was away."""
    try:
        does()
    except DatabaseUnavailable:
        return True
    return False


@contextmanager
def lost_after(db: Database, statements: int) -> Iterator[list[int]]:
    """While the block runs, the server ends the connection that has carried out so many statements; tells which."""
    lost: list[int] = []
    done = 0

    def end(connection: Connection) -> None:
        pid = connection.connection.driver_connection.info.backend_pid  # type: ignore[union-attr]
        lost.append(pid)
        other = Database(db.url, pool_size=1)
        with other.write() as tx:
            assert tx.execute(END, {"pid": pid}).scalar()
        other.close()

    def before(connection: Connection, *_: Any) -> None:
        if statements == 0 and not lost:
            end(connection)

    def after(connection: Connection, *_: Any) -> None:
        nonlocal done
        done += 1
        if done == statements and not lost:
            end(connection)

    event.listen(db.engine, "before_cursor_execute", before)
    event.listen(db.engine, "after_cursor_execute", after)
    try:
        yield lost
    finally:
        event.remove(db.engine, "before_cursor_execute", before)
        event.remove(db.engine, "after_cursor_execute", after)
