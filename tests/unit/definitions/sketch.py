"""Processes drawn in a few lines of text, and a clean bundle around them: lanes, forms, tables, messages, pictures.

A line is one element (`kind id: what`) or the arrows between several (`ask > check > done [go.on]`: the condition of
the last arrow). A sub-process begins with `sub id` and its lines are set in. Of the ways out of an exclusive gateway
the last without a condition is the default; the others get the condition `go.on`. The first line may be `process id`.
"""

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from workflows.definitions import Bundle, load_files

TAGS = {
    "start": "startEvent",
    "end": "endEvent",
    "user": "userTask",
    "service": "serviceTask",
    "rule": "businessRuleTask",
    "call": "callActivity",
    "sub": "subProcess",
    "xor": "exclusiveGateway",
    "and": "parallelGateway",
    "events": "eventBasedGateway",
    "catch": "intermediateCatchEvent",
    "throw": "intermediateThrowEvent",
    "boundary": "boundaryEvent",
}
ARROW = re.compile(r"\s*>\s*")
CONDITION = re.compile(r"(\w+)\s*\[(.*)\]")
SPACES = (
    'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core"'
)
LANE = "Đơn vị"
MANIFEST = """key = "sketched"
title = { vi = "Phác thảo", en = "Sketch" }
[[rule_sets]]
key = "r1"
valid_from = 2020-01-01
[groups]
unit = { vi = "Đơn vị", en = "Unit" }
[lanes."Đơn vị"]
group = "unit"
en = "Unit"
[facts."go.on"]
type = "boolean"
[facts."go.back"]
type = "boolean"
[facts."council.members"]
type = "list"
of = "text"
"""
NOTICE = """[notices.told]
to = "unit"
title = { vi = "Báo tin", en = "News" }
body = { vi = "Xong.", en = "Done." }
"""
TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:test">
<decision id="{id}" name="{id}"><decisionTable id="t" hitPolicy="{policy}">{outputs}
<rule id="luat_thu_d1"><description>Luật thử Điều 1 [D]</description>{cells}</rule>
</decisionTable></decision></definitions>"""
FORM = '{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "additionalProperties": false}'


@dataclass
class Drawn:
    """One element of a sketch; `what` is the text after its colon."""

    kind: str
    id: str
    what: str = ""
    on: str = ""
    inside: "Scope | None" = None


@dataclass
class Scope:
    """What stands in a process or in a sub-process: elements, and arrows as (source, target, condition)."""

    elements: list[Drawn] = field(default_factory=list)
    flows: list[tuple[str, str, str]] = field(default_factory=list)

    def all(self) -> Iterator[Drawn]:
        """The elements here and in the sub-processes."""
        for element in self.elements:
            yield element
            if element.inside:
                yield from element.inside.all()

    def all_flows(self) -> Iterator[tuple[str, str, str]]:
        """The arrows here and in the sub-processes."""
        yield from self.flows
        for element in self.elements:
            if element.inside:
                yield from element.inside.all_flows()


def read(text: str) -> dict[str, Scope]:
    """The processes of a sketch by id."""
    processes: dict[str, Scope] = {}
    inside: list[tuple[int, Scope]] = []
    for line in text.splitlines():
        depth, told = len(line) - len(line.lstrip()), line.strip()
        if not told:
            continue
        if told.startswith("process ") or not inside:
            name = told.removeprefix("process ") if told.startswith("process ") else "walk"
            processes[name] = Scope()
            inside = [(depth, processes[name])]
            if told.startswith("process "):
                continue
        while len(inside) > 1 and depth < inside[-1][0]:
            inside.pop()
        _line(told, depth, inside)
    return processes


def _line(told: str, depth: int, inside: list[tuple[int, Scope]]) -> None:
    scope = inside[-1][1]
    if ">" in told:
        parts = [CONDITION.fullmatch(part) or part for part in ARROW.split(told)]
        for source, target in itertools.pairwise(parts):
            first = source if isinstance(source, str) else source[1]
            last, condition = (target, "") if isinstance(target, str) else (target[1], target[2])
            scope.flows.append((first, last, condition))
        return
    name, _, what = told.partition(":")
    kind, key, *more = name.split()
    element = Drawn(kind, key, what.strip(), more[-1] if more else "")
    scope.elements.append(element)
    if kind == "sub":
        element.inside = Scope()
        inside.append((depth + 1, element.inside))


def diagram(name: str, scope: Scope) -> bytes:
    """A process as the file of a diagram, with a shape for everything."""
    elements = list(scope.all())
    flows = [f"{source}__{target}" for source, target, _ in scope.all_flows()]
    shapes = "".join(f'<bpmndi:BPMNShape id="{each.id}_di" bpmnElement="{each.id}"/>' for each in elements)
    edges = "".join(f'<bpmndi:BPMNEdge id="{each}_di" bpmnElement="{each}"/>' for each in flows)
    nodes = "".join(f"<bpmn:flowNodeRef>{each.id}</bpmn:flowNodeRef>" for each in scope.elements)
    lines = (
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<bpmn:definitions {SPACES} id="definitions_{name}" targetNamespace="urn:test">',
        *_declared(elements),
        f'<bpmn:process id="{name}" name="{name}" isExecutable="true">',
        f'<bpmn:laneSet id="lanes_{name}"><bpmn:lane id="lane_{name}" name="{LANE}">{nodes}</bpmn:lane></bpmn:laneSet>',
        *_body(scope),
        "</bpmn:process>",
        f'<bpmndi:BPMNDiagram id="diagram_{name}"><bpmndi:BPMNPlane id="plane_{name}" bpmnElement="{name}">',
        f"{shapes}{edges}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>",
    )
    return "\n".join(lines).encode()


def _declared(elements: list[Drawn]) -> Iterator[str]:
    for kind in ("message", "error", "escalation"):
        for name in sorted({_trigger(each)[1] for each in elements if _trigger(each)[0] == kind} - {""}):
            code = f' {kind}Code="{name}"' if kind != "message" else ""
            yield f'<bpmn:{kind} id="{kind}_{name}" name="{name}"{code}/>'


def _body(scope: Scope) -> Iterator[str]:
    for element in scope.elements:
        yield from _element(element, scope)
    for source, target, condition in scope.flows:
        told = condition or ("go.on" if _needs_condition(scope, source, target) else "")
        inner = f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{escape(told)}</bpmn:conditionExpression>'
        attributes = f'id="{source}__{target}" name="{target}" sourceRef="{source}" targetRef="{target}"'
        yield f"<bpmn:sequenceFlow {attributes}>{inner if told else ''}</bpmn:sequenceFlow>"


def _needs_condition(scope: Scope, source: str, target: str) -> bool:
    kind = next((each.kind for each in scope.elements if each.id == source), "")
    out = [each for each in scope.flows if each[0] == source]
    return kind == "xor" and len(out) > 1 and _default(scope, source) != target


def _default(scope: Scope, source: str) -> str:
    plain = [target for start, target, condition in scope.flows if start == source and not condition]
    return plain[-1] if plain else ""


def _trigger(element: Drawn) -> tuple[str, str]:
    if element.kind not in {"end", "catch", "throw", "boundary"} or not element.what:
        return "", ""
    kind, _, name = element.what.partition(",")[0].partition(" ")
    return kind, name


def _element(element: Drawn, scope: Scope) -> Iterator[str]:
    attributes = {"id": element.id, "name": element.id.replace("_", " ")}
    if element.kind == "boundary":
        attributes["attachedToRef"] = element.on
        if "not interrupting" in element.what:
            attributes["cancelActivity"] = "false"
    if element.kind == "call":
        attributes["calledElement"] = element.what.partition(",")[0]
    out = [target for source, target, _ in scope.flows if source == element.id]
    if element.kind == "xor" and len(out) > 1 and _default(scope, element.id):
        attributes["default"] = f"{element.id}__{_default(scope, element.id)}"
    told = " ".join(f"{key}={quoteattr(value)}" for key, value in attributes.items())
    yield f"<bpmn:{TAGS[element.kind]} {told}>"
    yield from _extensions(element)
    yield from (f"<bpmn:incoming>{s}__{t}</bpmn:incoming>" for s, t, _ in scope.flows if t == element.id)
    yield from (f"<bpmn:outgoing>{element.id}__{target}</bpmn:outgoing>" for target in out)
    yield from _inner(element)
    yield f"</bpmn:{TAGS[element.kind]}>"


def _extensions(element: Drawn) -> Iterator[str]:
    told = {
        "user": {"legalBasis": "Luật thử Điều 1 [D]"} | ({"assignee": "item"} if "many" in element.what else {}),
        "service": {"operation": "send_notice", "notice": "told"},
    }.get(element.kind, {})
    inner = "".join(f'<spiffworkflow:property name="{key}" value="{value}"/>' for key, value in told.items())
    if inner:
        inner = f"<spiffworkflow:properties>{inner}</spiffworkflow:properties>"
    if element.kind == "rule":
        inner += f"<spiffworkflow:calledDecisionId>{element.what}</spiffworkflow:calledDecisionId>"
    if inner:
        yield f"<bpmn:extensionElements>{inner}</bpmn:extensionElements>"


def _inner(element: Drawn) -> Iterator[str]:
    if element.inside:
        yield from _body(element.inside)
    if element.kind in {"user", "call"} and "many" in element.what:
        size = '<bpmn:loopCardinality xsi:type="bpmn:tFormalExpression">count(council.members)</bpmn:loopCardinality>'
        yield f"<bpmn:multiInstanceLoopCharacteristics>{size}</bpmn:multiInstanceLoopCharacteristics>"
    kind, name = _trigger(element)
    if kind == "due":
        due = f'<bpmn:timeDate xsi:type="bpmn:tFormalExpression">due.{name}</bpmn:timeDate>'
        yield f"<bpmn:timerEventDefinition>{due}</bpmn:timerEventDefinition>"
    elif kind:
        reference = f' {kind}Ref="{kind}_{name}"' if name else ""
        yield f"<bpmn:{kind}EventDefinition{reference}/>"


def files(text: str) -> dict[str, bytes]:
    """The files of a bundle that holds the processes of a sketch and is clean but for what the sketch says."""
    return around(read(text))


def around(processes: Mapping[str, Scope]) -> dict[str, bytes]:
    """The files of a bundle around these processes."""
    elements = [element for scope in processes.values() for element in scope.all()]
    held = {f"{name}.bpmn": diagram(name, scope) for name, scope in processes.items()}
    for element in elements:
        if element.kind == "user":
            held[f"forms/{element.id}.schema.json"] = held[f"forms/{element.id}.ui.json"] = b"{}"
            held[f"forms/{element.id}.schema.json"] = FORM.encode()
    for decision in sorted({each.what for each in elements if each.kind == "rule"}):
        output = '<output id="o" name="way" typeRef="string"><outputValues><text>"on"</text></outputValues></output>'
        cells = '<outputEntry><text>"on"</text></outputEntry>'
        held[f"decisions/{decision}/r1.dmn"] = TABLE.format(
            id=decision, policy="FIRST", outputs=output, cells=cells
        ).encode()
    held |= _deadlines(sorted({_trigger(each)[1] for each in elements if _trigger(each)[0] == "due"}))
    told = NOTICE if any(each.kind == "service" for each in elements) else ""
    held["bundle.toml"] = "\n".join((MANIFEST, told, *_messages(elements))).encode()
    return held


def _deadlines(keys: list[str]) -> dict[str, bytes]:
    if not keys:
        return {}
    names = {"key": "string", "days": "number", "starts": "string"}
    outputs = "".join(f'<output id="o_{name}" name="{name}" typeRef="{kind}"/>' for name, kind in names.items())
    rows = [
        "".join(f"<outputEntry><text>{cell}</text></outputEntry>" for cell in (f'"{key}"', "5", '"task"'))
        for key in keys
    ]
    between = '</rule><rule id="luat_thu_d{}"><description>Luật thử Điều 2 [D]</description>'
    cells = rows[0] + "".join(between.format(n) + row for n, row in enumerate(rows[1:], 2))
    table = TABLE.format(id="deadlines", policy="COLLECT", outputs=outputs, cells=cells)
    return {"decisions/deadlines/r1.dmn": table.encode()}


def _messages(elements: list[Drawn]) -> Iterator[str]:
    sent = {_trigger(each)[1] for each in elements if each.kind in {"throw", "end"} and _trigger(each)[0] == "message"}
    heard = {
        _trigger(each)[1] for each in elements if each.kind in {"catch", "boundary"} and _trigger(each)[0] == "message"
    }
    for name in sorted(sent | heard):
        to = "person" if name not in sent else "dossiers" if name in heard else "gathered"
        yield f'[messages.{name}]\nto = "{to}"'


def sketched(text: str) -> Bundle:
    """The bundle of a sketch."""
    return load_files(files(text))
