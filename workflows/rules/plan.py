"""An expression checked once against the declared facts and kept; nothing that is not checked may run."""

import unicodedata
from dataclasses import dataclass

from workflows.rules import constructs, dates, functions, operators, paths
from workflows.rules.kept import Edition, Kept, edition
from workflows.rules.reader import Reader, Rule, Scope
from workflows.rules.shapes import Shape, declared
from workflows.rules.tree import parse
from workflows.rules.values import canonical
from workflows.rules.vocabulary import FactType, Vocabulary, check_name, members

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


@dataclass(frozen=True, slots=True)
class Reference:
    """A declared fact that an expression names: where it is, what it is, and the declared parts that cross with it."""

    name: str
    path: tuple[str, ...]
    fact: FactType
    parts: tuple["Reference", ...] = ()

    def still_holds(self, vocabulary: Vocabulary) -> bool:
        """Whether the vocabulary still declares the fact and its parts so."""
        return vocabulary.get(self.name) == self.fact and all(part.still_holds(vocabulary) for part in self.parts)


def _reference(name: str, path: tuple[str, ...], vocabulary: Vocabulary) -> Reference:
    check_name(name)
    fact = vocabulary[name]
    inside = [known for known in members(name, vocabulary) if "." not in known.removeprefix(name + ".")]
    parts = tuple(_reference(part, (part.rpartition(".")[2],), vocabulary) for part in inside)
    return Reference(name, path, fact, parts)


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
    """Check an expression, a cell of the input `cell_of`, or a column that is `compared`; raises ExpressionRejected."""
    unary = cell_of is not None
    expression = unicodedata.normalize("NFC", expression)
    tree = parse(expression, vocabulary, place=place, unary=unary)
    reader = Reader(expression, vocabulary, place, _RULES)
    shape = reader.shape(tree, Scope(input=declared(cell_of, None) if cell_of is not None else None))
    if compared:
        operators.exact(reader, tree, shape)
    references = tuple(_reference(name, tuple(name.split(".")), vocabulary) for name in sorted(reader.references))
    segments = [reference.path for reference in references] + ([("?",)] if unary else [])
    return Plan(
        expression=expression,
        unary=unary,
        references=references,
        paths=canonical(segments),
        nullable=frozenset(reader.nullable),
        whole=frozenset(reader.whole),
        mentions_null=reader.mentions_null,
        mentions_input=reader.mentions_input,
        shape=shape,
    )


_plans: Kept[tuple[str, Edition, FactType | None, bool], Plan] = Kept(8192)


def plan_for(
    expression: str, vocabulary: Vocabulary, *, place: str, cell_of: FactType | None = None, compared: bool = False
) -> Plan:
    """The kept plan of an expression, compiled at first use; arguments as for compile_plan."""
    key = (expression, edition(vocabulary), cell_of, compared)
    plan = _plans.get(key)
    if plan is not None and all(reference.still_holds(vocabulary) for reference in plan.references):
        return plan
    return _plans.put(key, compile_plan(expression, vocabulary, place=place, cell_of=cell_of, compared=compared))
