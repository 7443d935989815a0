"""Cases that no row of a table fits, or several: tried at every limit its cells name; it proves nothing."""

import itertools
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from workflows.rules.constructs import text_of
from workflows.rules.feel import evaluate, is_any, unary
from workflows.rules.plan import plan_for
from workflows.rules.table import Table
from workflows.rules.table_plan import TablePlan, cell_place, compile_table
from workflows.rules.tree import Node, parse
from workflows.rules.values import Value, kind_of, shown
from workflows.rules.vocabulary import FactType, Vocabulary

MAX_CASES = 50_000
MAX_TOLD = 10
_OTHER_TEXT = "…"
_ANY: dict[str, Value] = {"number": 1, "date": date(2024, 1, 1), "instant": datetime(2024, 1, 1, tzinfo=UTC)}


@dataclass(frozen=True, slots=True)
class Case:
    """One case, as «column = value», and the numbers of the rows that fit it."""

    inputs: tuple[str, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The first cases no row fits, and those several rows of a UNIQUE table fit; `unread`: columns that hinder it."""

    gaps: tuple[Case, ...]
    overlaps: tuple[Case, ...]
    unread: tuple[str, ...]


def coverage(table: Table, vocabulary: Vocabulary, *, place: str) -> Coverage:
    """Try the table at the limits its cells name; raises ExpressionRejected if the table does not pass its check."""
    plan = compile_table(table, vocabulary, place=place)
    columns = [_values(plan, number, vocabulary, place) for number in range(len(table.inputs))]
    unread = tuple(head.label for head, column in zip(table.inputs, columns, strict=True) if column is None)
    known = [column for column in columns if column is not None]
    if unread or math.prod(len(column) for column in known) > MAX_CASES:
        return Coverage((), (), unread or tuple(head.label for head in table.inputs))
    fits = [
        [(value, _rows(plan, number, value, vocabulary, place)) for value in column]
        for number, column in enumerate(known)
    ]
    gaps: list[Case] = []
    overlaps: dict[tuple[int, ...], Case] = {}
    for combination in itertools.product(*fits):
        rows = frozenset(range(1, len(table.rules) + 1)).intersection(*(rows for _, rows in combination))
        case = _case(table, [value for value, _ in combination], rows)
        if not rows and not table.gives_lists and table.aggregation is None:
            gaps.append(case)
        if len(rows) > 1 and table.hit_policy == "UNIQUE":
            overlaps.setdefault(case.rows, case)
    return Coverage(tuple(gaps[:MAX_TOLD]), tuple(overlaps.values())[:MAX_TOLD], ())


def _case(table: Table, values: Iterable[Value], rows: Iterable[int]) -> Case:
    named = zip(table.inputs, values, strict=True)
    inputs = tuple(f"{head.label} = {_OTHER_TEXT if value == _OTHER_TEXT else shown(value)}" for head, value in named)
    return Case(inputs, tuple(sorted(rows)))


def _rows(plan: TablePlan, number: int, value: Value, vocabulary: Vocabulary, place: str) -> frozenset[int]:
    """The rows whose cell in this column accepts the value."""
    fits = set()
    declared = plan.columns[number].declared or FactType("text")
    # The value tried for «any other text» is none of the declared ones, and is not checked against them.
    declared = FactType(declared.kind, () if value == _OTHER_TEXT else declared.values, declared.of)
    for row, rule in enumerate(plan.table.rules, 1):
        where = cell_place(place, plan.table, row, plan.table.inputs[number].label)
        if unary(rule.inputs[number], value, {}, vocabulary, place=where, declared=declared):
            fits.add(row)
    return frozenset(fits)


def _values(plan: TablePlan, number: int, vocabulary: Vocabulary, place: str) -> list[Value] | None:
    """Values to try in a column: those declared, or each limit and what is beside it; None if other facts decide it."""
    declared = plan.columns[number].declared
    if declared is None or declared.kind in ("list", "context"):
        return None
    if declared.values:
        return list(declared.values)
    if declared.kind == "boolean":
        return [True, False]
    limits: set[Value] = set()
    for entry in {rule.inputs[number] for rule in plan.table.rules if not is_any(rule.inputs[number])}:
        if plan_for(entry, vocabulary, place=place, cell_of=declared).references:
            return None
        limits |= _literals(parse(entry, {}, place=place, unary=True), declared.kind, place)
    return _around(sorted(limits), declared.kind)


def _literals(node: Node, kind: str, place: str) -> set[Value]:
    if node.name == "StringLiteral":
        return {text_of(node)} if kind == "text" else set()
    if node.name in ("NumericLiteral", "DateTimeLiteral"):
        value = evaluate(node.text, {}, {}, place=place)
        return {value} if kind_of(value) == kind else set()
    return set[Value]().union(*(_literals(child, kind, place) for child in node.children))


def _around(limits: list[Value], kind: str) -> list[Value]:
    if kind == "text":
        return [*limits, _OTHER_TEXT]
    step: Value = 1
    if kind in ("date", "instant"):
        step = timedelta(days=1) if kind == "date" else timedelta(seconds=1)
    points: list[Value] = []
    for limit in limits or [_ANY[kind]]:
        points += [limit - step, limit, limit + step]
    between = [_half(low, high) for low, high in itertools.pairwise(limits)] if kind == "number" else []
    counts = kind != "number" or any(limit < 0 for limit in limits)
    return sorted({point for point in [*points, *between] if counts or point >= 0})


def _half(low: Value, high: Value) -> Value:
    return (Decimal(low) + Decimal(high)) / 2
