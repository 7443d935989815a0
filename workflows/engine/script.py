"""What a diagram may compute while it runs: FEEL over the facts and decision tables; no scripts, no outside calls."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, NoReturn

from SpiffWorkflow.bpmn.specs.defaults import ExclusiveGateway
from SpiffWorkflow.spiff.specs.defaults import ParallelMultiInstanceTask

from workflows.definitions import Bundle
from workflows.definitions.applied import apply_decision
from workflows.definitions.deadlines import require_calendar
from workflows.domain.calendar import local_day
from workflows.domain.errors import DomainError, InvalidState
from workflows.domain.events import DecisionMade, Event, FactChanged, MessageSent
from workflows.domain.facts import MEMBERS, Facts, Line, Value
from workflows.domain.money import bonus_amount
from workflows.domain.record import set_values
from workflows.engine.tasks import process_of
from workflows.rules.feel import condition, evaluate

DUE = "due."
MOST_TIMES = 300
"""As often as one task or call may be done at once."""


class ElementFailed(InvalidState):
    """«{element}» of {process} stopped: {why}"""

    task: str


@dataclass
class _Refuser:
    """Stands where SpiffWorkflow keeps its Python environment: every direct use of it is refused."""

    def evaluate(self, expression: str, *_: object, **__: object) -> NoReturn:
        raise InvalidState(why=f"«{expression}» may only be evaluated over facts")

    execute = evaluate


@dataclass
class Script:
    """SpiffWorkflow's script engine for one step: holds the facts, the domain clock and what was decided and sent."""

    bundle: Bundle
    facts: Facts
    now: datetime
    events: list[Event] = field(default_factory=list)
    environment: _Refuser = field(default_factory=_Refuser)

    def evaluate(self, task: Any, expression: str, external_context: object = None) -> object:
        """A condition, a deadline or a loop's size, in FEEL over the facts."""
        process = process_of(task)
        place = f"{process}.bpmn, {_element(task)}"
        try:
            names = self.bundle.vocabulary(process)
            if isinstance(task.task_spec, ExclusiveGateway):
                return condition(expression, self._context(), names, place=place)
            if expression.startswith(DUE) and self.facts.get(expression) is None:
                require_calendar(self.bundle, self.facts, expression.removeprefix(DUE), self.now)
            value = evaluate(expression, self._context(), names, place=place)
        except DomainError as error:
            raise self.refusal(task, str(error)) from error
        if isinstance(task.task_spec, ParallelMultiInstanceTask):
            return self._times(task, expression, value)
        return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value

    def _times(self, task: Any, expression: str, value: object) -> int:
        if not (isinstance(value, int | Decimal) and 0 <= value <= MOST_TIMES and value == int(value)):
            raise self.refusal(task, f"«{expression}» is {value}, and not a number of times from 0 to {MOST_TIMES}")
        properties = self.bundle.element(process_of(task), _element(task)).properties
        asked = self.facts.roll(properties.get("forEach", MEMBERS))
        if properties.get("assignee") == "item" and value != len(asked):
            raise self.refusal(task, f"«{expression}» is {value}, but there are {len(asked)} members to be asked")
        return int(value)

    def execute(self, task: Any, script: str, external_context: object = None) -> NoReturn:
        """No script tasks."""
        raise self.refusal(task, "scripts are not run")

    def call_service(self, task: Any, **_: object) -> NoReturn:
        """No calls inside a step: outside effects are jobs."""
        raise self.refusal(task, "services are called by jobs only")

    def refusal(self, task: Any, why: str) -> ElementFailed:
        """The error that stops the instance at this element."""
        error = ElementFailed(element=_element(task), process=process_of(task), why=why)
        error.task = str(task.id)
        return error

    def send(self, task: Any, message: str) -> None:
        """A message was thrown; it leaves with the step's events."""
        self.events.append(MessageSent(process=process_of(task), element=_element(task), message=message))

    def decide(self, task: Any, decision: str, for_each: str) -> None:
        """Apply a table to the instance, or to each line that is not out; the rest of the step sees its outputs."""
        if for_each != "line":
            self._decide(task, decision, None)
            return
        for line in [each for each in self.facts.lines if each.status in {"open", "passed"}]:
            self._decide(task, decision, line)
        output = self.bundle.element(process_of(task), _element(task)).properties.get("any")
        if output:
            fact = f"decisions.{decision}.{output}"
            found = any(line.values.get(fact) is True for line in self.facts.lines if line.status in {"open", "passed"})
            self._record({f"decisions.{decision}.any_{output}": found})

    def _decide(self, task: Any, decision: str, line: Line | None) -> None:
        process, element = process_of(task), _element(task)
        properties = self.bundle.element(process, element).properties
        try:
            applied = apply_decision(
                self.bundle,
                decision,
                self.facts,
                self.now,
                process=process,
                line=line,
                legal_date=properties.get("onDate"),
            )
        except DomainError as error:
            raise self.refusal(task, str(error)) from error
        decided, about = applied.decided, line.id if line else ""
        self.events.append(
            DecisionMade(
                process=process,
                element=element,
                decision=decision,
                rule_set=applied.rule_set,
                inputs=applied.inputs,
                outputs=dict(decided.outputs),
                rules=decided.rules,
                line=about,
            )
        )
        outputs = {f"decisions.{decision}.{name}": _value(value) for name, value in decided.outputs.items()}
        outputs |= self._money(properties, decision, decided.outputs)
        if line and (verdict := properties.get("verdict")):
            outputs["verdict"] = _value(decided.outputs[verdict])
        self._record(outputs, about)

    def _record(self, values: Mapping[str, Value], about: str = "") -> None:
        recorded = set_values(self.facts, values, about)
        self.facts = recorded.facts
        self.events += [FactChanged(change=change) for change in recorded.changes]

    def give_verdict(self, verdict: str, reason: str | None) -> None:
        """An element that ends the way of the lines still open was passed: they get its verdict and its reason."""
        for line in self.facts.open_lines():
            self._record({"verdict": verdict, **({"verdict_reason": reason} if reason else {})}, line.id)

    def _money(self, properties: Mapping[str, str], decision: str, outputs: Mapping[str, object]) -> dict[str, Value]:
        """The amount of a rule whose element names the fact with the base salary: coefficient × base, rounded up.

        Where the rule names no coefficient, the amount that somebody decided, in the fact `otherwise`.
        """
        base = properties.get("amount")
        salary = self.facts.get(base) if base else None
        coefficient, step = outputs.get("coefficient"), outputs.get("round_up_to")
        if coefficient is None and (decided := self.facts.get(properties.get("otherwise", ""))) is not None:
            return {f"decisions.{decision}.amount": decided}
        if not isinstance(salary, int | Decimal) or not isinstance(coefficient, int | Decimal):
            return {}
        amount = bonus_amount(Decimal(coefficient), int(salary), int(str(step)))
        return {f"decisions.{decision}.amount": amount}

    def _context(self, line: Line | None = None) -> Mapping[str, object]:
        known = self.facts.with_values(self.bundle.parameters)
        return {**known.context(line), "now": self.now, "today": local_day(self.now)}


def _element(task: Any) -> str:
    return str(task.task_spec.bpmn_id or task.task_spec.name)


def _value(value: object) -> Value:
    if isinstance(value, list | tuple):
        return tuple(_value(each) for each in value)
    if value is None or isinstance(value, str | int | bool | Decimal | datetime) or hasattr(value, "isoformat"):
        return value  # type: ignore[return-value]
    msg = f"no fact can hold {type(value).__name__}"
    raise TypeError(msg)
