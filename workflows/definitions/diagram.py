"""Reads a .bpmn file into a Process with lxml alone; it judges nothing that a lint can say better."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from workflows.definitions.errors import BundleRejected
from workflows.definitions.process import SUBPROCESS, Element, Flow, Loop, Process, Trigger
from workflows.domain.said import Said
from workflows.rules.errors import TableRejected
from workflows.rules.markup import read_xml

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"
NOT_NODES = frozenset(
    "laneSet sequenceFlow documentation extensionElements property textAnnotation association incoming outgoing "
    "multiInstanceLoopCharacteristics standardLoopCharacteristics".split()
)
CLOCKS = ("timeDate", "timeDuration", "timeCycle")


def read_process(file: str, xml: bytes) -> Process:
    """The one process of a diagram. Raises BundleRejected where there is none, or more than one."""
    root = read_diagram(file, xml)
    processes = list(root.findall(bpmn("process")))
    if len(processes) != 1:
        raise BundleRejected(
            place=file, why=Said("the file holds {found} processes; keep exactly one.", found=len(processes))
        )
    process = processes[0]
    lanes = {node: name for name, nodes in _lanes(process) for node in nodes}
    return Process(
        id=process.get("id", ""),
        name=process.get("name", ""),
        file=file,
        xml=xml,
        elements={element.id: element for element in _elements(process, None, None, lanes, _named(root))},
        flows={flow.id: flow for flow in map(_flow, process.iter(bpmn("sequenceFlow")))},
        lanes=tuple(name for name, _ in _lanes(process)),
        documentation=_text(process.find(bpmn("documentation"))),
        line=line_of(process),
    )


def read_diagram(file: str, xml: bytes) -> etree._Element:
    """The root of a diagram, read within the limits of every XML file. Raises BundleRejected."""
    try:
        return read_xml(xml, place=file)
    except TableRejected as error:
        raise BundleRejected(place=file, why=error.about["why"]) from None


def bpmn(name: str) -> str:
    """The full tag of a BPMN element."""
    return f"{{{BPMN}}}{name}"


def is_bpmn(node: etree._Element) -> bool:
    """Whether a node of the file is a BPMN element, not a comment and not of another namespace."""
    return isinstance(node.tag, str) and etree.QName(node).namespace == BPMN


def tag(node: etree._Element) -> str:
    """The tag without its namespace; "" for a comment."""
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def line_of(node: etree._Element) -> int:
    """The line of the file on which an element begins."""
    return int(node.sourceline or 0)


def _lanes(process: etree._Element) -> Iterator[tuple[str, list[str]]]:
    for lane in process.iter(bpmn("lane")):
        yield lane.get("name", ""), [_text(node) for node in lane.findall(bpmn("flowNodeRef"))]


@dataclass(frozen=True, slots=True)
class _Named:
    """What events refer to by id: the names of messages, the codes of errors and escalations."""

    messages: Mapping[str, str]
    codes: Mapping[str, str]


def _named(root: etree._Element) -> _Named:
    return _Named(
        {each.get("id", ""): each.get("name", "") for each in root.findall(bpmn("message"))},
        {
            each.get("id", ""): each.get(f"{kind}Code", "")
            for kind in ("error", "escalation")
            for each in root.findall(bpmn(kind))
        },
    )


def _elements(
    inside: etree._Element, scope: str | None, lane: str | None, lanes: Mapping[str, str], named: _Named
) -> Iterator[Element]:
    for node in inside:
        if is_bpmn(node) and tag(node) not in NOT_NODES:
            key = node.get("id", "")
            stands = lanes.get(key, lane)
            yield _element(node, scope, stands, named)
            if tag(node) == SUBPROCESS:
                yield from _elements(node, key, stands, lanes, named)


def _element(node: etree._Element, scope: str | None, lane: str | None, named: _Named) -> Element:
    decision = node.find(f"{bpmn('extensionElements')}/{{{SPIFF}}}calledDecisionId")
    return Element(
        id=node.get("id", ""),
        type=tag(node),
        name=node.get("name", ""),
        lane=lane,
        properties=_properties(node),
        documentation=_text(node.find(bpmn("documentation"))),
        line=line_of(node),
        decision=_text(decision) or None,
        called=node.get("calledElement"),
        default=node.get("default"),
        attached_to=node.get("attachedToRef"),
        interrupting=node.get("cancelActivity", "true") != "false",
        triggers=tuple(_trigger(each, named) for each in node if tag(each).endswith("EventDefinition")),
        loop=_loop(node),
        scope=scope,
    )


def _properties(node: etree._Element) -> dict[str, str]:
    path = f"{bpmn('extensionElements')}/{{{SPIFF}}}properties/{{{SPIFF}}}property"
    return {each.get("name", ""): each.get("value", "") for each in node.findall(path)}


def _trigger(node: etree._Element, named: _Named) -> Trigger:
    message, code = node.get("messageRef"), node.get("errorRef") or node.get("escalationRef")
    clock = next((each for each in node if tag(each) in CLOCKS), None)
    return Trigger(
        kind=tag(node),
        message=named.messages.get(message) if message else None,
        clock=tag(clock) if clock is not None else None,
        expression=_text(clock) if clock is not None else None,
        code=named.codes.get(code, "") if code else None,
    )


def _loop(node: etree._Element) -> Loop | None:
    many = node.find(bpmn("multiInstanceLoopCharacteristics"))
    if many is None:
        return None
    cardinality = many.find(bpmn("loopCardinality"))
    return Loop(
        parallel=many.get("isSequential", "false") != "true",
        cardinality=_text(cardinality) if cardinality is not None else None,
        others=tuple(tag(each) for each in many if tag(each) not in {"", "loopCardinality"}),
    )


def _flow(node: etree._Element) -> Flow:
    condition = node.find(bpmn("conditionExpression"))
    return Flow(
        id=node.get("id", ""),
        name=node.get("name", ""),
        source=node.get("sourceRef", ""),
        target=node.get("targetRef", ""),
        condition=_text(condition) if condition is not None else None,
        line=line_of(node),
    )


def _text(node: etree._Element | None) -> str:
    return "" if node is None else "".join(str(part) for part in node.itertext()).strip()
