"""Runs a checked expression: only the facts it names cross, typed and complete; equal questions are asked once."""

import functools
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple, NoReturn

from workflows.domain.said import Said
from workflows.rules import sandbox, values
from workflows.rules.errors import (
    FactMissing,
    FactNotExact,
    FactOfWrongKind,
    FactUnusable,
    FactValueUnknown,
    NoValue,
    RuleWarned,
    TooExpensive,
    ValueRefused,
)
from workflows.rules.plan import Plan, Reference
from workflows.rules.shapes import kind_words
from workflows.rules.values import CannotCross, Json, Value
from workflows.rules.vocabulary import FactType

Facts = Mapping[str, Any]
_REMEMBERED = 16_384
REMEMBERED_LENGTH = 4000
NO_INPUT = object()


_CANNOT: dict[str, str] = {
    str(each): each
    for each in (
        Said("a number without end"),
        Said("a function"),
        Said("a range"),
        Said("a duration"),
        Said("a time of day"),
    )
}
"""What the bridge calls values that no fact can hold."""


class _Answer(NamedTuple):
    value: Value
    warning: str


def run(plan: Plan, facts: Facts, place: str, given: object = NO_INPUT) -> Value:
    """The value of a plan for these facts (and the input `given` of a table cell), numbers as they came."""
    crossing = [_crossing(plan, reference, facts, place) for reference in plan.references]
    try:
        if given is not NO_INPUT:
            crossing.append(values.tagged(given))
        answer = _answer(plan, values.canonical(crossing))
    except sandbox.Stopped:
        raise TooExpensive(place=place, expression=plan.expression, limit=sandbox.LIMIT) from None
    except CannotCross as refused:
        raise ValueRefused(
            place=place, expression=plan.expression, value=_CANNOT.get(str(refused), str(refused)) or Said("a value")
        ) from None
    if answer.warning:
        raise RuleWarned(place=place, expression=plan.expression, warning=answer.warning)
    if answer.value is None and not plan.mentions_null:
        raise NoValue(place=place, expression=plan.expression, values=_with(plan, facts))
    return answer.value


def missing(plan: Plan, facts: Facts) -> str | None:
    """The first named fact that is null and may not be."""
    for reference in plan.references:
        if reference.name not in plan.nullable and found(facts, reference.path) is None:
            return reference.name
    return None


def found(facts: Facts, path: tuple[str, ...]) -> Value:
    """The fact at a path of the nested facts, None if it is not there."""
    value: Value = facts
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _answer(plan: Plan, facts: str) -> _Answer:
    return _remembered(plan, facts) if len(facts) <= REMEMBERED_LENGTH else _asked(plan, facts)


def _asked(plan: Plan, facts: str) -> _Answer:
    answer = sandbox.evaluate(plan.expression, plan.paths, facts, unary=plan.unary)
    if "failed" in answer:
        return _Answer(None, answer["failed"])
    return _Answer(values.returned(answer["value"]), "; ".join(answer["warnings"]))


_remembered = functools.lru_cache(_REMEMBERED)(_asked)


def _crossing(plan: Plan, reference: Reference, facts: Facts, place: str) -> Json:
    value = found(facts, reference.path)
    if value is None and reference.name in plan.nullable:
        return None
    try:
        return _typed(plan, reference, value, place)
    except CannotCross:
        raise FactUnusable(place=place, name=reference.name, value=values.shown(value)) from None


def _typed(plan: Plan, reference: Reference, value: Value, place: str) -> Json:
    """The value as declared, tagged; of a context only the declared parts cross."""
    fact, name = reference.fact, reference.name
    if value is None:
        raise FactMissing(place=place, expression=plan.expression, name=name)
    kind = values.kind_of(value)
    if kind != fact.kind:
        _refuse_kind(plan, reference, value, place)
    items = value if kind == "list" else (value,)
    if fact.values:
        _check_values(name, fact, items, place)
    if kind == "list" and fact.of is not None and any(values.kind_of(item) != fact.of for item in items):
        _refuse_kind(plan, reference, value, place)
    if name in plan.whole and any(isinstance(item, Decimal) and item != int(item) for item in items):
        raise FactNotExact(place=place, expression=plan.expression, name=name, value=values.shown(value))
    if reference.parts and kind == "list":
        return [_parts(plan, reference, item, place) for item in items]
    return _parts(plan, reference, value, place) if reference.parts else values.tagged(value)


def _parts(plan: Plan, reference: Reference, value: Mapping[str, Value], place: str) -> Json:
    parts = {}
    for part in reference.parts:
        inside = found(value, part.path)
        absent = inside is None and plan.mentions_null
        parts[part.path[0]] = None if absent else _typed(plan, part, inside, place)
    return parts


def _check_values(name: str, fact: FactType, items: Value, place: str) -> None:
    for item in items:
        if item not in fact.values:
            raise FactValueUnknown(place=place, name=name, value=str(item)[:80], values=", ".join(fact.values))


def _refuse_kind(plan: Plan, reference: Reference, value: Value, place: str) -> NoReturn:
    fact = reference.fact
    kind = Said("{kind} of {of}", kind=kind_words(fact.kind), of=fact.of) if fact.of else kind_words(fact.kind)
    raise FactOfWrongKind(
        place=place, expression=plan.expression, name=reference.name, value=values.shown(value), kind=kind
    )


def _with(plan: Plan, facts: Facts) -> str:
    shown = (f"{one.name} = {values.shown(found(facts, one.path))}" for one in plan.references)
    return ", ".join(shown) or Said("this")


def plain(value: Value) -> Value:
    """A value for the outside: numbers without the tail of binary arithmetic, lists and contexts as copies."""
    if isinstance(value, Decimal):
        return values.rounded(value)
    if isinstance(value, list):
        return [plain(item) for item in value]
    return {key: plain(entry) for key, entry in value.items()} if isinstance(value, dict) else value
