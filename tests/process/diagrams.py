"""Small diagrams drawn in a line or two, and a bundle around them, for tests of the engine alone; no lint sees them."""

from collections.abc import Iterator
from functools import cache
from xml.sax.saxutils import escape, quoteattr

from workflows.definitions import Bundle, load_files

XML = """<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" id="d_{id}" targetNamespace="urn:test">
<bpmn:message id="m_word" name="word"/>
<bpmn:process id="{id}" name="{id}" isExecutable="true">{elements}{flows}</bpmn:process></bpmn:definitions>"""
DMN = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d_{id}" name="{id}" namespace="urn:test">
<decision id="{id}" name="{id}"><decisionTable id="t_{id}" hitPolicy="UNIQUE">
<input id="i_{id}" label="{fact}">
<inputExpression id="e_{id}" typeRef="string"><text>{fact}</text></inputExpression></input>
<output id="o_{id}" name="way" typeRef="string"/><rule id="only"><description>[D]</description>
<inputEntry id="in_{id}"><text>{entry}</text></inputEntry>
<outputEntry id="out_{id}"><text>"on"</text></outputEntry></rule>
</decisionTable></decision></definitions>"""
MANIFEST = """key = "small"
title = "Gói nhỏ"
[[rule_sets]]
key = "r1"
title = "Bộ một"
valid_from = 2020-01-01
[messages.word]
to = "person"
[facts."answer.good"]
type = "boolean"
[facts."answer.word"]
type = "text"
[facts."due.reply"]
type = "instant"
[facts."council.members"]
type = "list"
of = "text"
"""


def user(name: str, many: str = "", *, until: str = "", around: tuple[str, str] = ("", "")) -> str:
    """A user task; `many` is the FEEL number of times it is done at once, the rest is what no lint lets through."""
    kind, text = around
    inner = (
        f"<bpmn:extensionElements><spiffworkflow:{kind}>{escape(text)}</spiffworkflow:{kind}></bpmn:extensionElements>"
    )
    return _element("userTask", name, (inner if kind else "") + _many(many, until))


def many_of(members: str) -> str:
    """The number of times a task is done: once for each of these."""
    return f"count({members})"


def job(name: str, operation: str = "send_notice") -> str:
    """A service task."""
    return _element("serviceTask", name, _properties(operation=operation))


def rule(name: str, decision: str) -> str:
    """A rule task."""
    told = f"<spiffworkflow:calledDecisionId>{decision}</spiffworkflow:calledDecisionId>"
    return _element("businessRuleTask", name, f"<bpmn:extensionElements>{told}</bpmn:extensionElements>")


def script(name: str, text: str) -> str:
    """A script task, which no lint lets through."""
    return _element("scriptTask", name, f"<bpmn:script>{escape(text)}</bpmn:script>", scriptFormat="python")


def choice(name: str, default: str) -> str:
    """An exclusive gateway; `default` is the element its default flow leads to."""
    return _element("exclusiveGateway", name, default=f"{name}__{default}")


def meet(name: str) -> str:
    """An exclusive gateway where ways meet."""
    return _element("exclusiveGateway", name)


def both(name: str) -> str:
    """A parallel gateway."""
    return _element("parallelGateway", name)


def call(name: str, process: str) -> str:
    """A call activity."""
    return _element("callActivity", name, calledElement=process)


def catch(name: str, message: str) -> str:
    """An event that waits for a message."""
    return _element("intermediateCatchEvent", name, _message(name, message))


def throw(name: str, message: str) -> str:
    """An event that sends a message."""
    return _element("intermediateThrowEvent", name, _message(name, message))


def speaking(name: str, message: str, payload: str) -> str:
    """An event that sends a message with an expression in it, which no lint lets through."""
    inner = f"<spiffworkflow:messagePayload>{escape(payload)}</spiffworkflow:messagePayload>"
    told = f"<bpmn:extensionElements>{inner}</bpmn:extensionElements>"
    return _element("intermediateThrowEvent", name, _message(name, message, told))


def deadline(name: str, on: str, due: str) -> str:
    """An interrupting deadline at a task; `due` is FEEL."""
    timer = f'<bpmn:timeDate xsi:type="bpmn:tFormalExpression">{escape(due)}</bpmn:timeDate>'
    told = f'<bpmn:timerEventDefinition id="t_{name}">{timer}</bpmn:timerEventDefinition>'
    return _element("boundaryEvent", name, told, attachedToRef=on)


def call_off(name: str, on: str, message: str) -> str:
    """A message that ends a task from outside."""
    return _element("boundaryEvent", name, _message(name, message), attachedToRef=on)


def drawn(process: str, flows: str, *elements: str) -> bytes:
    """A diagram that begins at `begin` and ends at every target called `done…`.

    `flows` are words like `ask>check` and `check>done[answer.good]`.
    """
    arrows = [_flow(word) for word in _words(flows)]
    ends = dict.fromkeys(word.partition(">")[2].partition("[")[0] for word in _words(flows))
    events = [_element("startEvent", "begin"), *(_element("endEvent", e) for e in ends if e.startswith("done"))]
    return XML.format(id=process, elements="".join((*events, *elements)), flows="".join(arrows)).encode()


def table(decision: str, fact: str, entry: str) -> bytes:
    """A table with one rule: where the text `fact` fits `entry`, the output `way` is "on"."""
    return DMN.format(id=decision, fact=fact, entry=escape(entry)).encode()


@cache
def small_bundle(*drawn_or_tables: bytes, extra: str = "") -> Bundle:
    """A bundle of these diagrams and tables; `extra` is added to bundle.toml."""
    named = {_path(each): each for each in drawn_or_tables}
    return load_files({"bundle.toml": (MANIFEST + extra).encode(), **named})


def _path(part: bytes) -> str:
    name = part.decode().partition('id="d_')[2].partition('"')[0]
    return f"{name}.bpmn" if b"<bpmn:process" in part else f"decisions/{name}/r1.dmn"


def _words(flows: str) -> Iterator[str]:
    word, depth = "", 0
    for sign in f"{flows} ":
        depth += (sign == "[") - (sign == "]")
        if sign.isspace() and not depth:
            if word:
                yield word
            word = ""
        else:
            word += sign


def _flow(word: str) -> str:
    ends, _, condition = word.partition("[")
    source, _, target = ends.partition(">")
    told = escape(condition.removesuffix("]"))
    inner = (
        f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{told}</bpmn:conditionExpression>' if told else ""
    )
    name = f"{source}__{target}"
    return f'<bpmn:sequenceFlow id="{name}" sourceRef="{source}" targetRef="{target}">{inner}</bpmn:sequenceFlow>'


def _element(kind: str, name: str, inner: str = "", **attributes: str) -> str:
    told = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f'<bpmn:{kind} id="{name}" name="{name}"{told}>{inner}</bpmn:{kind}>'


def _message(name: str, message: str, inner: str = "") -> str:
    opening = f'<bpmn:messageEventDefinition id="md_{name}" messageRef="m_{message}">'
    return f"{opening}{inner}</bpmn:messageEventDefinition>"


def _many(cardinality: str, until: str) -> str:
    if not cardinality:
        return ""
    told = f'<bpmn:loopCardinality xsi:type="bpmn:tFormalExpression">{escape(cardinality)}</bpmn:loopCardinality>'
    if until:
        told += (
            f'<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">{escape(until)}</bpmn:completionCondition>'
        )
    return f"<bpmn:multiInstanceLoopCharacteristics>{told}</bpmn:multiInstanceLoopCharacteristics>"


def _properties(**told: str) -> str:
    inner = "".join(f'<spiffworkflow:property name="{key}" value="{value}"/>' for key, value in told.items())
    return (
        f"<bpmn:extensionElements><spiffworkflow:properties>{inner}</spiffworkflow:properties></bpmn:extensionElements>"
    )
