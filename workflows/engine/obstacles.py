"""Why a running instance cannot go on in another version, or only with somebody's consent; it changes nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.bpmn.specs.mixins import (
    BoundaryEventMixin,
    EventBasedGatewayMixin,
    ParallelGatewayMixin,
    SubWorkflowTaskMixin,
)
from SpiffWorkflow.util.task import TaskState

from workflows.definitions import Bundle
from workflows.definitions.counterparts import Counterparts
from workflows.domain.text import Text
from workflows.engine.scopes import LIVE, Scope, Task


@dataclass(frozen=True, slots=True)
class Reason:
    """Why not, at an element of a process. `consent`: it goes on if somebody answers for it, since the law decides."""

    kind: str
    process: str
    element: str
    said: Text
    consent: bool = False


SAID: Mapping[str, tuple[str, str]] = {
    "process_gone": (
        "Quy trình «{step}» đang chạy không còn trong phiên bản mới.",
        "The process «{step}», which is under way, is not in the new version.",
    ),
    "open_gone": (
        "Bước «{step}» đang chờ không còn trong phiên bản mới. Hãy chỉ ra bước thay cho nó.",
        "The step «{step}», which waits now, is not in the new version. Say which step stands for it.",
    ),
    "done_gone": (
        "Bước «{step}» đã làm không còn trong phiên bản mới. Hãy chỉ ra bước thay cho nó.",
        "The step «{step}», which was done, is not in the new version. Say which step stands for it.",
    ),
    "kind": (
        "Bước «{step}» đang chờ là loại bước khác trong phiên bản mới.",
        "The step «{step}», which waits now, is of another kind in the new version.",
    ),
    "called": (
        "Bước «{step}» đang chạy gọi quy trình khác trong phiên bản mới.",
        "The step «{step}», which is under way, calls another process in the new version.",
    ),
    "event_added": (
        "Phiên bản mới gắn thêm sự kiện «{other}» vào bước «{step}» đang chờ; sự kiện đó sẽ không hoạt động.",
        "The new version adds the event «{other}» to the step «{step}», which waits now; that event would not work.",
    ),
    "events": (
        "Bước «{step}» đang chờ những sự kiện khác với phiên bản mới.",
        "The step «{step}» waits for other events than in the new version.",
    ),
    "branches": (
        "Các nhánh song song từ «{step}» đang chạy, phiên bản mới có số nhánh khác.",
        "The parallel branches from «{step}» are under way, and the new version has another number of them.",
    ),
    "join": (
        "Các nhánh đang chờ nhau tại «{step}», phiên bản mới đổi bước ngay trước đó; chúng sẽ không gặp nhau.",
        "Branches wait for each other at «{step}», but the new version changed the step before; they would not meet.",
    ),
    "skipped": (
        "Bước mới «{step}» nằm trước chỗ hồ sơ đã đến; hồ sơ sẽ không qua bước này.",
        "The new step «{step}» comes before the place the matter has reached; the matter would not pass it.",
    ),
    "way": (
        "Phiên bản mới không còn lối hồ sơ đã đi từ «{other}» đến «{step}».",
        "The way the matter took from «{other}» to «{step}» is not in the new version.",
    ),
    "lost": (
        "Sau khi thử chuyển, việc đang chờ không còn như trước.",
        "After a trial what waits is no longer what it was.",
    ),
}
CONSENT = frozenset({"skipped", "way"})


def obstacles(sides: Counterparts, found: list[Scope]) -> tuple[Reason, ...]:
    """Every reason, each once, in the order of the diagram."""
    told = [reason for scope in found for reason in _of(sides, scope)]
    return tuple(dict.fromkeys(told))


def reason(bundle: Bundle, kind: str, process: str, step: str, other: str = "") -> Reason:
    """One reason in both languages."""
    names = {"step": _named(bundle, process, step), "other": _named(bundle, process, other)}
    vi, en = SAID[kind]
    said = Text(
        vi.format_map({key: name.vi for key, name in names.items()}),
        en.format_map({key: name.of("en") for key, name in names.items()}),
    )
    return Reason(kind, process, step, said, kind in CONSENT)


def _named(bundle: Bundle, process: str, element: str) -> Text:
    drawn = bundle.processes.get(process)
    if drawn and element in drawn.elements:
        name = bundle.element_name(process, element)
        return name if name.vi else Text(element)
    return Text(drawn.name if drawn and element == process else element)


def _of(sides: Counterparts, scope: Scope) -> Iterator[Reason]:
    if scope.new is None:
        if _runs(scope):
            yield reason(sides.old, "process_gone", scope.process, scope.process)
        return
    for task in scope.reached():
        if scope.element(task):
            yield from _of_task(sides, scope, task)
    yield from _branches(sides, scope)


def _runs(scope: Scope) -> bool:
    return any(task["state"] & LIVE for task in scope.tasks.values())


def _of_task(sides: Counterparts, scope: Scope, task: Task) -> Iterator[Reason]:
    element, before, after = scope.element(task), scope.before(task), scope.after(task)
    process, live = scope.process, bool(task["state"] & LIVE)
    if after is None:
        work = sides.old.element(process, element).type.lower().endswith(("task", "activity", "process"))
        if live or work or isinstance(before, ParallelGatewayMixin):
            yield reason(sides.old, "open_gone" if live else "done_gone", process, element)
        return
    if live:
        yield from _of_open(sides, scope, before, after, element)
    if not isinstance(before, BoundaryEventMixin) and (source := scope.came_from(task)):
        yield from _of_way(sides, scope, source, task)


def _of_open(sides: Counterparts, scope: Scope, before: Any, after: Any, element: str) -> Iterator[Reason]:
    process = scope.process
    if type(before) is not type(after) or _triggers(sides.old, process, element) != _triggers(
        sides.new, process, after.bpmn_id.removesuffix(" [child]")
    ):
        yield reason(sides.old, "kind", process, element)
        return
    if (
        isinstance(before, SubWorkflowTaskMixin)
        and before.spec != after.spec
        and "callActivity" in _type(sides.old, process, element)
    ):
        yield reason(sides.old, "called", process, element)
    if isinstance(before, EventBasedGatewayMixin):
        if [scope.name(each.name) for each in before.outputs] != [each.name for each in after.outputs]:
            yield reason(sides.old, "events", process, element)
        return
    drawn = sides.new.processes[process]
    for event in drawn.attached_to(sides.name(process, element)):
        if event.id in sides.added[process]:
            yield reason(sides.new, "event_added", process, sides.name(process, element), event.id)


def _type(bundle: Bundle, process: str, element: str) -> str:
    return bundle.element(process, element).type


def _triggers(bundle: Bundle, process: str, element: str) -> frozenset[str]:
    return bundle.element(process, element).kinds()


def _of_way(sides: Counterparts, scope: Scope, source: Task, task: Task) -> Iterator[Reason]:
    """The arrow by which a task was reached: is it still there, and does a new step stand on it."""
    begun, reached = scope.element(source), scope.element(task)
    if begun == reached or not source["state"] & TaskState.FINISHED_MASK or scope.after(source) is None:
        return
    here, there = sides.name(scope.process, begun), sides.name(scope.process, reached)
    drawn = sides.new.processes[scope.process]
    direct = any(flow.target == there for flow in drawn.out_of(here))
    if not direct and isinstance(scope.after(task), ParallelGatewayMixin) and len(drawn.into(there)) > 1:
        if not _passed(scope, task):
            yield reason(sides.new, "join", scope.process, there)
        return
    between = sides.between(scope.process, here, there)
    if between is None and not direct:
        yield reason(sides.new, "way", scope.process, there, here)
    for step in sorted(between or ()):
        yield reason(sides.new, "skipped", scope.process, step)


def _passed(scope: Scope, task: Task) -> bool:
    same = (each for each in scope.tasks.values() if each["task_spec"] == task["task_spec"])
    return any(each["state"] & TaskState.COMPLETED for each in same)


def _branches(sides: Counterparts, scope: Scope) -> Iterator[Reason]:
    """A parallel block under way whose number of branches changed would wait for one that never began."""
    if not _runs(scope):
        return
    old, new = sides.old.processes[scope.process], sides.new.processes[scope.process]
    passed = {scope.element(task) for task in scope.reached()}
    for gateway in old.of_type("parallelGateway"):
        there = sides.name(scope.process, gateway.id)
        counts = len(old.into(gateway.id)), len(old.out_of(gateway.id))
        if (
            there in new.elements
            and (len(new.into(there)), len(new.out_of(there))) != counts
            and (gateway.id in passed or _opened_before(old, gateway.id, passed))
        ):
            yield reason(sides.old, "branches", scope.process, gateway.id)


def _opened_before(drawn: Any, gateway: str, passed: set[str]) -> bool:
    """Whether any parallel gateway was passed that a way leads from to this one."""
    forks = {each.id for each in drawn.of_type("parallelGateway")} & passed
    return bool(forks - {gateway})
