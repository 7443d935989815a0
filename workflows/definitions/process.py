"""A process of a bundle as its diagram draws it: plain values, nothing that runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

TASKS = frozenset({"userTask", "serviceTask", "businessRuleTask", "callActivity"})
EVENTS = frozenset({"startEvent", "endEvent", "intermediateThrowEvent", "intermediateCatchEvent", "boundaryEvent"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """What an event waits for or sends: `kind` is the tag (messageEventDefinition, timerEventDefinition …)."""

    kind: str
    message: str | None = None
    clock: str | None = None
    expression: str | None = None


@dataclass(frozen=True, slots=True)
class Loop:
    """A task done several times; `cardinality` is the FEEL number of times, `others` the tags we do not run."""

    parallel: bool
    cardinality: str | None
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Element:
    """A task, event or gateway: `type` is the BPMN tag, `line` its line in the file."""

    id: str
    type: str
    name: str = ""
    lane: str | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    documentation: str = ""
    line: int = 0
    decision: str | None = None
    called: str | None = None
    default: str | None = None
    attached_to: str | None = None
    interrupting: bool = True
    triggers: tuple[Trigger, ...] = ()
    loop: Loop | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """An arrow between two elements; `condition` is FEEL."""

    id: str
    name: str
    source: str
    target: str
    condition: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Process:
    """One .bpmn file: `file` is its path in the bundle, `xml` its exact bytes."""

    id: str
    name: str
    file: str
    xml: bytes
    elements: Mapping[str, Element]
    flows: Mapping[str, Flow]
    lanes: tuple[str, ...] = ()
    documentation: str = ""
    line: int = 0

    def out_of(self, element: str) -> tuple[Flow, ...]:
        """The arrows that leave an element, in the order of the file, which is the order conditions are tried in."""
        return tuple(flow for flow in self.flows.values() if flow.source == element)

    def into(self, element: str) -> tuple[Flow, ...]:
        """The arrows that reach an element."""
        return tuple(flow for flow in self.flows.values() if flow.target == element)

    def of_type(self, *types: str) -> tuple[Element, ...]:
        """The elements with one of these BPMN tags."""
        return tuple(element for element in self.elements.values() if element.type in types)

    def called(self) -> frozenset[str]:
        """The ids of the processes that this one calls."""
        return frozenset(element.called for element in self.elements.values() if element.called)
