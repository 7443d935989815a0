"""Our own task and event kinds inside SpiffWorkflow: rules by tables, jobs that wait, deadlines by the domain clock."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn.parser.BpmnParser import full_tag
from SpiffWorkflow.bpmn.specs.event_definitions import TimeDateEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.spiff.parser import SpiffBpmnParser
from SpiffWorkflow.spiff.parser.task_spec import SpiffTaskParser
from SpiffWorkflow.spiff.serializer.config import SPIFF_CONFIG
from SpiffWorkflow.spiff.serializer.task_spec import SpiffBpmnTaskConverter
from SpiffWorkflow.spiff.specs.defaults import ManualTask, NoneTask
from SpiffWorkflow.spiff.specs.event_definitions import MessageEventDefinition


class RuleTask(NoneTask):
    """bpmn:businessRuleTask: applies a decision table; the outputs become facts, never task data."""

    def __init__(self, wf_spec: Any, name: str, decision: str = "", for_each: str = "", **kwargs: Any) -> None:
        super().__init__(wf_spec, name, **kwargs)
        self.manual = False
        self.decision = decision
        self.for_each = for_each

    def _run_hook(self, my_task: Any) -> bool:
        my_task.workflow.script_engine.decide(my_task, self.decision, self.for_each)
        return True


class JobTask(ManualTask):
    """bpmn:serviceTask: waits like a user task until a worker has done the outside effect."""

    def __init__(self, wf_spec: Any, name: str, operation: str = "", **kwargs: Any) -> None:
        super().__init__(wf_spec, name, **kwargs)
        self.operation = operation


class DueTimer(TimeDateEventDefinition):
    """timeDate: a FEEL path to a UTC instant, read once when the timer starts, compared with the domain clock."""

    def has_fired(self, my_task: Any) -> bool:
        """Whether the deadline has passed on the clock of this step."""
        engine = my_task.workflow.script_engine
        due = my_task._get_internal_data("event_value")
        if due is None:
            instant = engine.evaluate(my_task, self.expression)
            if not isinstance(instant, datetime):
                raise engine.refusal(my_task, f"«{self.expression}» gives no instant")
            due = instant.isoformat()
            my_task._set_internal_data(event_value=due)
        if datetime.fromisoformat(due) <= engine.now:
            my_task._set_internal_data(event_fired=True)
        return bool(my_task._get_internal_data("event_fired", False))


class Message(MessageEventDefinition):
    """A message to or from another instance: thrown into the events, caught by name; it carries nothing itself."""

    def throw(self, my_task: Any) -> None:
        """Hand the message to the step's outcome; the outbox addresses and delivers it."""
        my_task.workflow.script_engine.send(my_task, self.name)

    def update_internal_data(self, my_task: Any, event: Any) -> None:
        """Nothing of a message enters the engine: its facts are recorded before."""

    def update_task_data(self, my_task: Any) -> None:
        """Nothing of a message enters the engine: its facts are recorded before."""


class _RuleParser(SpiffTaskParser):
    def create_task(self) -> RuleTask:
        extensions = self.parse_extensions()
        return RuleTask(
            self.spec,
            self.bpmn_id,
            decision=extensions.get("calledDecisionId", ""),
            for_each=(extensions.get("properties") or {}).get("forEach", ""),
            **self.bpmn_attributes,
        )

    @staticmethod
    def get_decision_ref(_node: Any) -> None:
        """SpiffWorkflow's own decision engine is not used."""


class _JobParser(SpiffTaskParser):
    def create_task(self) -> JobTask:
        properties = self.parse_extensions().get("properties") or {}
        return JobTask(self.spec, self.bpmn_id, operation=properties.get("operation", ""), **self.bpmn_attributes)


class Parser(SpiffBpmnParser):
    """SpiffWorkflow's parser with our rule and job tasks."""

    OVERRIDE_PARSER_CLASSES = {  # noqa: RUF012  SpiffWorkflow reads this class attribute
        **SpiffBpmnParser.OVERRIDE_PARSER_CLASSES,
        full_tag("businessRuleTask"): (_RuleParser, RuleTask),
        full_tag("serviceTask"): (_JobParser, JobTask),
    }


class _RuleConverter(SpiffBpmnTaskConverter):
    def to_dict(self, spec: RuleTask) -> dict[str, Any]:
        return {**super().to_dict(spec), "decision": spec.decision, "for_each": spec.for_each}


class _JobConverter(SpiffBpmnTaskConverter):
    def to_dict(self, spec: JobTask) -> dict[str, Any]:
        return {**super().to_dict(spec), "operation": spec.operation}


CONVERTERS = {
    **SPIFF_CONFIG,
    RuleTask: _RuleConverter,
    JobTask: _JobConverter,
    DueTimer: SPIFF_CONFIG[TimeDateEventDefinition],
    Message: SPIFF_CONFIG[MessageEventDefinition],
}


def own_events(spec: Any) -> None:
    """Give the timers and messages of a parsed process our own behaviour."""
    for task_spec in spec.task_specs.values():
        for _, definition in awaited(task_spec):
            if isinstance(definition, TimeDateEventDefinition):
                definition.__class__ = DueTimer
            elif isinstance(definition, MessageEventDefinition):
                definition.__class__ = Message


def awaited(task_spec: Any) -> Iterator[tuple[Any, Any]]:
    """What an event waits for or sends, and the event that draws it: an event-based gateway holds those behind it."""
    definition = getattr(task_spec, "event_definition", None)
    if isinstance(definition, MultipleEventDefinition):
        yield from zip(task_spec.outputs, definition.event_definitions, strict=True)
    else:
        yield task_spec, definition


def process_of(task: Any) -> str:
    """The process in whose diagram a task stands: a sub-process is drawn in that of the process around it."""
    spec = task.workflow.spec
    return str(getattr(spec, "drawn_in", spec.name))
