"""Decides a table for the facts of one dossier, and tells which rows decided; a doubt is an error, never a default."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from workflows.domain.said import Said
from workflows.rules import values
from workflows.rules.errors import (
    ExpressionRejected,
    FactMissing,
    InputNotAllowed,
    InputOutside,
    OutputNotAllowed,
    RuleUnusable,
    TooExpensive,
)
from workflows.rules.feel import is_any, unary
from workflows.rules.hit_policy import Hit, settle
from workflows.rules.kept import Edition, Kept, edition
from workflows.rules.running import REMEMBERED_LENGTH, Facts, found, missing, plain, run
from workflows.rules.table import Input, Output, Rule, Table
from workflows.rules.table_plan import TablePlan, answer_plan, cell_place, column_place, compile_table, default_place
from workflows.rules.values import CannotCross, Value
from workflows.rules.vocabulary import FactType, Vocabulary

_SECONDS = 4.0


@dataclass(frozen=True, slots=True)
class Decided:
    """The answers by output name, the ids of the rows they come from, and what the columns asked for.

    `defaulted`: no row fitted, the answers are the default outputs of the table.
    """

    outputs: Mapping[str, Value]
    rules: tuple[str, ...]
    inputs: tuple[Value, ...]
    defaulted: bool = False


_plans: Kept[tuple[int, Edition], TablePlan] = Kept(512)
_answers: Kept[tuple[TablePlan, str], Decided] = Kept(16_384)


def decide(table: Table, facts: Facts, vocabulary: Vocabulary, *, place: str) -> Decided:
    """The decision of a table; raises a kind of RuleFailed that names the table, the row and the column."""
    try:
        plan = _plan(table, vocabulary, place)
    except ExpressionRejected as problem:
        raise RuleUnusable(problem) from None
    key = _key(plan, facts)
    decided = _answers.get((plan, key)) if key is not None else None
    if decided is None:
        decided = _Question(plan, facts, vocabulary, place).decided()
        if key is not None:
            _answers.put((plan, key), decided)
    outputs = {name: plain(value) for name, value in decided.outputs.items()}
    return Decided(outputs, decided.rules, tuple(plain(value) for value in decided.inputs), decided.defaulted)


def _key(plan: TablePlan, facts: Facts) -> str | None:
    try:
        key = values.canonical([values.tagged(found(facts, reference.path)) for reference in plan.references])
    except CannotCross:
        return None
    return key if len(key) <= REMEMBERED_LENGTH else None


def _plan(table: Table, vocabulary: Vocabulary, place: str) -> TablePlan:
    key = (id(table), edition(vocabulary))
    plan = _plans.get(key)
    if plan is not None and plan.table is table and all(each.still_holds(vocabulary) for each in plan.references):
        return plan
    return _plans.put(key, compile_table(table, vocabulary, place=place))


class _Question:
    """One table asked once: the inputs, then the rows, each distinct cell at most once."""

    def __init__(self, plan: TablePlan, facts: Facts, vocabulary: Vocabulary, place: str) -> None:
        self._plan = plan
        self._table = plan.table
        self._facts = facts
        self._vocabulary = vocabulary
        self._place = place
        self._until = time.monotonic() + _SECONDS
        self._inputs = [self._input(number) for number in range(len(plan.columns))]
        self._verdicts: dict[tuple[int, str], bool | None] = {}

    def decided(self) -> Decided:
        """The answer of the rows that fit, by the table's hit policy."""
        hits: list[Hit] = []
        for row, rule in enumerate(self._table.rules, 1):
            if self._fits(row, rule):
                hits.append(Hit(row, rule.id, self._outputs(row, rule)))
                if self._table.hit_policy == "FIRST":
                    break
        inputs = tuple(self._inputs)
        if not hits and self._table.has_defaults:
            return Decided(self._defaults(), (), inputs, defaulted=True)
        named = zip(self._table.inputs, map(plain, inputs), strict=True)
        shown = ", ".join(f"{column.label} = {values.shown(value)}" for column, value in named) or Said("these facts")
        outputs, rules = settle(self._table, hits, shown, place=self._place)
        return Decided(outputs, rules, inputs)

    def _input(self, number: int) -> Value:
        column, head = self._plan.columns[number], self._table.inputs[number]
        place = column_place(self._place, self._table, head.label)
        if missing(column.plan, self._facts) is not None:
            return None
        value = run(column.plan, self._facts, place)
        allowed = column.declared.values if column.declared is not None else ()
        for item in value if isinstance(value, list) else (value,):
            if allowed and item is not None and item not in allowed:
                raise InputNotAllowed(
                    place=place,
                    expression=head.expression,
                    table=self._table.id,
                    input=head.label,
                    value=values.shown(item),
                    values=", ".join(allowed),
                )
        self._admit(head, column.declared, value, place)
        return value

    def _admit(self, head: Input, declared: FactType | None, value: Value, place: str) -> None:
        """Refuse a number or day of which the table says that it knows no answer."""
        if not head.admits or declared is None or value is None:
            return
        if not unary(head.admits, value, {}, {}, place=place, declared=declared):
            raise InputOutside(
                place=place,
                expression=head.expression,
                table=self._table.name,
                input=head.label,
                value=values.shown(plain(value)),
                admits=head.admits,
            )

    def _fits(self, row: int, rule: Rule) -> bool:
        unsure: int | None = None
        for number, entry in enumerate(rule.inputs):
            verdict = self._verdict(row, number, entry)
            if verdict is False:
                return False
            if verdict is None:
                unsure = number
        if unsure is not None:
            head = self._table.inputs[unsure]
            where = cell_place(self._place, self._table, row, head.label)
            name = missing(self._plan.columns[unsure].plan, self._facts) or head.expression
            raise FactMissing(place=where, expression=rule.inputs[unsure], name=name)
        return True

    def _verdict(self, row: int, number: int, entry: str) -> bool | None:
        if is_any(entry):
            return True
        known = self._verdicts.get((number, entry), ...)
        if known is not ...:
            return known
        place = cell_place(self._place, self._table, row, self._table.inputs[number].label)
        if time.monotonic() > self._until:
            raise TooExpensive(place=place, expression=entry, limit=Said("{seconds} seconds", seconds=round(_SECONDS)))
        value = self._inputs[number]
        declared = self._plan.columns[number].declared or FactType(values.kind_of(value) or "text")
        verdict = unary(entry, value, self._facts, self._vocabulary, place=place, declared=declared)
        self._verdicts[number, entry] = verdict
        return verdict

    def _outputs(self, row: int, rule: Rule) -> dict[str, Value]:
        return {
            output.name: self._output(
                row, output, rule.outputs[number], cell_place(self._place, self._table, row, output.label)
            )
            for number, output in enumerate(self._table.outputs)
        }

    def _defaults(self) -> dict[str, Value]:
        """The default outputs, in a list where the table gives lists."""
        found = {
            output.name: self._output(
                "default", output, output.default, default_place(self._place, self._table, output.label)
            )
            for output in self._table.outputs
        }
        return {name: [value] for name, value in found.items()} if self._table.gives_lists else found

    def _output(self, row: int | str, output: Output, written: str, place: str) -> Value:
        plan = answer_plan(output, written, self._vocabulary, place)
        value = plain(run(plan, self._facts, place))
        kinds = output.kind is None or value is None or values.kind_of(value) == output.kind
        allowed = not output.values or value is None or value in output.values
        if kinds and allowed:
            return value
        raise OutputNotAllowed(
            place=self._place,
            expression=written,
            row=row,
            table=self._table.id,
            output=output.name,
            value=values.shown(value),
            values=", ".join(output.values) or str(output.kind),
        )
