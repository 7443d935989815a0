"""A diagram as its elements, each with everything the file says of it by name; the drawing is kept apart."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from workflows.definitions.diagram import BPMN, SPIFF, bpmn, is_bpmn, line_of, read_diagram, tag
from workflows.definitions.process import SUBPROCESS

PARTS = frozenset(
    "laneSet collaboration documentation extensionElements property conditionExpression incoming outgoing "
    "multiInstanceLoopCharacteristics standardLoopCharacteristics loopCardinality completionCondition "
    "timeDate timeDuration timeCycle text script ioSpecification dataInput dataOutput inputSet outputSet "
    "dataInputAssociation dataOutputAssociation".split()
)
"""BPMN that belongs to the element around it, though it may have an id."""
RETOLD = frozenset({bpmn("incoming"), bpmn("outgoing"), bpmn("flowNodeRef")})
"""What flows and lanes say already."""
DRAWINGS = frozenset({"BPMNShape", "BPMNEdge", "BPMNPlane"})
REFERENCES = {"messageRef": ("message", "name"), "errorRef": ("error", "errorCode")}
REFERENCES["escalationRef"] = ("escalation", "escalationCode")
ORDER, LANE, SCOPE, TYPE = "order", "lane", "scope", "type"


@dataclass(frozen=True, slots=True)
class Part:
    """One element: its tag, name and line, `aspects` all the rest by name, `drawn` its shape as one text."""

    id: str
    type: str
    name: str
    line: int
    aspects: Mapping[str, str]
    drawn: str


def read_parts(file: str, xml: bytes) -> dict[str, Part]:
    """The elements of a diagram by id, "" for the file itself. Raises BundleRejected."""
    root = read_diagram(file, xml)
    drawn = _drawn(root)
    lanes = {
        "".join(ref.itertext()).strip(): str(lane.get("id", ""))
        for lane in root.iter(bpmn("lane"))
        for ref in lane.findall(bpmn("flowNodeRef"))
    }
    named = {
        str(node.get("id")): str(node.get(said) or node.get("name") or "")
        for kind, said in REFERENCES.values()
        for node in root.findall(bpmn(kind))
    }
    ways: dict[str, list[str]] = {}
    for flow in root.iter(bpmn("sequenceFlow")):
        ways.setdefault(str(flow.get("sourceRef")), []).append(str(flow.get("id")))
    found: dict[str, Part] = {}
    for node in root.iter(etree.Element):
        if _is_part(root, node):
            key = "" if node is root else str(node.get("id"))
            while key in found:
                key += "'"
            aspects = dict(_aspects(root, node, named))
            aspects.update(_places(node, lanes, ways))
            found[key] = Part(
                key, tag(node), str(node.get("name", "")), line_of(node), aspects, drawn.get(str(node.get("id")), "")
            )
    return found


def _is_part(root: etree._Element, node: etree._Element) -> bool:
    if node is root:
        return True
    return bool(is_bpmn(node) and node.get("id") and tag(node) not in PARTS and not tag(node).endswith("Definition"))


def _places(node: etree._Element, lanes: Mapping[str, str], ways: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Where an element stands, and in which order the ways out of a gateway are tried."""
    yield TYPE, tag(node)
    around, key = node.getparent(), str(node.get("id", ""))
    if key in lanes:
        yield LANE, lanes[key]
    if around is not None and tag(around) == SUBPROCESS:
        yield SCOPE, str(around.get("id", ""))
    if tag(node) == "exclusiveGateway" and len(ways.get(key, ())) > 1:
        yield ORDER, "\n".join(ways[key])


def _aspects(root: etree._Element, node: etree._Element, named: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Everything an element says by a name that stays; the same name twice is one text of two lines."""
    told: dict[str, list[str]] = {}
    for name, value in _told(root, node, "", named):
        told.setdefault(name, []).append(value)
    for name, values in told.items():
        yield name, "\n".join(values)


def _told(
    root: etree._Element, node: etree._Element, inside: str, named: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    for attribute, value in node.attrib.items():
        name = _name(str(attribute))
        if name != "id":
            yield f"{inside}{name}", named.get(str(value), str(value)) if name in REFERENCES else str(value)
    for child in node.iterchildren(etree.Element):
        if child.tag in RETOLD or _is_part(root, child) or _is_drawing(child):
            continue
        if child.tag == f"{{{SPIFF}}}property":
            yield f"property.{child.get('name', '')}", str(child.get("value", ""))
            continue
        name = f"{inside}{_name(str(child.tag))}"
        text = (child.text or "").strip()
        if text or not len(child):
            yield name, text
        yield from _told(root, child, f"{name}.", named)


def _is_drawing(node: etree._Element) -> bool:
    return etree.QName(node).namespace not in {BPMN, SPIFF} and tag(node) == "BPMNDiagram"


def _name(written: str) -> str:
    """A tag or an attribute without the address of BPMN; another's keeps the end of its address."""
    name = etree.QName(written)
    if name.namespace in {None, BPMN, SPIFF, "http://www.w3.org/2001/XMLSchema-instance"}:
        return name.localname
    return f"{str(name.namespace).rstrip('/#').rpartition('/')[2]}:{name.localname}"


def _drawn(root: etree._Element) -> dict[str, str]:
    """How each element is drawn: place, size, bends, label and colours, without the ids of the drawing."""
    found: dict[str, str] = {}
    for node in root.iter(etree.Element):
        if tag(node) in DRAWINGS and node.get("bpmnElement"):
            key = str(node.get("bpmnElement"))
            found[key] = found.get(key, "") + ("" if tag(node) == "BPMNPlane" else _shape(node))
    return found


def _shape(node: etree._Element) -> str:
    told = " ".join(
        f"{_name(str(name))}={_plain(str(value))}" for name, value in sorted(node.attrib.items()) if name != "id"
    )
    return f"({tag(node)} {told} {''.join(map(_shape, node.iterchildren(etree.Element)))})"


def _plain(value: str) -> str:
    """160 and 160.0 are the same place."""
    try:
        return f"{float(value):g}"
    except ValueError:
        return value
