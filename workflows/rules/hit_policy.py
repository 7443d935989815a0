"""What comes of the rows that fit, by hit policy (DMN 1.3, 8.2.8); a conflict is an error, never a pick."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workflows.rules.errors import NoRuleMatches, OutputsConflict, RulesConflict
from workflows.rules.table import Table
from workflows.rules.values import Value

_NAMED = 10


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that fits, and its answers by output name."""

    row: int
    rule: str
    outputs: Mapping[str, Value]


Settled = tuple[dict[str, Value], tuple[str, ...]]


def settle(table: Table, hits: Sequence[Hit], inputs: str, *, place: str) -> Settled:
    """The outputs and the ids of the rows they come from; raises NoRuleMatches, RulesConflict or OutputsConflict."""
    if table.aggregation is not None:
        return _aggregated(table, hits, inputs, place)
    if table.gives_lists:
        ranked = sorted(hits, key=lambda hit: _rank(table, hit)) if table.hit_policy == "OUTPUT ORDER" else hits
        lists = {output.name: [hit.outputs[output.name] for hit in ranked] for output in table.outputs}
        return lists, tuple(hit.rule for hit in ranked)
    if not hits:
        raise NoRuleMatches(place=place, expression=table.id, table=table.id, inputs=inputs)
    return _single(table, hits, inputs, place)


def _single(table: Table, hits: Sequence[Hit], inputs: str, place: str) -> Settled:
    if table.hit_policy == "UNIQUE" and len(hits) > 1:
        raise RulesConflict(place=place, expression=table.id, table=table.id, rows=_rows(hits), inputs=inputs)
    if table.hit_policy == "ANY":
        if any(hit.outputs != hits[0].outputs for hit in hits):
            raise OutputsConflict(place=place, expression=table.id, table=table.id, rows=_rows(hits), inputs=inputs)
        return dict(hits[0].outputs), tuple(hit.rule for hit in hits)
    chosen = min(hits, key=lambda hit: _rank(table, hit)) if table.hit_policy == "PRIORITY" else hits[0]
    return dict(chosen.outputs), (chosen.rule,)


def _aggregated(table: Table, hits: Sequence[Hit], inputs: str, place: str) -> Settled:
    name = table.outputs[0].name
    rules = tuple(hit.rule for hit in hits)
    numbers = [hit.outputs[name] for hit in hits]
    if table.aggregation == "COUNT":
        return {name: len(hits)}, rules
    if table.aggregation == "SUM":
        return {name: _plain(sum(map(Decimal, numbers), Decimal(0)))}, rules
    if not hits:
        raise NoRuleMatches(place=place, expression=table.id, table=table.id, inputs=inputs)
    return {name: min(numbers) if table.aggregation == "MIN" else max(numbers)}, rules


def _plain(number: Decimal) -> int | Decimal:
    return int(number) if number == number.to_integral_value() else number


def _rank(table: Table, hit: Hit) -> tuple[int, ...]:
    """The place of a row in the order of the allowed output values, first column first."""
    return tuple(
        output.values.index(hit.outputs[output.name])
        if hit.outputs[output.name] in output.values
        else len(output.values)
        for output in table.outputs
        if output.values
    )


def _rows(hits: Sequence[Hit]) -> str:
    named = [f"{hit.row} ({hit.rule})" for hit in hits[:_NAMED]]
    return ", ".join(named) + (", …" if len(hits) > _NAMED else "")
