"""A decision table checked cell by cell against the declared facts, and kept; it decides nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

from workflows.domain.said import Said
from workflows.rules.errors import ExpressionRejected, OutputUntyped, ResultKind, ValueUnknown
from workflows.rules.feel import check_result, is_any
from workflows.rules.plan import Plan, Reference, plan_for
from workflows.rules.shapes import ANY, kind_words
from workflows.rules.table import Input, Output, Table
from workflows.rules.vocabulary import KINDS, FactType, Kind, Vocabulary


@dataclass(frozen=True, slots=True)
class Column:
    """An input column ready to run; `declared` is None where only the value itself will tell its kind."""

    plan: Plan
    declared: FactType | None


@dataclass(frozen=True, slots=True, eq=False)
class TablePlan:
    """A table that passed its check; `references` are all the facts that can decide its answer."""

    table: Table
    columns: tuple[Column, ...]
    references: tuple[Reference, ...]


def check_table(table: Table, vocabulary: Vocabulary, *, place: str) -> frozenset[str]:
    """The declared facts a table names in its columns, cells and answers; raises the first ExpressionRejected."""
    return frozenset(reference.name for reference in compile_table(table, vocabulary, place=place).references)


def table_problems(table: Table, vocabulary: Vocabulary, *, place: str) -> list[ExpressionRejected]:
    """Every column, cell and answer that is rejected: columns first, then row by row."""
    problems: list[ExpressionRejected] = [
        OutputUntyped(place=column_place(place, table, output.label)) for output in table.outputs if output.kind is None
    ]
    _check(table, vocabulary, place, problems)
    return problems


def compile_table(table: Table, vocabulary: Vocabulary, *, place: str) -> TablePlan:
    """The plan of a table; raises the first ExpressionRejected."""
    return _check(table, vocabulary, place, None)


def cell_place(place: str, table: Table, row: int, column: str) -> str:
    """Where a cell is, for a message."""
    return Said(
        "{place}, table {table}, row {row}, column «{column}»", place=place, table=table.id, row=row, column=column
    )


def column_place(place: str, table: Table, column: str) -> str:
    """Where the head of a column is, for a message."""
    return Said("{place}, table {table}, column «{column}»", place=place, table=table.id, column=column)


def default_place(place: str, table: Table, column: str) -> str:
    """Where the default output of a column is, for a message."""
    return Said("{place}, table {table}, default of «{column}»", place=place, table=table.id, column=column)


@contextmanager
def _noting(problems: list[ExpressionRejected] | None) -> Iterator[None]:
    try:
        yield
    except ExpressionRejected as problem:
        if problems is None:
            raise
        problems.append(problem)


def _check(table: Table, vocabulary: Vocabulary, place: str, problems: list[ExpressionRejected] | None) -> TablePlan:
    columns: dict[int, Column] = {}
    references: dict[str, Reference] = {}
    for number, head in enumerate(table.inputs):
        with _noting(problems):
            columns[number] = _column(head, vocabulary, column_place(place, table, head.label))
            references.update((each.name, each) for each in columns[number].plan.references)
    for row, rule in enumerate(table.rules, 1):
        for number, entry in enumerate(rule.inputs):
            declared = columns[number].declared if number in columns else None
            if declared is not None and not is_any(entry):
                with _noting(problems):
                    where = cell_place(place, table, row, table.inputs[number].label)
                    plan = plan_for(entry, vocabulary, place=where, cell_of=declared)
                    references.update((each.name, each) for each in plan.references)
        for output, written in zip(table.outputs, rule.outputs, strict=True):
            with _noting(problems):
                plan = answer_plan(output, written, vocabulary, cell_place(place, table, row, output.label))
                references.update((each.name, each) for each in plan.references)
    for output in table.outputs:
        if output.default:
            with _noting(problems):
                plan = answer_plan(output, output.default, vocabulary, default_place(place, table, output.label))
                references.update((each.name, each) for each in plan.references)
    return TablePlan(table, tuple(columns.values()), tuple(references[name] for name in sorted(references)))


def _column(column: Input, vocabulary: Vocabulary, place: str) -> Column:
    plan = plan_for(column.expression, vocabulary, place=place, compared=True)
    check_result(plan, place, column.kind)
    item = plan.shape.item
    for value in column.values:
        if item.values and value not in item.values:
            known = ", ".join(item.values)
            name = column.expression
            raise ValueUnknown(place=place, expression=name, name=name, value=value, values=known)
    kind = column.kind or plan.shape.kind
    if kind == ANY:
        return Column(plan, None)
    if kind not in KINDS:
        allowed = Said("a text, a number, true or false, a date")
        raise ResultKind(place=place, expression=column.expression, kind=kind_words(kind), expected=allowed, hint="")
    of = item.kind if kind == "list" and item.kind in KINDS else None
    declared = FactType(cast("Kind", kind), column.values or item.values, of)
    if column.admits:
        plan_for(column.admits, {}, place=Said("{place}, allowed values", place=place), cell_of=declared)
    return Column(plan, declared)


def answer_plan(output: Output, written: str, vocabulary: Vocabulary, place: str) -> Plan:
    """The plan of one answer of a row; raises ValueUnknown for a text that the output does not allow."""
    plan = plan_for(written, vocabulary, place=place)
    check_result(plan, place, output.kind)
    strangers = [value for value in plan.shape.values if value not in output.values] if plan.shape.constant else []
    if strangers and output.values:
        allowed = ", ".join(output.values)
        raise ValueUnknown(place=place, expression=written, name=output.name, value=strangers[0], values=allowed)
    return plan
