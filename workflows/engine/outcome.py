"""What a step did, read off the task tree before and after as events; it changes nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.specs.mixins.unstructured_join import UnstructuredJoin
from SpiffWorkflow.util.task import TaskState

from workflows.definitions import Bundle
from workflows.domain.events import (
    ElementCancelled,
    ElementPassed,
    Event,
    JobRequested,
    MessageAwaited,
    MessageWaitEnded,
    TaskCancelled,
    TaskOpened,
    TimerCleared,
    TimerSet,
)
from workflows.domain.facts import MEMBERS, Facts
from workflows.engine.tasks import DueTimer, JobTask, Message, awaited, process_of

LIVE = TaskState.WAITING | TaskState.READY | TaskState.STARTED


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All tasks' states, process and element of those somebody could do, the events waited for and their instants."""

    states: dict[str, int]
    open: dict[str, tuple[str, str]]
    waits: dict[str, Any]
    dues: dict[str, str]


def every_task(workflow: BpmnWorkflow) -> Iterator[Any]:
    """All tasks of an instance and of the processes it called (SpiffWorkflow's iterator stops at depth 1,000)."""
    yield from workflow.tasks.values()
    for called in workflow.subprocesses.values():
        yield from called.tasks.values()


def snapshot(workflow: BpmnWorkflow) -> Snapshot:
    """The moment before a step."""
    states = {str(task.id): task.state for task in every_task(workflow)}
    waiting = {str(task.id): (process_of(task), _element(task)) for task in every_task(workflow) if _is_open(task)}
    waits = {str(task_id): task for task_id, task in workflow.event_manager.tasks.items()}
    return Snapshot(states, waiting, waits, {task_id: _due(task) for task_id, task in waits.items()})


@dataclass(frozen=True, slots=True)
class Standing:
    """What an instance waits for, by the engine's ids.

    `open`: process and element of each user task; `jobs`: those of each service task; `timers`:
    process, element and instant; `messages`: process, element and name.
    """

    open: dict[str, tuple[str, str]]
    jobs: dict[str, tuple[str, str]]
    timers: dict[str, tuple[str, str, datetime]]
    messages: frozenset[tuple[str, str, str]]
    live: frozenset[str]

    def same_as(self, other: "Standing") -> bool:
        """Whether the same tasks, jobs, deadlines and waits are there, each under whatever name."""
        dues = {key: due for key, (_, _, due) in self.timers.items()}
        return (
            self.open.keys() == other.open.keys()
            and self.jobs.keys() == other.jobs.keys()
            and dues == {key: due for key, (_, _, due) in other.timers.items()}
            and len(self.messages) == len(other.messages)
            and self.live == other.live
        )


def standing(workflow: BpmnWorkflow) -> Standing:
    """What waits in an instance now."""
    ready = [task for task in every_task(workflow) if _is_open(task)]
    jobs = {str(task.id): (process_of(task), _element(task)) for task in ready if isinstance(task.task_spec, JobTask)}
    timers: dict[str, tuple[str, str, datetime]] = {}
    messages: set[tuple[str, str, str]] = set()
    for task in workflow.event_manager.tasks.values():
        for event, definition in awaited(task.task_spec) if task.has_state(TaskState.WAITING) else ():
            if isinstance(definition, DueTimer):
                timers[str(task.id)] = process_of(task), event.bpmn_id, datetime.fromisoformat(_due(task))
            elif isinstance(definition, Message):
                messages.add((process_of(task), event.bpmn_id, definition.name))
    return Standing(
        {str(task.id): (process_of(task), _element(task)) for task in ready if str(task.id) not in jobs},
        jobs,
        timers,
        frozenset(messages),
        frozenset(str(task.id) for task in every_task(workflow) if task.has_state(LIVE)),
    )


def in_order(tasks: Iterable[Any]) -> list[Any]:
    """Tasks in the order of their last change; of the moments that SpiffWorkflow notes nothing else is used."""
    return sorted(tasks, key=lambda task: task.last_state_change)


def happened(workflow: BpmnWorkflow, before: Snapshot, bundle: Bundle, facts: Facts) -> list[Event]:
    """The events between `before` and now."""
    tasks = in_order(every_task(workflow))
    changed = [task for task in tasks if before.states.get(str(task.id)) != task.state]
    passed = [event for task in changed for event in _closed(task, before, bundle)]
    opened = [event for task in changed for event in _opened(task, bundle, facts)]
    return [*passed, *_called_off(tasks, before), *opened, *_waits(workflow, before)]


def _called_off(tasks: Sequence[Any], before: Snapshot) -> Iterator[Event]:
    """Tasks somebody could do and no longer can: cancelled, or taken out of the tree with their multi-instance."""
    states = {str(task.id): task.state for task in tasks}
    for task, (process, element) in before.open.items():
        if states.get(task, TaskState.CANCELLED) == TaskState.CANCELLED:
            yield TaskCancelled(task=task, process=process, element=element)


def _closed(task: Any, before: Snapshot, bundle: Bundle) -> Iterator[Event]:
    element, process = task.task_spec.bpmn_id, process_of(task)
    if not element or _is_instance_of_many(task):
        return
    if task.has_state(TaskState.COMPLETED):
        yield ElementPassed(process=process, element=element, flow=_flow(task, element, process, bundle))
    elif (
        task.has_state(TaskState.CANCELLED)
        and before.states.get(str(task.id), 0) & LIVE
        and not isinstance(task.task_spec, UnstructuredJoin)
    ):
        yield ElementCancelled(process=process, element=element)


def _opened(task: Any, bundle: Bundle, facts: Facts) -> Iterator[Event]:
    if not _is_open(task):
        return
    process, element, item = process_of(task), _element(task), None
    if _is_instance_of_many(task):
        item = task.internal_data.get("key_or_index", task.internal_data.get("item"))
    if isinstance(task.task_spec, JobTask):
        yield requested(task)
        return
    described = bundle.element(process, element)
    due = facts.get(f"due.{described.properties['due']}") if "due" in described.properties else None
    yield TaskOpened(
        task=str(task.id),
        process=process,
        element=element,
        lane=described.lane,
        item=item,
        due=due if isinstance(due, datetime) else None,
        assignee=_assignee(described.properties, item, facts),
    )


def requested(task: Any) -> JobRequested:
    """What a waiting service task asks for."""
    operation = task.task_spec.operation
    return JobRequested(task=str(task.id), process=process_of(task), element=_element(task), operation=operation)


def _assignee(properties: Mapping[str, str], item: int | None, facts: Facts) -> str | None:
    path = properties.get("assignee")
    if path == "item":
        return facts.roll(properties.get("forEach", MEMBERS))[item] if item is not None else None
    chosen = facts.get(path) if path else None
    return chosen if isinstance(chosen, str) else None


def _waits(workflow: BpmnWorkflow, before: Snapshot) -> Iterator[Event]:
    now = {
        str(task_id): task
        for task_id, task in workflow.event_manager.tasks.items()
        if task.has_state(TaskState.WAITING)
    }
    still = {name for task in now.values() for name in _messages(task)}
    for task_id, task in before.waits.items():
        if task_id not in now:
            yield from _ended(task, task_id, still)
    for task_id, task in now.items():
        if task_id not in before.waits or _due(task) != before.dues[task_id]:
            yield from _began(task, task_id)


def _due(task: Any) -> str:
    return str(task._get_internal_data("event_value"))


def _messages(task: Any) -> set[str]:
    return {definition.name for _, definition in awaited(task.task_spec) if isinstance(definition, Message)}


def _began(task: Any, task_id: str) -> Iterator[Event]:
    process = process_of(task)
    for event, definition in awaited(task.task_spec):
        if isinstance(definition, DueTimer):
            due = datetime.fromisoformat(_due(task))
            yield TimerSet(timer=task_id, process=process, element=event.bpmn_id, due=due)
        elif isinstance(definition, Message):
            yield MessageAwaited(process=process, element=event.bpmn_id, message=definition.name)


def _ended(task: Any, task_id: str, still: set[str]) -> Iterator[Event]:
    process = process_of(task)
    for event, definition in awaited(task.task_spec):
        if isinstance(definition, DueTimer):
            passed = [task] if event is task.task_spec else [each for each in task.children if each.task_spec is event]
            fired = any(each.has_state(TaskState.COMPLETED) for each in passed)
            yield TimerCleared(timer=task_id, process=process, element=event.bpmn_id, fired=fired)
        elif isinstance(definition, Message) and definition.name not in still:
            yield MessageWaitEnded(process=process, element=event.bpmn_id, message=definition.name)


def _is_instance_of_many(task: Any) -> bool:
    parent = task.parent
    return parent is not None and getattr(parent.task_spec, "task_spec", None) == task.task_spec.name


def _is_open(task: Any) -> bool:
    return bool(task.has_state(TaskState.READY) and task.task_spec.manual)


def _element(task: Any) -> str:
    spec = task.parent.task_spec if _is_instance_of_many(task) else task.task_spec
    return str(spec.bpmn_id or spec.name)


def _flow(task: Any, element: str, process: str, bundle: Bundle) -> str | None:
    source = task.parent
    while source is not None and not source.task_spec.bpmn_id:
        source = source.parent
    if source is None:
        return None
    return bundle.flow_between(process, source.task_spec.bpmn_id, element)
