"""One step of one instance: run to the next waits, say what happened; a failing element stops it as an incident."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn import BpmnEvent, BpmnWorkflow
from SpiffWorkflow.exceptions import SpiffWorkflowException
from SpiffWorkflow.util.task import TaskState

from workflows.definitions import Bundle
from workflows.domain.errors import InvalidState
from workflows.domain.events import Event, IncidentRaised, InstanceEnded
from workflows.domain.facts import Facts
from workflows.engine.commands import (
    Command,
    Complete,
    Deliver,
    FailJob,
    FinishJob,
    FireTimers,
    Halt,
    Reschedule,
    Retry,
)
from workflows.engine.outcome import every_task, happened, in_order, requested, snapshot
from workflows.engine.procedure import procedure
from workflows.engine.script import ElementFailed, Script
from workflows.engine.state import Stopped, states
from workflows.engine.tasks import DueTimer, JobTask, Message, RuleTask, awaited, process_of

MOST_STEPS = 1_000
"""Elements one step may pass before it counts as going round without end."""


@dataclass(frozen=True, slots=True)
class Advance:
    """The outcome of a step: the new state, what happened in order, and the facts with what was decided on the way."""

    state: bytes
    events: tuple[Event, ...]
    facts: Facts


class NotWaiting(InvalidState):
    """{process} is not waiting for {what}."""


def start(bundle: Bundle, process: str, facts: Facts, now: datetime) -> Advance:
    """A new instance of `process`, run to its first waits. `now` is the domain clock, UTC."""
    keeper = states(procedure(bundle), process)
    return _step(bundle, process, keeper.new(), facts, now, lambda _: None)


def advance(bundle: Bundle, process: str, state: bytes, command: Command, facts: Facts, now: datetime) -> Advance:
    """The instance after `command`. Raises NotWaiting where nothing waits for it, ForeignState for a state not ours."""
    workflow, stopped = states(procedure(bundle), process).read(state)
    if stopped and not isinstance(command, Retry):
        raise NotWaiting(process=process, what=f"anything but an admin: it is stopped at «{stopped.element}»")
    return _step(bundle, process, workflow, facts, now, lambda running: _perform(running, command, stopped))


def _step(
    bundle: Bundle,
    process: str,
    workflow: BpmnWorkflow,
    facts: Facts,
    now: datetime,
    perform: Callable[[BpmnWorkflow], None],
) -> Advance:
    script = Script(bundle, facts, now)
    workflow.script_engine = script
    before = snapshot(workflow)
    failure = _run(workflow, script, perform)
    merged = _merge(script.events, happened(workflow, before, bundle, script.facts))
    if failure:
        merged.append(IncidentRaised(process=failure.process, element=failure.element, reason=failure.reason))
    elif workflow.is_completed():
        merged.append(InstanceEnded(process=process, end=_end(workflow)))
    stop = Stopped(failure.task, failure.element) if failure else None
    state = states(procedure(bundle), process).write(workflow, stop)
    return Advance(state, tuple(merged), script.facts)


@dataclass(frozen=True, slots=True)
class _Failure:
    task: str
    element: str
    process: str
    reason: str


def _run(workflow: BpmnWorkflow, script: Script, perform: Callable[[BpmnWorkflow], None]) -> _Failure | None:
    running: list[Any] = []

    def began(task: Any) -> None:
        running.append(task)
        if len(running) > MOST_STEPS:
            raise script.refusal(
                task, f"the way goes round: {MOST_STEPS} elements were passed and nobody was waited for"
            )

    def ended(task: Any) -> None:
        if task.task_spec.bpmn_id and not isinstance(task.task_spec, RuleTask):
            properties = script.bundle.element(process_of(task), task.task_spec.bpmn_id).properties
            if verdict := properties.get("verdict"):
                script.give_verdict(verdict, properties.get("reason"))

    try:
        perform(workflow)
        workflow.do_engine_steps(began, ended)
        while _goes_on(workflow):
            workflow.do_engine_steps(began, ended)
    except ElementFailed as error:
        return _stop(workflow.get_task_from_id(UUID(error.task)), error.about["why"])
    except SpiffWorkflowException as error:
        if not running:
            raise
        return _stop(running[-1], str(error))
    return None


def _goes_on(workflow: BpmnWorkflow) -> bool:
    """Whether a deadline that had already passed when its task opened has left something to run."""
    return any(task.has_state(TaskState.READY) and not task.task_spec.manual for task in every_task(workflow))


def _stop(task: Any, reason: object) -> _Failure:
    """Leave the failing task as it was before it ran, so that a retry finds it."""
    if task.has_state(TaskState.ERROR):
        task._set_state(TaskState.READY)
    process = process_of(task)
    return _Failure(str(task.id), str(task.task_spec.bpmn_id or task.task_spec.name), process, str(reason))


def _perform(workflow: BpmnWorkflow, command: Command, stopped: Stopped | None) -> None:
    match command:
        case Complete(task=task):
            _ready_task(workflow, task, is_job=False).run()
        case FinishJob(task=task):
            _ready_task(workflow, task, is_job=True).run()
        case FailJob(task=task, reason=reason):
            raise workflow.script_engine.refusal(_ready_task(workflow, task, is_job=True), reason)
        case Halt(reason=reason, message=awaited_message):
            raise workflow.script_engine.refusal(_waits_for(workflow, awaited_message), reason)
        case Deliver(message=message):
            _deliver(workflow, message)
        case FireTimers():
            workflow.refresh_timers()
        case Reschedule(timer=timer, instant=instant):
            _reschedule(workflow, timer, instant)
        case Retry():
            _retry(workflow, stopped)


def _ready_task(workflow: BpmnWorkflow, task_id: str, *, is_job: bool) -> Any:
    for task in every_task(workflow):
        waits = task.has_state(TaskState.READY) and task.task_spec.manual
        if waits and str(task.id) == task_id and isinstance(task.task_spec, JobTask) is is_job:
            return task
    raise NotWaiting(process=workflow.spec.name, what=f"task {task_id}")


def _waits_for(workflow: BpmnWorkflow, message: str | None) -> Any:
    """The task that waits for a message, or for a deadline that has passed."""
    now = workflow.script_engine.now
    for task in workflow.event_manager.tasks.values():
        for _, each in awaited(task.task_spec):
            if isinstance(each, Message) and each.name == message:
                return task
            due = task._get_internal_data("event_value") if isinstance(each, DueTimer) else None
            if message is None and due and datetime.fromisoformat(due) <= now:
                return task
    raise NotWaiting(process=workflow.spec.name, what=f"the message «{message}»" if message else "a passed deadline")


def _deliver(workflow: BpmnWorkflow, message: str) -> None:
    waiting = [each for task in workflow.event_manager.tasks.values() for _, each in awaited(task.task_spec)]
    if not any(isinstance(each, Message) and each.name == message for each in waiting):
        raise NotWaiting(process=workflow.spec.name, what=f"the message «{message}»")
    workflow.send_event(BpmnEvent(Message(message), payload={}))


def _reschedule(workflow: BpmnWorkflow, timer: str, instant: datetime) -> None:
    waiting = {str(key): task for key, task in workflow.event_manager.tasks.items()}
    task = waiting.get(timer)
    if task is None or not any(isinstance(definition, DueTimer) for _, definition in awaited(task.task_spec)):
        raise NotWaiting(process=workflow.spec.name, what=f"the deadline {timer}")
    task._set_internal_data(event_value=instant.isoformat())


def _retry(workflow: BpmnWorkflow, stopped: Stopped | None) -> None:
    if stopped is None:
        raise NotWaiting(process=workflow.spec.name, what="a retry: it is not stopped")
    task = workflow.get_task_from_id(UUID(stopped.task))
    if not task.has_state(TaskState.READY):
        task.task_spec._update(task)
    for each in every_task(workflow):
        if each.has_state(TaskState.READY) and isinstance(each.task_spec, JobTask):
            workflow.script_engine.events.append(requested(each))


def _merge(decided: list[Event], tree: list[Event]) -> list[Event]:
    """Decisions and messages stand before the passing of their own element."""
    merged: list[Event] = []
    pending = list(decided)
    for event in tree:
        element = getattr(event, "element", None)
        last = max((i for i, each in enumerate(pending) if getattr(each, "element", "") == element), default=None)
        if last is not None:
            while last + 1 < len(pending) and not hasattr(pending[last + 1], "element"):
                last += 1
            merged += pending[: last + 1]
            del pending[: last + 1]
        merged.append(event)
    return [*merged, *pending]


def _end(workflow: BpmnWorkflow) -> str:
    ends = [
        str(task.task_spec.bpmn_id)
        for task in in_order(workflow.tasks.values())
        if task.has_state(TaskState.COMPLETED) and task.task_spec.bpmn_id and not _followed(task)
    ]
    return ends[-1] if ends else ""


def _followed(task: Any) -> bool:
    return any(child.task_spec.bpmn_id for child in task.children)


def waiting_job(bundle: Bundle, process: str, state: bytes, task: str) -> tuple[str, str]:
    """Process and element id of a service task that waits for its job. Raises NotWaiting."""
    workflow, _ = states(procedure(bundle), process).read(state)
    found = _ready_task(workflow, task, is_job=True)
    return process_of(found), str(found.task_spec.bpmn_id)
