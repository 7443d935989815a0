"""The events of a history in plain words: a title, and a detail where the title leaves something to say."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from workflows.definitions import Bundle
from workflows.domain.calendar import LOCAL
from workflows.domain.facts import from_json
from workflows.domain.filling import filled
from workflows.domain.text import Text
from workflows.queries.names import citation, procedure_name, step_name, value_name
from workflows.queries.shown import NOBODY, Known, words

NAMED: Mapping[str, Text] = {
    "InstanceEnded": Text("Kết thúc", "Ended"),
    "TaskClaimed": Text("Nhận xử lý", "Claimed"),
    "TaskReleased": Text("Bỏ nhận", "Released"),
    "TaskHandedOver": Text("Chuyển xử lý", "Handed over"),
    "TieDeclared": Text("Khai quan hệ với đối tượng", "Tie to a nominee declared"),
    "MemberRecused": Text("Quyết định thành viên không tham gia", "Member asked to stand aside"),
    "BlockOverridden": Text("Cho phép xét dù có điều kiện loại trừ", "Let go on although a rule bars it"),
    "UnitDissolved": Text("Đơn vị đề nghị sáp nhập", "Proposing unit merged"),
    "AwardEntered": Text("Ghi sổ khen thưởng", "Entered in the register of awards"),
    "PaperAttached": Text("Đính kèm giấy tờ", "Paper attached"),
    "PaperRemoved": Text("Gỡ giấy tờ", "Paper removed"),
    "NumberTaken": Text("Cấp số", "Number taken"),
    "UnitUrged": Text("Đôn đốc", "Urged on"),
    "CommentWritten": Text("Trao đổi", "Comment"),
    "DocumentReceived": Text("Đã nhận văn bản", "Document received"),
    "ExampleProposed": Text("Đề xuất điển hình, sáng kiến, mô hình", "Example proposed"),
    "ExampleRecognised": Text("Công nhận điển hình, sáng kiến, mô hình", "Example recognised"),
    "ProcedureOpened": Text("Mở thủ tục liên quan", "Related procedure opened"),
    "IncidentRaised": Text("Sự cố", "Incident"),
    "IncidentRetried": Text("Chạy lại sau sự cố", "Tried again after an incident"),
    "DossierMigrated": Text("Can thiệp: chuyển sang phiên bản khác", "Intervention: moved to another version"),
    "Intervened": Text("Can thiệp", "Intervention"),
    "FactChanged": Text("Thay đổi số liệu", "Facts changed"),
    "TimerCleared": Text("Thôi tính hạn", "Deadline no longer runs"),
    "TaskOpened": Text("Mở việc", "Task opened"),
    "TaskEscalated": Text("Nhắc hạn, báo cáo quá hạn", "Reminder or report of a limit"),
    "TaskCancelled": Text("Hủy việc", "Task cancelled"),
    "ElementPassed": Text("Qua bước trên sơ đồ", "Element passed"),
    "ElementCancelled": Text("Bỏ bước trên sơ đồ", "Element left"),
    "JobRequested": Text("Giao việc tự động", "Job requested"),
    "TimerSet": Text("Bắt đầu tính hạn", "Deadline set"),
    "MessageAwaited": Text("Chờ thông tin", "Message awaited"),
    "MessageWaitEnded": Text("Thôi chờ thông tin", "No longer waiting for the message"),
}
RULE = Text("Quy tắc đã áp dụng", "Rule applied")
UNNAMED = Text("Điểm nối trên sơ đồ", "A join on the diagram")
DEFAULTS = Text(
    "Không có dòng quy tắc nào phù hợp: dùng câu trả lời mặc định của bảng.",
    "No row of the table fits: its default answers were used.",
)
NO_ROW = Text("Không có dòng quy tắc nào", "No row of the table")


@dataclass(frozen=True, slots=True)
class Telling:
    """What a history is told with: its bundle, who and what its codes stand for, its nominees by line, the language."""

    bundle: Bundle
    locale: str
    names: Known = NOBODY
    nominees: Mapping[str, str] = field(default_factory=dict)

    def words(self, fact: str, stored: Any, locale: str | None = None) -> str:
        """A stored value of a fact in words, in the reader's language or another."""
        return words(self.bundle, fact, from_json(stored), locale or self.locale, self.names)

    def nominee(self, line: str) -> str:
        """The nominee of a line."""
        return self.nominees.get(line, "")


def title(telling: Telling, kind: str, event: Mapping[str, Any]) -> Text:
    """What happened, in a few words."""
    match kind:
        case "TaskCompleted" | "JobFinished":
            return _element(telling, event)
        case "DecisionMade":
            return _rule(telling, event)
        case "InstanceStarted":
            process = telling.bundle.processes[event["process"]].name
            english = telling.bundle.manifest.labels.get(event["process"], process)
            return Text(f"Mở {_small(process)}", f"Opened: {_small(english)}")
        case "TimerCleared" if event["fired"]:
            return _element(telling, event)
        case "MessageSent" | "MessageReceived" if event["message"] in telling.bundle.messages:
            return _message(telling, kind, event)
        case _:
            return NAMED.get(kind, Text(kind))


def detail(telling: Telling, kind: str, event: Mapping[str, Any]) -> Text | None:
    """What more there is to say."""
    return DETAILS[kind](telling, event) if kind in DETAILS else None


def outcome(telling: Telling, event: Mapping[str, Any], locale: str) -> str:
    """What a rule said: its one answer, or each under its name; the one that is the line's verdict shows elsewhere."""
    said = [
        (telling.bundle.label(fact).of(locale), telling.words(fact, event["outputs"][name], locale))
        for name, fact in answers(telling.bundle, event)
        if event["outputs"][name] is not None
    ]
    return said[0][1] if len(said) == 1 else "; ".join(f"{label}: {value}" for label, value in said)


def answers(bundle: Bundle, event: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The outputs of a decision in the order of its table, each with the fact it became."""
    table = bundle.tables.get(event["decision"], {}).get(event["rule_set"])
    order = [output.name for output in table.outputs] if table else []
    process = bundle.processes.get(event["process"])
    element = process.elements.get(event["element"]) if process else None
    verdict = element.properties.get("verdict") if element else None
    for name in sorted(event["outputs"], key=lambda each: order.index(each) if each in order else len(order)):
        if name != verdict:
            yield name, f"decisions.{event['decision']}.{name}"


def _rule(telling: Telling, event: Mapping[str, Any]) -> Text:
    name = _element(telling, event)
    if event["line"]:
        return Text(f"{RULE.vi}: {name.vi}", f"{RULE.en}: {name.of('en')}")
    vi, en = outcome(telling, event, "vi"), outcome(telling, event, "en")
    return Text(f"{RULE.vi}: {name.vi} → {vi}", f"{RULE.en}: {name.of('en')} → {en}")


def _rows(telling: Telling, event: Mapping[str, Any]) -> Text:
    table = telling.bundle.tables.get(event["decision"], {}).get(event["rule_set"])
    told = [rule.description for rule in table.rules if rule.id in event["rules"]] if table else []
    if not told and table and table.has_defaults:
        return DEFAULTS
    return Text(" ".join(citation(each) for each in told)) if told else NO_ROW


def _message(telling: Telling, kind: str, event: Mapping[str, Any]) -> Text:
    message = telling.bundle.messages[event["message"]]
    if kind == "MessageSent":
        return message.sent
    sender = telling.names.people.get(event["sender"], event["sender"])
    told = {"sender": sender}
    return Text(filled(message.received.vi, told), filled(message.received.en, told))


def _number(telling: Telling, event: Mapping[str, Any]) -> Text | None:
    series = telling.bundle.series.get(event["series"])
    if series is None:
        return None
    written = series.written(event["value"], event["year"])
    return Text(f"{series.title.vi}: {written}", f"{series.title.of('en')}: {written}")


def _opened(telling: Telling, event: Mapping[str, Any]) -> Text:
    name = _element(telling, event)
    who = telling.names.people.get(event.get("assignee") or "")
    if who:
        name = Text(f"{name.vi}, giao {who}", f"{name.of('en')}, given to {who}")
    return _until(name, event.get("due"))


def _until(name: Text, due: Any) -> Text:
    instant = from_json(due)
    if not isinstance(instant, datetime):
        return name
    day = instant.astimezone(LOCAL).strftime("%d/%m/%Y")
    return Text(f"{name.vi}, hạn {day}", f"{name.of('en')}, due {day}")


def _element(telling: Telling, event: Mapping[str, Any]) -> Text:
    element = event["element"]
    for process in telling.bundle.processes.values():
        if process.id == event.get("process", process.id) and element in process.elements:
            name = step_name(telling.bundle, process.id, element)
            return name if name.vi else UNNAMED
    return UNNAMED


def _reason(_telling: Telling, event: Mapping[str, Any]) -> Text | None:
    return Text(event["reason"]) if event["reason"] else None


def _waits(telling: Telling, event: Mapping[str, Any]) -> Text | None:
    message = telling.bundle.messages.get(event["message"])
    return message.title if message else None


def _paper(_telling: Telling, event: Mapping[str, Any]) -> Text:
    return Text(event["title"])


def _letter(_telling: Telling, event: Mapping[str, Any]) -> Text:
    return Text(event["text"])


def _received(_telling: Telling, event: Mapping[str, Any]) -> Text:
    on = from_json(event["received_on"])
    day = on.strftime("%d/%m/%Y") if isinstance(on, date) else ""
    return Text(f"{event['recipient']}: {event['receiver']}, {day}")


def _procedure(telling: Telling, event: Mapping[str, Any]) -> Text:
    return procedure_name(telling.bundle, event["procedure"], event["number"])


def _end(telling: Telling, event: Mapping[str, Any]) -> Text:
    return _element(telling, {**event, "element": event["end"]})


def _runs(telling: Telling, event: Mapping[str, Any]) -> Text:
    return _until(_element(telling, event), event["due"])


def _handed(telling: Telling, event: Mapping[str, Any]) -> Text:
    name, to = _element(telling, event), telling.names.people.get(event["to"], event["to"])
    reason = event["reason"]
    return Text(f"{name.vi}, giao {to}. {reason}", f"{name.of('en')}, to {to}. {reason}")


def _about_line(telling: Telling, event: Mapping[str, Any]) -> Text:
    member = event.get("member") or ""
    told = [telling.names.people.get(member, member), telling.nominee(event["line"]), event.get("reason") or ""]
    return Text(". ".join(each for each in told if each))


def merged(event: Mapping[str, Any]) -> Text:
    """Which unit became part of which, and from when."""
    old, new, on = event["unit_name"], event["successor_name"], date.fromisoformat(event["on"]).strftime("%d/%m/%Y")
    vi = f"Đơn vị {old} sáp nhập vào {new}, hoạt động đến hết ngày {on}; {new} tiếp nhận việc này."
    en = f"The unit {old} became part of {new}; its last day was {on}. {new} takes this over."
    return Text(f"{vi} {event['reason']}", f"{en} {event['reason']}")


def migrated(event: Mapping[str, Any]) -> Text:
    """From which version to which, what is skipped and why."""
    old, new, reason = event["from_version"], event["to_version"], event["reason"]
    skipped = ", ".join(event["skipped"])
    vi = f"Từ phiên bản {old} sang phiên bản {new}." + (f" Không qua bước mới: {skipped}." if skipped else "")
    en = f"From version {old} to version {new}." + (f" New steps not passed: {skipped}." if skipped else "")
    return Text(f"{vi} Lý do: {reason}", f"{en} Reason: {reason}")


def _small(name: str) -> str:
    return f"{name[:1].lower()}{name[1:]}"


def _escalated(telling: Telling, event: Mapping[str, Any]) -> Text:
    level = value_name(telling.bundle, "decisions.escalation.level", event["level"])
    names = ", ".join(telling.names.people.get(login, login) for login in event["to"])
    step = _element(telling, event)
    return Text(f"{step.vi}: {level.vi} ({names})", f"{step.of('en')}: {level.of('en')} ({names})")


DETAILS: Mapping[str, Callable[[Telling, Mapping[str, Any]], Text | None]] = {
    "DecisionMade": _rows,
    "IncidentRaised": _reason,
    "MessageReceived": _reason,
    "DossierMigrated": lambda _telling, event: migrated(event),
    "MessageAwaited": _waits,
    "MessageWaitEnded": _waits,
    "ProcedureOpened": _procedure,
    "PaperAttached": _paper,
    "PaperRemoved": _paper,
    "UnitUrged": _letter,
    "CommentWritten": _letter,
    "DocumentReceived": _received,
    "ExampleProposed": _paper,
    "ExampleRecognised": lambda _telling, event: Text(f"{event['title']}. {event['ground']}"),
    "NumberTaken": _number,
    "InstanceEnded": _end,
    "TaskOpened": _opened,
    "TimerSet": _runs,
    "TaskClaimed": _element,
    "TaskReleased": _element,
    "TaskHandedOver": _handed,
    "TieDeclared": _about_line,
    "MemberRecused": _about_line,
    "BlockOverridden": _about_line,
    "AwardEntered": _about_line,
    "UnitDissolved": lambda _telling, event: merged(event),
    "TaskCancelled": _element,
    "TaskEscalated": _escalated,
    "ElementPassed": _element,
    "ElementCancelled": _element,
    "JobRequested": _element,
}
