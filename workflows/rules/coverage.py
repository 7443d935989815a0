"""Cases that no row of a table fits, or several, and rows that fit none, tried at and between the limits of cells."""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from workflows.rules.constructs import text_of
from workflows.rules.feel import evaluate, is_any, unary
from workflows.rules.plan import plan_for
from workflows.rules.relative import Standing, accepts, standings
from workflows.rules.table import Input, Table
from workflows.rules.table_plan import TablePlan, cell_place, compile_table
from workflows.rules.tree import Node, parse
from workflows.rules.values import Value, kind_of, shown
from workflows.rules.vocabulary import FactType, Vocabulary

MAX_CASES = 50_000
MAX_TOLD = 10
OTHER_TEXT = "…"
"""Stands for any text that no cell names."""
_ANY: dict[str, Value] = {"number": 1, "date": date(2024, 1, 1), "instant": datetime(2024, 1, 1, tzinfo=UTC)}
_UNSURE = frozenset(
    "FunctionInvocation ArithmeticExpression PathExpression QuantifiedExpression FilterExpression ForExpression "
    "IfExpression null".split()
)
"""What makes a cell hold at places that no limit tells."""
Period = tuple[date, date | None]
"""From a day on, until the day before another."""


@dataclass(frozen=True, slots=True)
class Case:
    """Cases alike: for each column values that fit the same rows, those rows by number, and the first case in words."""

    values: tuple[tuple[Value, ...], ...]
    rows: tuple[int, ...]
    inputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was found; `dead` rows never decide, `unused` values (output, value) are never given.

    `unread` are the columns for which it cannot be told, because they compare with other facts or there is too much to
    try; `unsure` those with cells for which only some values were tried. A value of a column that is compared with one
    other fact is a Standing.
    """

    gaps: tuple[Case, ...] = ()
    overlaps: tuple[Case, ...] = ()
    dead: tuple[int, ...] = ()
    unused: tuple[tuple[str, str], ...] = ()
    unread: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()


def coverage(
    table: Table, vocabulary: Vocabulary, *, place: str, periods: Mapping[str, Period] | None = None
) -> Coverage:
    """Try the table; `periods` bounds the days that a column's expression can give.

    Raises ExpressionRejected if the table does not pass its check, RuleFailed if a cell fails for a value.
    """
    plan = compile_table(table, vocabulary, place=place)
    unused = tuple(_unused(table))
    tried = [_tried(plan, number, vocabulary, place, periods or {}) for number in range(len(table.inputs))]
    labels = [head.label for head in table.inputs]
    unread = tuple(label for label, values in zip(labels, tried, strict=True) if values is None)
    columns = [
        _alike(plan, number, values, vocabulary, place) for number, values in enumerate(tried) if values is not None
    ]
    combined = None if unread else _combined(table, columns)
    if combined is None:
        return Coverage(unused=unused, unread=unread or tuple(labels))
    unsure = [not _stands(tried[number]) and _has_unsure_cells(table, number, place) for number in range(len(labels))]
    gaps, overlaps, deciding = combined
    several = tuple(label for label, values in zip(labels, tried, strict=True) if _many(values))
    if several and (gaps or overlaps):
        return Coverage(unused=unused, unread=several)
    dead = [row for row in range(1, len(table.rules) + 1) if row not in deciding and not any(unsure)]
    return Coverage(
        tuple(gaps[:MAX_TOLD]),
        tuple(overlaps[:MAX_TOLD]),
        tuple(dead),
        unused,
        (),
        tuple(label for label, each in zip(labels, unsure, strict=True) if each),
    )


Group = tuple[tuple[Value, ...], frozenset[int]]


def _combined(table: Table, columns: Sequence[Sequence[Group]]) -> tuple[list[Case], list[Case], set[int]] | None:
    """Gaps, overlaps and the rows that decide, column by column: cases that leave the same rows are one from there on.

    None where there is too much to try.
    """
    fits: dict[frozenset[int], list[tuple[Group, ...]]] = {frozenset(range(1, len(table.rules) + 1)): [()]}
    for groups in columns:
        if len(fits) * len(groups) > MAX_CASES:
            return None
        more: dict[frozenset[int], list[tuple[Group, ...]]] = {}
        for (rows, cases), group in itertools.product(fits.items(), groups):
            known = more.setdefault(rows & group[1], [])
            known += [(*case, group) for case in cases[: MAX_TOLD - len(known)]]
        fits = more
    gaps: list[Case] = []
    overlaps: list[Case] = []
    deciding = set[int]()
    for rows, cases in fits.items():
        deciding |= {min(rows)} if rows and table.hit_policy == "FIRST" else rows
        if not (rows or table.gives_lists or table.aggregation or table.has_defaults):
            gaps += [_case(table, case, rows) for case in cases]
        if len(rows) > 1 and table.hit_policy == "UNIQUE":
            overlaps.append(_case(table, cases[0], rows))
    return gaps, overlaps, deciding


def _case(table: Table, combination: Iterable[Group], rows: Iterable[int]) -> Case:
    values = tuple(group for group, _ in combination)
    named = zip(table.inputs, values, strict=True)
    inputs = tuple(f"{head.label} {_shown(group[0])}" for head, group in named)
    return Case(values, tuple(sorted(rows)), inputs)


def _shown(value: Value) -> str:
    if isinstance(value, Standing):
        return " and ".join(f"{side} {bound}" for bound, side in value.sides)
    return f"= {OTHER_TEXT if value == OTHER_TEXT else shown(value)}"


def _stands(values: Sequence[Value] | None) -> bool:
    return values is not None and any(isinstance(value, Standing) for value in values)


def _many(values: Sequence[Value] | None) -> bool:
    """Whether the values stand to several bounds: of some of them nobody knows whether they can be."""
    return values is not None and any(isinstance(value, Standing) and len(value.sides) > 1 for value in values)


def _unused(table: Table) -> Iterator[tuple[str, str]]:
    """Declared values that no row gives, where each row says plainly what it gives."""
    for number, output in enumerate(table.outputs):
        given = [*(rule.outputs[number] for rule in table.rules), *filter(None, [output.default])]
        if output.values and all(cell.count('"') == 2 and cell[0] == cell[-1] == '"' for cell in given):  # noqa: PLR2004
            yield from ((output.name, value) for value in output.values if f'"{value}"' not in given)


def _alike(plan: TablePlan, number: int, values: Iterable[Value], vocabulary: Vocabulary, place: str) -> list[Group]:
    """The tried values of a column, those together that follow each other (texts: anywhere) and fit the same rows."""
    groups: list[tuple[list[Value], frozenset[int]]] = []
    for value in values:
        rows = _rows(plan, number, value, vocabulary, place)
        known = groups if isinstance(value, str) else groups[-1:]
        found = next((group for group, fits in known if fits == rows), None)
        if found is None:
            groups.append(([value], rows))
        else:
            found.append(value)
    return [(tuple(group), rows) for group, rows in groups]


def _rows(plan: TablePlan, number: int, value: Value, vocabulary: Vocabulary, place: str) -> frozenset[int]:
    """The rows whose cell in this column accepts the value."""
    declared = plan.columns[number].declared or FactType("text")
    # The value tried for «any other text» is none of the declared ones, and is not checked against them.
    declared = FactType(declared.kind, () if value == OTHER_TEXT else declared.values, declared.of)
    fits = set[int]()
    known: dict[str, bool] = {}
    for row, rule in enumerate(plan.table.rules, 1):
        entry = rule.inputs[number]
        if entry not in known:
            where = cell_place(place, plan.table, row, plan.table.inputs[number].label)
            known[entry] = _accepts(entry, value, vocabulary, where, declared)
        if known[entry]:
            fits.add(row)
    return frozenset(fits)


def _accepts(entry: str, value: Value, vocabulary: Vocabulary, where: str, declared: FactType) -> bool:
    if isinstance(value, Standing):
        return is_any(entry) or accepts(entry, value, vocabulary, place=where)
    return bool(unary(entry, value, {}, vocabulary, place=where, declared=declared))


def _tried(
    plan: TablePlan, number: int, vocabulary: Vocabulary, place: str, periods: Mapping[str, Period]
) -> list[Value] | None:
    """Values to try in a column: those declared, or each limit and what is beside it; None if other facts decide it."""
    declared = plan.columns[number].declared
    if declared is None or declared.kind in ("list", "context"):
        return None
    if declared.values:
        return list(declared.values)
    if declared.kind == "boolean":
        return [True, False]
    entries = _entries(plan.table, number)
    if any(plan_for(entry, vocabulary, place=place, cell_of=declared).references for entry in entries):
        return list(standings(entries, vocabulary, place=place) or ()) or None
    head = plan.table.inputs[number]
    limits: set[Value] = set()
    for entry in {*entries, *filter(None, [head.admits])}:
        limits |= _literals(parse(entry, {}, place=place, unary=True), declared.kind, place)
    period = periods.get(head.expression) if declared.kind == "date" else None
    if period is None:
        return _admitted(head, _around(sorted(limits), declared.kind), declared, place)
    begins, ends = period
    around = _around(sorted(limits | {begins} | ({ends} if ends else set())), declared.kind)
    within = [day for day in around if begins <= day and (ends is None or day < ends)]
    return _admitted(head, within, declared, place)


def _admitted(head: Input, values: Iterable[Value], declared: FactType, place: str) -> list[Value]:
    """The values for which the table answers at all."""
    if not head.admits:
        return list(values)
    return [value for value in values if unary(head.admits, value, {}, {}, place=place, declared=declared)]


def _entries(table: Table, number: int) -> set[str]:
    return {rule.inputs[number] for rule in table.rules if not is_any(rule.inputs[number])}


def _has_unsure_cells(table: Table, number: int, place: str) -> bool:
    return any(_is_unsure(parse(entry, {}, place=place, unary=True)) for entry in _entries(table, number))


def _is_unsure(node: Node) -> bool:
    return node.name in _UNSURE or any(map(_is_unsure, node.children))


def _literals(node: Node, kind: str, place: str) -> set[Value]:
    if node.name == "StringLiteral":
        return {text_of(node)} if kind == "text" else set()
    if node.name in ("NumericLiteral", "DateTimeLiteral"):
        value = evaluate(node.text, {}, {}, place=place)
        return {value} if kind_of(value) == kind else set()
    return set[Value]().union(*(_literals(child, kind, place) for child in node.children))


def _around(limits: list[Value], kind: str) -> list[Value]:
    if kind == "text":
        return [*limits, OTHER_TEXT]
    step: Value = 1
    if kind in ("date", "instant"):
        step = timedelta(days=1) if kind == "date" else timedelta(seconds=1)
    points: list[Value] = []
    for limit in limits or [_ANY[kind]]:
        points += [limit, *_beside(limit, step)]
    between = [_half(low, high) for low, high in itertools.pairwise(limits)] if kind == "number" else []
    counts = kind != "number" or any(limit < 0 for limit in limits)
    return sorted({point for point in [*points, *between] if counts or point >= 0})


def _beside(limit: Value, step: Value) -> Iterator[Value]:
    for sign in (-1, 1):
        with suppress(OverflowError):  # no day is before the first one
            yield limit + sign * step


def _half(low: Value, high: Value) -> Value:
    return (Decimal(low) + Decimal(high)) / 2
