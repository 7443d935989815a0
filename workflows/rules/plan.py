"""An expression checked once against the declared facts and kept; the only way from source to something that may run."""

import threading
from collections import OrderedDict
from dataclasses import dataclass

from workflows.rules import constructs, dates, functions, operators, paths
from workflows.rules.reader import Reader, Rule, Scope
from workflows.rules.shapes import Shape, declared
from workflows.rules.tree import parse
from workflows.rules.values import canonical
from workflows.rules.vocabulary import FactType, Vocabulary

_RULES: dict[str, Rule] = {
    "Expression": constructs.inner,
    "ParenthesizedExpression": constructs.inner,
    "UnaryTests": operators.cell,
    "StringLiteral": constructs.text,
    "NumericLiteral": constructs.number,
    "BooleanLiteral": constructs.boolean,
    "null": constructs.null,
    "?": constructs.question,
    "DateTimeLiteral": dates.date_literal,
    "VariableName": paths.read_path,
    "PathExpression": paths.read_path,
    "Conjunction": operators.logic,
    "Disjunction": operators.logic,
    "Comparison": operators.comparison,
    "SimplePositiveUnaryTest": operators.interval,
    "Interval": operators.interval,
    "ArithmeticExpression": operators.arithmetic,
    "FunctionInvocation": functions.call,
    "IfExpression": constructs.choice,
    "List": constructs.listing,
    "Context": constructs.context,
    "FilterExpression": constructs.filtered,
    "QuantifiedExpression": constructs.quantified,
    "ForExpression": constructs.loop,
}
_KEPT = 8192
Reference = tuple[str, tuple[str, ...], FactType]


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A checked expression: what it names, which of it may be null or must be whole numbers, and what it gives."""

    expression: str
    unary: bool
    references: tuple[Reference, ...]
    paths: str  # the same names as the sandbox wants them, JSON
    nullable: frozenset[str]
    whole: frozenset[str]
    mentions_null: bool
    mentions_input: bool
    shape: Shape


def compile_plan(
    expression: str, vocabulary: Vocabulary, *, place: str, cell_of: FactType | None = None, compared: bool = False
) -> Plan:
    """Check an expression, a cell of the input `cell_of`, or one whose result will be `compared`; raises ExpressionRejected."""
    unary = cell_of is not None
    tree = parse(expression, vocabulary, place=place, unary=unary)
    reader = Reader(expression, vocabulary, place, _RULES)
    shape = reader.shape(tree, Scope(input=declared(cell_of, None) if cell_of is not None else None))
    if compared:
        operators.exact(reader, tree, shape)
    names = sorted(reader.references)
    segments = [tuple(name.split(".")) for name in names] + ([("?",)] if unary else [])
    return Plan(
        expression=expression,
        unary=unary,
        references=tuple((name, tuple(name.split(".")), vocabulary[name]) for name in names),
        paths=canonical(segments),
        nullable=frozenset(reader.nullable),
        whole=frozenset(reader.whole),
        mentions_null=reader.mentions_null,
        mentions_input=reader.mentions_input,
        shape=shape,
    )


class _Kept:
    """Plans by source and vocabulary; a vocabulary is known again by identity, so one must not be changed once used."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._plans: OrderedDict[tuple[str, int, FactType | None, bool], tuple[Vocabulary, Plan]] = OrderedDict()

    def get(
        self, expression: str, vocabulary: Vocabulary, place: str, cell_of: FactType | None, compared: bool
    ) -> Plan:
        key = (expression, id(vocabulary), cell_of, compared)
        found = self._plans.get(key)
        if found is not None and found[0] is vocabulary and _still_holds(found[1], vocabulary):
            return found[1]
        plan = compile_plan(expression, vocabulary, place=place, cell_of=cell_of, compared=compared)
        with self._lock:
            self._plans[key] = (vocabulary, plan)
            while len(self._plans) > _KEPT:
                self._plans.popitem(last=False)
        return plan


def _still_holds(plan: Plan, vocabulary: Vocabulary) -> bool:
    return all(vocabulary.get(name) is fact for name, _, fact in plan.references)


_kept = _Kept()


def plan_for(
    expression: str, vocabulary: Vocabulary, *, place: str, cell_of: FactType | None = None, compared: bool = False
) -> Plan:
    """The kept plan of an expression, compiled at first use; arguments as for compile_plan."""
    return _kept.get(expression, vocabulary, place, cell_of, compared)
