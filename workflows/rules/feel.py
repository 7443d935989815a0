"""FEEL expressions, checked against declared facts and evaluated on typed values; what is unsure is an error."""

from workflows.domain.said import Said
from workflows.rules import values
from workflows.rules.errors import ExpressionRejected, NotBoolean, ResultKind, RuleUnusable
from workflows.rules.plan import Plan, compile_plan, plan_for
from workflows.rules.running import Facts, plain, run
from workflows.rules.shapes import ANY, NULL, kind_words
from workflows.rules.values import Value
from workflows.rules.vocabulary import FactType, Kind, Vocabulary


def check(expression: str, vocabulary: Vocabulary, *, place: str, expects: Kind | None = None) -> frozenset[str]:
    """The declared facts an expression names; raises a kind of ExpressionRejected that says what to write instead."""
    plan = compile_plan(expression, vocabulary, place=place)
    check_result(plan, place, expects)
    return frozenset(reference.name for reference in plan.references)


def evaluate(expression: str, facts: Facts, vocabulary: Vocabulary, *, place: str) -> Value:
    """The value of an expression; raises a kind of RuleFailed that names the place and the fact."""
    plan = _plan(expression, vocabulary, place, None)
    return plain(run(plan, facts, place))


def condition(expression: str, facts: Facts, vocabulary: Vocabulary, *, place: str) -> bool:
    """Whether a condition holds; anything but true or false raises a kind of RuleFailed."""
    plan = _plan(expression, vocabulary, place, "boolean")
    answer = run(plan, facts, place)
    if not isinstance(answer, bool):
        raise NotBoolean(place=place, expression=expression, value=values.shown(answer))
    return answer


def unary(
    entry: str, value: Value, facts: Facts, vocabulary: Vocabulary, *, place: str, declared: FactType
) -> bool | None:
    """Whether the table cell `entry` accepts the input `value`; None if it is missing, and the cell silent of null."""
    if is_any(entry):
        return True
    try:
        plan = plan_for(entry, vocabulary, place=place, cell_of=declared)
    except ExpressionRejected as problem:
        raise RuleUnusable(problem) from None
    if value is None and not plan.mentions_null:
        return None
    answer = run(plan, facts, place, value)
    if not isinstance(answer, bool):
        raise NotBoolean(place=place, expression=entry, value=values.shown(answer))
    return answer


def is_any(entry: str) -> bool:
    """Whether a table cell accepts every value: it is empty or «-»."""
    return entry.strip() in ("", "-")


def _plan(expression: str, vocabulary: Vocabulary, place: str, expects: Kind | None) -> Plan:
    try:
        plan = plan_for(expression, vocabulary, place=place)
        check_result(plan, place, expects)
    except ExpressionRejected as problem:
        raise RuleUnusable(problem) from None
    return plan


def check_result(plan: Plan, place: str, expects: Kind | None) -> None:
    """Refuse a plan that is known to give another kind; raises ResultKind."""
    kind = plan.shape.kind
    if expects is None or kind in (expects, ANY) or (kind == NULL and expects != "boolean"):
        return
    compare = expects == "boolean" and kind in ("text", "number")
    hint = Said(" Write a comparison: {it} = …", it=plan.expression) if compare else ""
    raise ResultKind(
        place=place, expression=plan.expression, kind=kind_words(kind), expected=kind_words(expects), hint=hint
    )
