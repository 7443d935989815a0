"""The events of a history as the steps people read; technical ones are kept apart, facts go with the step that told them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from workflows.definitions import Bundle
from workflows.domain.facts import from_json
from workflows.domain.text import Text
from workflows.queries.names import step_name
from workflows.queries.shown import words

NAMED: Mapping[str, Text] = {
    "InstanceStarted": Text("Mở", "Opened"),
    "InstanceEnded": Text("Kết thúc", "Closed"),
    "TaskClaimed": Text("Nhận xử lý", "Claimed"),
    "TaskReleased": Text("Bỏ nhận", "Released"),
    "MessageSent": Text("Gửi kết quả giữa các quy trình", "Message sent"),
    "MessageReceived": Text("Nhận thông tin", "Message received"),
    "PaperAttached": Text("Đính kèm giấy tờ", "Paper attached"),
    "PaperRemoved": Text("Gỡ giấy tờ", "Paper removed"),
    "NumberTaken": Text("Cấp số", "Number taken"),
    "IncidentRaised": Text("Sự cố", "Incident"),
    "IncidentRetried": Text("Chạy lại sau sự cố", "Tried again after an incident"),
    "FactChanged": Text("Thay đổi số liệu", "Facts changed"),
    "TimerCleared": Text("Hết hạn", "Deadline passed"),
    "TaskOpened": Text("Mở việc", "Task opened"),
    "TaskCancelled": Text("Hủy việc", "Task cancelled"),
    "ElementPassed": Text("Qua bước trên sơ đồ", "Element passed"),
    "ElementCancelled": Text("Bỏ bước trên sơ đồ", "Element left"),
    "JobRequested": Text("Giao việc tự động", "Job requested"),
    "TimerSet": Text("Bắt đầu tính hạn", "Deadline set"),
    "MessageAwaited": Text("Chờ thông tin", "Message awaited"),
    "MessageWaitEnded": Text("Thôi chờ thông tin", "No longer waiting for the message"),
}
RULE = Text("Quy tắc đã áp dụng", "Rule applied")
CARRIES_FACTS = frozenset({"TaskCompleted", "MessageReceived", "InstanceStarted", "JobFinished", "DecisionMade"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact as it changed."""

    label: Text
    line: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One step of a history."""

    seq: int
    kind: str
    at: datetime
    at_real: datetime
    actor_name: str
    actor_title: str
    on_behalf: str | None
    title: Text
    detail: Text | None
    entries: tuple[Entry, ...]
    technical: bool
    element: str | None
    process: str | None


def steps(
    bundle: Bundle, told: Iterable[Mapping[str, Any]], technical: frozenset[str], locale: str
) -> tuple[TraceStep, ...]:
    """The steps in order; a changed fact is an entry of the step before it in the same act."""
    found: list[TraceStep] = []
    for each in told:
        if each["kind"] == "FactChanged":
            entry = _entry(bundle, each["event"], locale)
            carrier = _carrier(found, each)
            if carrier is None:
                found.append(replace(_step(bundle, each, technical=True), entries=(entry,)))
            else:
                found[carrier] = replace(found[carrier], entries=(*found[carrier].entries, entry))
        else:
            found.append(_step(bundle, each, technical=each["kind"] in technical))
    return tuple(found)


def _carrier(found: list[TraceStep], told: Mapping[str, Any]) -> int | None:
    at = datetime.fromisoformat(told["at_real"])
    for place in range(len(found) - 1, -1, -1):
        if found[place].at_real != at:
            return None
        if found[place].kind in CARRIES_FACTS:
            return place
    return None


def _step(bundle: Bundle, told: Mapping[str, Any], *, technical: bool) -> TraceStep:
    event, kind = told["event"], told["kind"]
    return TraceStep(
        told["seq"],
        kind,
        datetime.fromisoformat(told["at"]),
        datetime.fromisoformat(told["at_real"]),
        told["actor"]["name"],
        told["actor"]["title"],
        told["on_behalf_of"],
        _title(bundle, kind, event),
        _detail(bundle, kind, event),
        (),
        technical or (kind == "TimerCleared" and not event["fired"]),
        event.get("element"),
        event.get("process"),
    )


def _title(bundle: Bundle, kind: str, event: Mapping[str, Any]) -> Text:
    match kind:
        case "TaskCompleted":
            return step_name(bundle, event["process"], event["element"])
        case "DecisionMade":
            name = step_name(bundle, event["process"], event["element"])
            return Text(f"{RULE.vi}: {name.vi}", f"{RULE.en}: {name.of('en')}")
        case "JobFinished":
            return _job(bundle, event)
        case "InstanceEnded" if event["end"]:
            return Text(bundle.element(event["process"], event["end"]).name)
        case _:
            return NAMED.get(kind, Text(kind))


def _job(bundle: Bundle, event: Mapping[str, Any]) -> Text:
    for process in bundle.processes.values():
        if event["element"] in process.elements:
            return Text(process.elements[event["element"]].name)
    return Text(event["operation"])


def _detail(bundle: Bundle, kind: str, event: Mapping[str, Any]) -> Text | None:
    match kind:
        case "DecisionMade":
            said = ", ".join(str(from_json(value)) for value in event["outputs"].values() if value is not None)
            about = f"{event['line']}: " if event["line"] else ""
            return Text(
                f"{about}{said} (bộ {event['rule_set']}, dòng quy tắc {', '.join(event['rules']) or 'không có'})",
                f"{about}{said} (rule set {event['rule_set']}, rules {', '.join(event['rules']) or 'none'})",
            )
        case "IncidentRaised":
            return Text(event["reason"])
        case "MessageReceived" if event["reason"]:
            return Text(event["reason"])
        case "MessageSent" | "MessageReceived" | "MessageAwaited" | "MessageWaitEnded":
            message = bundle.messages.get(event["message"])
            return message.title if message else Text(event["message"])
        case "PaperAttached" | "PaperRemoved":
            return Text(event["title"])
        case "NumberTaken":
            series = bundle.series.get(event["series"])
            return Text(series.written(event["value"], event["year"])) if series else None
        case "TaskClaimed" | "TaskReleased" | "TaskOpened" | "TaskCancelled" | "ElementPassed" | "ElementCancelled":
            return _named(bundle, event)
        case _:
            return None


def _named(bundle: Bundle, event: Mapping[str, Any]) -> Text:
    form = bundle.forms.get(event["element"])
    if form:
        return Text.read(form.ui["title"])
    process = bundle.processes.get(event.get("process", ""))
    named = process.elements[event["element"]].name if process and event["element"] in process.elements else ""
    return Text(named or event["element"])


def _entry(bundle: Bundle, event: Mapping[str, Any], locale: str) -> Entry:
    fact = event["fact"]
    return Entry(
        _label(bundle, fact),
        event["line"],
        _shown(bundle, fact, event["old"], locale),
        _shown(bundle, fact, event["new"], locale),
    )


def _label(bundle: Bundle, fact: str) -> Text:
    special = {
        "nominee": Text("Đối tượng đề nghị", "Nominee"),
        "verdict": Text("Kết luận", "Verdict"),
        "round.line": Text("Vào đợt xét, thứ tự", "Joined the round, place"),
    }
    if fact in special:
        return special[fact]
    if fact.startswith("by."):
        name = _named(bundle, {"element": fact.removeprefix("by.")})
        return Text(f"Người thực hiện: {name.vi}", f"Done by: {name.of('en')}")
    return bundle.label(fact)


def _shown(bundle: Bundle, fact: str, stored: Any, locale: str) -> str:
    if isinstance(stored, dict) and not {"date", "instant", "decimal"} & set(stored):
        return ", ".join(words(bundle, f"nominee.{name}", from_json(value), locale) for name, value in stored.items())
    return words(bundle, fact, from_json(stored), locale)
