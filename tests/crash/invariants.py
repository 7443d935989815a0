"""What must hold whatever was killed, looked at in one snapshot of the tables; each that does not is a sentence."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from SpiffWorkflow.util.task import TaskState
from sqlalchemy import Connection, Row, text

from tests.crash.books import Promised, promised
from workflows.engine.outcome import every_task
from workflows.engine.procedure import procedure
from workflows.engine.state import states
from workflows.engine.tasks import JobTask
from workflows.queries.verification import verified
from workflows.store.bundles import deployed
from workflows.store.session import Database

INSTANCES = "select id, number, process, bundle_id, state, seq, head, closed_at, stopped from instance order by id"
TASKS = "select id, instance_id, state, completion_key from user_task"
EVENTS = "select kind, body from history where kind in ('TaskCompleted', 'JobFinished', 'NumberTaken')"
PAPERS = "select i.number, p.kind from paper p join instance i on i.id = p.instance_id where p.removed_at is null"
SERIES = "select name, year, last from series"
NOTICES = "select instance_id, login, subject from notice"
MESSAGES = "select sender, name, key, taken_at from message"
JOBS = """select task_name, status from procrastinate_jobs
where status in ('todo', 'doing', 'failed') and task_name not in ('reap', 'sweep')"""


def broken(db: Database, books: Path) -> list[str]:
    """What does not hold, at any moment. The books are read first: what they promise must be in the snapshot."""
    told = promised(books)
    with db.read() as tx:
        return broken_in(tx, told)


def broken_in(tx: Connection, told: Promised) -> list[str]:
    """What does not hold as this transaction sees it."""
    return [*_promises(tx, told), *_once(tx), *_numbers(tx), *_outcomes(tx), *_histories(tx), *_inboxes(tx)]


def unfinished(db: Database, dossiers: int, rounds: int) -> list[str]:
    """What is not at its end once everybody has stopped working."""
    with db.read() as tx:
        instances = _all(tx, INSTANCES)
        found = [
            f"{row.number} is open{', stopped: ' + row.stopped if row.stopped else ''}"
            for row in instances
            if not row.closed_at
        ]
        found += [f"job {row.task_name} is {row.status}" for row in _all(tx, JOBS)]
        found += [f"the message {row.name} of {row.sender} waits" for row in _all(tx, MESSAGES) if not row.taken_at]
        opened = Counter(row.process for row in instances)
        if opened != {"dossier": dossiers, "review_round": rounds}:
            found.append(f"there are {dict(opened)}, and {dossiers} dossiers and {rounds} rounds were opened")
        return found


def is_drained(db: Database) -> bool:
    """Whether no job is left that could still be done."""
    with db.read() as tx:
        return not [row for row in _all(tx, JOBS) if row.status != "failed"]


def _promises(tx: Connection, told: Promised) -> Iterator[str]:
    keys = {str(row.id): row.completion_key for row in _all(tx, TASKS) if row.state == "completed"}
    numbers = {row.number for row in _all(tx, INSTANCES)}
    papers = {(row.number, row.kind) for row in _all(tx, PAPERS)}
    for key, entry in told.done.items():
        if keys.get(entry["task"]) != key:
            yield f"task {entry['task']} of {entry['number']} was acknowledged and is not completed"
    yield from (f"{number} was acknowledged and does not exist" for number in told.opened if number not in numbers)
    yield from (
        f"the paper {paper} was acknowledged and is not there" for paper in told.attached if paper not in papers
    )


def _once(tx: Connection) -> Iterator[str]:
    events = [(row.kind, json.loads(row.body)["event"]) for row in _all(tx, EVENTS)]
    completed = Counter(event["task"] for kind, event in events if kind == "TaskCompleted")
    finished = Counter(event["task"] for kind, event in events if kind == "JobFinished")
    yield from (f"task {task} was completed {n} times" for task, n in (completed + finished).items() if n > 1)
    closed = {str(row.id) for row in _all(tx, TASKS) if row.state == "completed"}
    yield from (f"task {task} is completed in the inbox or in the history only" for task in closed ^ set(completed))


def _numbers(tx: Connection) -> Iterator[str]:
    taken: dict[tuple[str, int], list[int]] = {}
    for row in _all(tx, EVENTS):
        if row.kind == "NumberTaken":
            event = json.loads(row.body)["event"]
            taken.setdefault((event["series"], event["year"]), []).append(event["value"])
    for row in _all(tx, INSTANCES):
        series, _, number = row.number.partition("-")
        taken.setdefault((series, 0), []).append(int(number))
    for series in _all(tx, SERIES):
        found = sorted(taken.pop((series.name, series.year), []))
        if found != list(range(1, series.last + 1)):
            yield f"the series {series.name} has given out {found}, and its last number is {series.last}"
    yield from (f"the numbers {found} belong to no series {name}" for name, found in taken.items())


def _outcomes(tx: Connection) -> Iterator[str]:
    decisions = Counter(row.number for row in _all(tx, PAPERS) if row.kind == "decision")
    for row in _all(tx, INSTANCES):
        wanted = int(row.process == "review_round" and row.closed_at is not None)
        if decisions[row.number] != wanted:
            yield f"{row.number} has {decisions[row.number]} decisions"
    notices = Counter((row.instance_id, row.login, row.subject) for row in _all(tx, NOTICES))
    yield from (f"the notice {notice} was given {n} times" for notice, n in notices.items() if n > 1)
    messages = Counter((row.sender, row.name, row.key) for row in _all(tx, MESSAGES))
    yield from (f"the message {message} was sent {n} times" for message, n in messages.items() if n > 1)


def _histories(tx: Connection) -> Iterator[str]:
    for row in _all(tx, INSTANCES):
        checked = verified(tx, row.id, row.number, row.seq, bytes(row.head))
        if not checked.ok:
            yield f"the history of {row.number} does not verify: {checked.reason}"


def _inboxes(tx: Connection) -> Iterator[str]:
    tasks = _all(tx, TASKS)
    for row in _all(tx, INSTANCES):
        bundle = deployed(tx, row.bundle_id)
        workflow, _ = states(procedure(bundle), row.process).read(bytes(row.state))
        ready = {str(task.id) for task in every_task(workflow) if _is_for_people(task)}
        shown = {str(task.id) for task in tasks if task.instance_id == row.id and task.state == "open"}
        if ready != shown:
            yield f"{row.number} has {len(shown)} tasks in the inbox, and the engine waits for {len(ready)}"


def _is_for_people(task: Any) -> bool:
    return task.has_state(TaskState.READY) and task.task_spec.manual and not isinstance(task.task_spec, JobTask)


def _all(tx: Connection, question: str) -> list[Row[Any]]:
    return list(tx.execute(text(question)))
