"""Only elements that are known to run: the others are refused by the engine, or do nothing in silence."""

from collections.abc import Iterator

from lxml import etree

from workflows.definitions.bundle import Bundle
from workflows.definitions.diagram import BPMN, SPIFF, line_of, read_diagram, tag
from workflows.definitions.lint import refused
from workflows.definitions.lint.finding import Finding, at, named, within
from workflows.definitions.lint.no_scripts import SCRIPTS
from workflows.definitions.process import EVENTS, GATEWAYS, SUBPROCESS, TASKS, Element, Process
from workflows.domain.text import Text

RULE = "allowed_elements"
STRUCTURE = frozenset(
    "definitions collaboration participant message error escalation process documentation "
    "extensionElements laneSet lane flowNodeRef sequenceFlow incoming outgoing "
    "conditionExpression multiInstanceLoopCharacteristics loopCardinality "
    "messageEventDefinition timerEventDefinition timeDate timeDuration timeCycle "
    "errorEventDefinition escalationEventDefinition terminateEventDefinition "
    "textAnnotation association text".split()
)
BPMN_TAGS = STRUCTURE | TASKS | EVENTS | GATEWAYS | {SUBPROCESS}
SPIFF_TAGS = frozenset({"properties", "property", "calledDecisionId"})
DRAWING = frozenset(
    {
        "http://www.omg.org/spec/BPMN/20100524/DI",
        "http://www.omg.org/spec/DD/20100524/DC",
        "http://www.omg.org/spec/DD/20100524/DI",
        "http://bpmn.io/schema/bpmn/biocolor/1.0",
        "http://www.omg.org/spec/BPMN/non-normative/color/1.0",
    }
)
MESSAGE, TIMER, ERROR, ESCALATION, TERMINATE = (
    f"{kind}EventDefinition" for kind in ("message", "timer", "error", "escalation", "terminate")
)
NOTHING = frozenset[str]()
TRIGGERS = {
    "startEvent": NOTHING,
    "endEvent": frozenset({MESSAGE, ERROR, ESCALATION, TERMINATE}),
    "intermediateThrowEvent": frozenset({MESSAGE, ESCALATION}),
    "intermediateCatchEvent": frozenset({MESSAGE, TIMER}),
    "boundaryEvent": frozenset({MESSAGE, TIMER, ERROR, ESCALATION}),
}
BARE = frozenset({"startEvent", "endEvent"})
HOSTS = {
    MESSAGE: frozenset({"userTask", "serviceTask", "callActivity", SUBPROCESS}),
    TIMER: frozenset({"userTask", "serviceTask", "callActivity", SUBPROCESS}),
    ERROR: frozenset({"callActivity", SUBPROCESS}),
    ESCALATION: frozenset({"callActivity", SUBPROCESS}),
}
MANY = frozenset({"userTask", "callActivity"})
FIX = Text(
    "Dùng các phần tử trong bảng của bpmn/README.md.",
    "Use the elements of the table in bpmn/README.md.",
)


def check(bundle: Bundle) -> Iterator[Finding]:
    """Tags and attributes outside the list, events that are not run where they stand, loops that are not run."""
    for process in bundle.processes.values():
        yield from _tags(process)
        for element in process.elements.values():
            yield from _event(process, element)
            yield from _boundary(process, element)
            yield from _loop(process, element)


def _tags(process: Process) -> Iterator[Finding]:
    for node in read_diagram(process.file, process.xml).iter():
        space = etree.QName(node).namespace if isinstance(node.tag, str) else None
        name, key = tag(node), _owner(process, node)
        allowed = {BPMN: BPMN_TAGS, SPIFF: SPIFF_TAGS}.get(str(space), NOTHING)
        if not isinstance(node.tag, str) or space in DRAWING or name in SCRIPTS:
            continue
        if space == BPMN and name in refused.TAGS:
            yield _refused(process, key, refused.TAGS[name], line_of(node))
        elif name not in allowed:
            what = Text(f"Phần tử «{name}» không được phép.", f"The element «{name}» is not allowed.")
            yield within(RULE, process.file, key, what, FIX, line_of(node))
        for attribute, value in node.attrib.items():
            told = "false" if attribute == "isExecutable" and value != "true" else str(value)
            if (str(attribute), told) in refused.ATTRIBUTES:
                yield _refused(process, key, refused.ATTRIBUTES[str(attribute), told], line_of(node))


def _owner(process: Process, node: etree._Element) -> str:
    """The id of the element or flow that a part of it belongs to."""
    keys = (str(each.get("id", "")) for each in (node, *node.iterancestors()))
    known = process.elements.keys() | process.flows.keys()
    return next((key for key in keys if key in known), str(node.get("id", tag(node))))


def _refused(process: Process, element: str, found: refused.Refused, line: int) -> Finding:
    return within(RULE, process.file, element, found.sentence(f"«{element}»"), found.instead, line)


def _event(process: Process, element: Element) -> Iterator[Finding]:
    if element.type not in TRIGGERS or element.kinds() & refused.TAGS.keys():
        return
    many, bare = len(element.triggers), element.type in BARE
    if element.kinds() - TRIGGERS[element.type] or many > 1 or (many == 0 and not bare):
        what = Text(
            f"Sự kiện {named(element)} có kiểu không chạy được ở vị trí này.",
            f"The event {named(element)} has a kind that is not run in this place.",
        )
        yield at(RULE, process, element, what, FIX)


def _boundary(process: Process, element: Element) -> Iterator[Finding]:
    host = process.elements.get(element.attached_to or "")
    for kind in element.kinds() if host else ():
        if host and kind in HOSTS and host.type not in HOSTS[kind]:
            what = Text(
                f"Sự kiện biên {named(element)} không bao giờ xảy ra trên {named(host)}.",
                f"The boundary event {named(element)} can never happen on {named(host)}.",
            )
            fix = Text(
                "Gắn thông điệp hoặc hạn vào tác vụ; lỗi hoặc leo thang vào hoạt động gọi.",
                "Attach messages and deadlines to tasks, errors and escalations to call activities.",
            )
            yield at(RULE, process, element, what, fix)
    if element.attached_to and not element.interrupting and element.kinds() != {ESCALATION}:
        what = Text(
            f"Sự kiện biên {named(element)} không ngắt.", f"The boundary event {named(element)} does not interrupt."
        )
        fix = Text(
            "Chọn sự kiện biên ngắt; nhắc việc là hàng của bảng thời hạn.",
            "Make it interrupting; reminders come from the deadlines, not from the diagram.",
        )
        yield at(RULE, process, element, what, fix)


def _loop(process: Process, element: Element) -> Iterator[Finding]:
    loop = element.loop
    if loop is None:
        return
    if element.type not in MANY or not loop.parallel or loop.cardinality is None or loop.others:
        what = Text(f"Vòng lặp của {named(element)} không chạy được.", f"The loop of {named(element)} is not run.")
        fix = Text(
            "Chỉ tác vụ người dùng hoặc hoạt động gọi lặp song song với số lần (loopCardinality).",
            "Only a user task or a call activity may be multiple, in parallel, with a cardinality and nothing else.",
        )
        yield at(RULE, process, element, what, fix)
    elif element.type == "callActivity" and process.attached_to(element.id):
        what = Text(
            f"{named(element)} lặp nhiều lần nên không thể bị ngắt: bộ máy sẽ dừng với lỗi.",
            f"{named(element)} is multiple and cannot be interrupted: the engine would stop with an error.",
        )
        fix = Text(
            "Gọi nó từ một quy trình riêng và gắn sự kiện biên vào lần gọi đó.",
            "Call it from a process of its own and attach the boundary event to that call.",
        )
        yield at(RULE, process, element, what, fix)
