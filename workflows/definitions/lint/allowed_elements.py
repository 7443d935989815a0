"""Only elements that are known to run: the others are refused by the engine, or do nothing in silence."""

from collections.abc import Iterator

from lxml import etree

from workflows.definitions.bundle import Bundle
from workflows.definitions.diagram import BPMN, SPIFF, line_of, read_diagram, tag
from workflows.definitions.lint.finding import Finding, at, named, within
from workflows.definitions.process import EVENTS, TASKS, Element, Process
from workflows.domain.text import Text

STRUCTURE = frozenset(
    "definitions collaboration participant message process documentation "  # noqa: SIM905
    "extensionElements laneSet lane flowNodeRef sequenceFlow incoming outgoing "
    "conditionExpression multiInstanceLoopCharacteristics loopCardinality "
    "messageEventDefinition timerEventDefinition timeDate timeDuration timeCycle "
    "textAnnotation association text".split()
)
BPMN_TAGS = STRUCTURE | TASKS | EVENTS | {"exclusiveGateway"}
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
TRIGGERS = {
    "startEvent": frozenset[str](),
    "endEvent": frozenset[str](),
    "intermediateThrowEvent": frozenset({"messageEventDefinition"}),
    "intermediateCatchEvent": frozenset({"messageEventDefinition"}),
    "boundaryEvent": frozenset({"messageEventDefinition", "timerEventDefinition"}),
}
RULE = "allowed_elements"
FIX = Text(
    "Dùng tác vụ người dùng, dịch vụ, quy tắc, gọi quy trình con, cổng loại trừ, thông điệp hoặc hạn ở biên.",
    "Use user, service or rule tasks, call activities, exclusive gateways, messages or a deadline on the boundary.",
)


def check(bundle: Bundle) -> Iterator[Finding]:
    """Tags outside the list, events with a trigger that is not run, loops other than a parallel user task."""
    for process in bundle.processes.values():
        yield from _tags(process)
        for element in process.elements.values():
            yield from _events(process, element)
            yield from _loop(process, element)


def _tags(process: Process) -> Iterator[Finding]:
    for node in read_diagram(process.file, process.xml).iter():
        if not isinstance(node.tag, str):
            continue
        space = etree.QName(node).namespace
        allowed = {BPMN: BPMN_TAGS, SPIFF: SPIFF_TAGS}.get(str(space), frozenset())
        if space not in DRAWING and tag(node) not in allowed:
            what = Text(f"Phần tử «{tag(node)}» không được phép.", f"The element «{tag(node)}» is not allowed.")
            yield within(RULE, process.file, node.get("id", tag(node)), what, FIX, line_of(node))


def _events(process: Process, element: Element) -> Iterator[Finding]:
    if element.type not in TRIGGERS:
        return
    kinds = {trigger.kind for trigger in element.triggers}
    wanted = bool(TRIGGERS[element.type])
    if kinds - TRIGGERS[element.type] or len(element.triggers) != int(wanted):
        what = Text(
            f"Sự kiện {named(element)} có kiểu không chạy được ở vị trí này.",
            f"The event {named(element)} has a kind that is not run in this place.",
        )
        yield at(RULE, process, element, what, FIX)
    if element.attached_to and not element.interrupting:
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
    if element.type != "userTask" or not loop.parallel or loop.cardinality is None or loop.others:
        what = Text(f"Vòng lặp của {named(element)} không chạy được.", f"The loop of {named(element)} is not run.")
        fix = Text(
            "Chỉ tác vụ người dùng lặp song song với số lần (loopCardinality).",
            "Only a user task may be multiple, in parallel, with a cardinality and nothing else.",
        )
        yield at(RULE, process, element, what, fix)
