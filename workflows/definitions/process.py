"""A process of a bundle as its diagram draws it: plain values, nothing that runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

TASKS = frozenset({"userTask", "serviceTask", "businessRuleTask", "callActivity"})
EVENTS = frozenset({"startEvent", "endEvent", "intermediateThrowEvent", "intermediateCatchEvent", "boundaryEvent"})
GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway", "eventBasedGateway"})
SUBPROCESS = "subProcess"


@dataclass(frozen=True, slots=True)
class Trigger:
    """What an event waits for or sends: `kind` is the tag (messageEventDefinition, timerEventDefinition …).

    `code` is that of an error or escalation; None: any.
    """

    kind: str
    message: str | None = None
    clock: str | None = None
    expression: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Loop:
    """A task done several times; `cardinality` is the FEEL number of times, `others` the tags we do not run."""

    parallel: bool
    cardinality: str | None
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Element:
    """A task, event or gateway: `type` is the BPMN tag, `line` its line, `scope` the sub-process it is in."""

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
    scope: str | None = None

    def kinds(self) -> frozenset[str]:
        """The kinds of what an event waits for or sends."""
        return frozenset(trigger.kind for trigger in self.triggers)


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
    """One .bpmn file: `file` is its path in the bundle, `xml` its exact bytes.

    `elements` and `flows` are those of its embedded sub-processes too.
    """

    id: str
    name: str
    file: str
    xml: bytes
    elements: Mapping[str, Element]
    flows: Mapping[str, Flow]
    lanes: tuple[str, ...] = ()
    documentation: str = ""
    line: int = 0
    _out: dict[str, list[Flow]] = field(default_factory=dict, repr=False)
    _into: dict[str, list[Flow]] = field(default_factory=dict, repr=False)
    _attached: dict[str, list[Element]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for flow in self.flows.values():
            self._out.setdefault(flow.source, []).append(flow)
            self._into.setdefault(flow.target, []).append(flow)
        for element in self.elements.values():
            if element.attached_to is not None:
                self._attached.setdefault(element.attached_to, []).append(element)

    def out_of(self, element: str) -> tuple[Flow, ...]:
        """The arrows that leave an element, in the order of the file, which is the order conditions are tried in."""
        return tuple(self._out.get(element, ()))

    def into(self, element: str) -> tuple[Flow, ...]:
        """The arrows that reach an element."""
        return tuple(self._into.get(element, ()))

    def of_type(self, *types: str) -> tuple[Element, ...]:
        """The elements with one of these BPMN tags."""
        return tuple(element for element in self.elements.values() if element.type in types)

    def inside(self, scope: str | None) -> tuple[Element, ...]:
        """The elements that stand directly in the process (None) or in one of its embedded sub-processes."""
        return tuple(element for element in self.elements.values() if element.scope == scope)

    def attached_to(self, element: str) -> tuple[Element, ...]:
        """The boundary events of a task or sub-process."""
        return tuple(self._attached.get(element, ()))

    def called(self) -> frozenset[str]:
        """The ids of the processes that this one calls."""
        return frozenset(element.called for element in self.elements.values() if element.called)


def home(processes: Mapping[str, Process], scope: str) -> str:
    """The process a scope belongs to: itself, or the one in whose diagram an embedded sub-process of that id stands."""
    if scope not in processes:
        for process in processes.values():
            if scope in process.elements and process.elements[scope].type == SUBPROCESS:
                return process.id
    return scope
