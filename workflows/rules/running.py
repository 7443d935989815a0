"""Runs a checked expression on facts: only the named ones cross, typed and complete, and equal questions are asked once."""

import functools
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple, NoReturn

from workflows.rules import sandbox, values
from workflows.rules.errors import (
    FactMissing,
    FactNotExact,
    FactOfWrongKind,
    FactValueUnknown,
    NoValue,
    RuleWarned,
    TooExpensive,
    ValueRefused,
)
from workflows.rules.plan import Plan
from workflows.rules.shapes import kind_words
from workflows.rules.values import CannotCross, Value
from workflows.rules.vocabulary import FactType

Facts = Mapping[str, Any]
_REMEMBERED = 16_384
NO_INPUT = object()


class _Answer(NamedTuple):
    value: Value
    warning: str


def run(plan: Plan, facts: Facts, place: str, given: object = NO_INPUT) -> Value:
    """The value of a plan for these facts (and the input `given` of a table cell), numbers as they came."""
    crossing = [_crossing(plan, name, path, fact, facts, place) for name, path, fact in plan.references]
    try:
        if given is not NO_INPUT:
            crossing.append(values.tagged(given))
        answer = _remembered(plan, values.canonical(crossing))
    except sandbox.Stopped:
        raise TooExpensive(place=place, expression=plan.expression, limit=sandbox.LIMIT) from None
    except CannotCross as refused:
        raise ValueRefused(place=place, expression=plan.expression, value=str(refused) or "a value") from None
    if answer.warning:
        raise RuleWarned(place=place, expression=plan.expression, warning=answer.warning)
    if answer.value is None and not plan.mentions_null:
        raise NoValue(place=place, expression=plan.expression, values=_with(plan, facts))
    return answer.value


def missing(plan: Plan, facts: Facts) -> str | None:
    """The first named fact that is null and may not be."""
    for name, path, _ in plan.references:
        if name not in plan.nullable and found(facts, path) is None:
            return name
    return None


@functools.lru_cache(_REMEMBERED)
def _remembered(plan: Plan, facts: str) -> _Answer:
    answer = sandbox.evaluate(plan.expression, plan.paths, facts, unary=plan.unary)
    if "failed" in answer:
        return _Answer(None, answer["failed"])
    return _Answer(values.returned(answer["value"]), "; ".join(answer["warnings"]))


def found(facts: Facts, path: tuple[str, ...]) -> Value:
    """The fact at a path of the nested facts, None if it is not there."""
    value: Any = facts
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _crossing(plan: Plan, name: str, path: tuple[str, ...], fact: FactType, facts: Facts, place: str) -> Any:
    value = found(facts, path)
    if value is None:
        if name in plan.nullable:
            return None
        raise FactMissing(place=place, expression=plan.expression, name=name)
    kind = values.kind_of(value)
    if kind != fact.kind:
        _refuse_kind(plan, name, fact, value, place)
    items = value if kind == "list" else (value,)
    if fact.values:
        _check_values(plan, name, fact, items, place)
    if kind == "list" and fact.of is not None and any(values.kind_of(item) != fact.of for item in items):
        _refuse_kind(plan, name, fact, value, place)
    if name in plan.whole and any(isinstance(item, Decimal) and item != int(item) for item in items):
        raise FactNotExact(place=place, expression=plan.expression, name=name, value=values.shown(value))
    try:
        return values.tagged(value)
    except CannotCross:
        _refuse_kind(plan, name, fact, value, place)


def _check_values(plan: Plan, name: str, fact: FactType, items: Any, place: str) -> None:
    for item in items:
        if item not in fact.values:
            raise FactValueUnknown(place=place, name=name, value=str(item)[:80], values=", ".join(fact.values))


def _refuse_kind(plan: Plan, name: str, fact: FactType, value: Value, place: str) -> NoReturn:
    kind = kind_words(fact.kind) + (f" of {fact.of}" if fact.of else "")
    raise FactOfWrongKind(place=place, expression=plan.expression, name=name, value=values.shown(value), kind=kind)


def _with(plan: Plan, facts: Facts) -> str:
    return ", ".join(f"{name} = {values.shown(found(facts, path))}" for name, path, _ in plan.references) or "this"


def plain(value: Value) -> Value:
    """A value for the outside: numbers without the tail of binary arithmetic, lists and contexts as copies."""
    if isinstance(value, Decimal):
        return values.rounded(value)
    if isinstance(value, list):
        return [plain(item) for item in value]
    return {key: plain(entry) for key, entry in value.items()} if isinstance(value, dict) else value
