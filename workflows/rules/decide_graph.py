"""Decides a decision with all that it requires, each once and in order; nothing that is not required is seen."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from workflows.domain.said import Said
from workflows.rules import values
from workflows.rules.decide import Decided, decide
from workflows.rules.errors import ResultOfWrongKind, ResultTooLarge, TooExpensive
from workflows.rules.feel import evaluate
from workflows.rules.graph import Decision, Graph, Literal, held
from workflows.rules.running import Facts
from workflows.rules.shapes import kind_words
from workflows.rules.shown_kinds import kinds_of
from workflows.rules.table import Table
from workflows.rules.values import Value
from workflows.rules.vocabulary import FactType, Vocabulary

_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Step:
    """One decision that was made on the way: the rows that decided, and its result as the next ones see it."""

    decision: Decision
    decided: Decided
    result: Value


def decide_graph(graph: Graph, decision: str, facts: Facts, vocabulary: Vocabulary, *, place: str) -> tuple[Step, ...]:
    """Every decision made, the one asked for last.

    Raises DecisionNotHeld, or a kind of RuleFailed that names the decision; all of them together have 30 seconds.
    """
    held(graph, decision, place=place)
    until = time.monotonic() + _SECONDS
    steps: dict[str, Step] = {}
    for each in graph.up_to(decision):
        if time.monotonic() > until:
            raise TooExpensive(
                place=place, expression=each.id, limit=Said("{seconds} seconds", seconds=round(_SECONDS))
            )
        known, declared = _seen(each, steps, facts, vocabulary)
        steps[each.id] = _step(each, known, declared, place)
        if _is_large(steps[each.id].result):
            raise ResultTooLarge(
                place=Said("{place}, decision {decision}", place=place, decision=each.id),
                expression=each.id,
                limit=values.MAX_ITEMS,
            )
    return tuple(steps.values())


def _is_large(value: Value) -> bool:
    """Whether a result has more parts than the next decisions can look at in a moment."""
    waiting, parts = [value], 0
    while waiting and parts <= values.MAX_ITEMS:
        each = waiting.pop()
        parts += 1
        if isinstance(each, list | dict):
            waiting.extend(each.values() if isinstance(each, dict) else each)
    return parts > values.MAX_ITEMS


def _seen(
    decision: Decision, steps: Mapping[str, Step], facts: Facts, vocabulary: Vocabulary
) -> tuple[Facts, Vocabulary]:
    """The facts and, before any fact of the same name, the results of the decisions required."""
    if not decision.requires:
        return facts, vocabulary
    known, declared = dict(facts), dict(vocabulary)
    for step in (steps[key] for key in decision.requires):
        for name in step.decision.results:
            for hidden in [fact for fact in declared if fact == name or fact.startswith(f"{name}.")]:
                del declared[hidden]
            known[name] = step.result
            declared |= _declared(name, step)
    return known, declared


def _declared(name: str, step: Step) -> dict[str, FactType]:
    """What a result is: as its table or variable says, else as it is."""
    shown = kinds_of({name: step.result}, whole=True)
    logic = step.decision.logic
    if isinstance(logic, Literal):
        return shown if step.result is not None or logic.kind is None else {name: FactType(logic.kind)}
    untyped = {output.name for output in logic.outputs if output.kind is None and logic.aggregation is None}
    if len(logic.outputs) == 1:
        (output,) = logic.gives()
        return shown if output in untyped else {name: logic.gives()[output]}
    told = {f"{name}.{each.name}": FactType(each.kind or "text", each.values) for each in logic.outputs}
    whole = FactType("list", of="context") if logic.gives_lists else FactType("context")
    typed = {key: fact for key, fact in told.items() if key.removeprefix(f"{name}.") not in untyped}
    return {**told, **shown, **typed, name: whole}


def _step(decision: Decision, facts: Facts, vocabulary: Vocabulary, place: str) -> Step:
    if isinstance(decision.logic, Table):
        decided = decide(decision.logic, facts, vocabulary, place=place)
        return Step(decision, decided, _result(decision.logic, decided.outputs))
    value = _value(
        decision.logic, facts, vocabulary, Said("{place}, decision {decision}", place=place, decision=decision.id)
    )
    return Step(decision, Decided({decision.results[0]: value}, (), ()), value)


def _value(literal: Literal, facts: Facts, vocabulary: Vocabulary, place: str) -> Value:
    value = evaluate(literal.expression, facts, vocabulary, place=place)
    if literal.kind is not None and value is not None and values.kind_of(value) != literal.kind:
        raise ResultOfWrongKind(
            place=place,
            expression=literal.expression,
            value=values.shown(value),
            expected=kind_words(literal.kind),
        )
    return value


def _result(table: Table, outputs: Mapping[str, Value]) -> Value:
    """The value of one output, a context of several, a list of either where the table gives lists."""
    if len(outputs) == 1:
        return next(iter(outputs.values()))
    if not table.gives_lists:
        return dict(outputs)
    return [dict(zip(outputs, row, strict=True)) for row in zip(*outputs.values(), strict=True)]
