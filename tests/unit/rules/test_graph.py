"""Decisions that require others: each is made once and in order, sees what it requires, and is on record."""

import time
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.unit.rules.drawn import AMOUNT, BASE_SALARY, BONUS, FACTS, PLACE, REGION, dmn, literal
from workflows.domain.errors import DefinitionRejected, DomainError
from workflows.rules.coverage import coverage
from workflows.rules.decide_graph import Step, decide_graph
from workflows.rules.errors import (
    DecisionNameless,
    DecisionNotHeld,
    FunctionRequired,
    InputUnknown,
    LogicUnknown,
    NoDecisions,
    NoRuleMatches,
    OutputNotAllowed,
    RequirementsCircle,
    RequirementUnknown,
    ResultNameMalformed,
    ResultNameRepeated,
    ResultOfWrongKind,
    ResultTooLarge,
    RuleUnusable,
)
from workflows.rules.graph import Graph, parse_graph
from workflows.rules.table import Table
from workflows.rules.vocabulary import FactType, Vocabulary

DECLARED: Vocabulary = {
    "region": FactType("text"),
    "title": FactType("text"),
    "signed": FactType("date"),
    "things": FactType("list"),
}


def decided(*drawn: str, asked: str = "", facts: dict[str, Any] | None = None) -> tuple[Step, ...]:
    """What a file of these decisions decides, the decision nobody requires asked for unless one is named."""
    graph = parse_graph(dmn(*drawn), place=PLACE)
    return decide_graph(graph, asked or graph.last[0], FACTS if facts is None else facts, DECLARED, place=PLACE)


def test_the_amount_of_a_bonus_follows_from_the_salary_and_the_share_it_requires() -> None:
    steps = decided(AMOUNT, BONUS, REGION, BASE_SALARY)

    assert steps[-1].decided.outputs == {"amount": 7200000}
    assert [(step.decision.id, step.decided.rules) for step in steps] == [
        ("base_salary", ("mountains",)),
        ("bonus", ("fighter",)),
        ("amount", ()),
    ]
    assert steps[1].result == {"share": 3, "article": "Art. 54"}


def test_only_what_is_required_is_decided() -> None:
    steps = decided(AMOUNT, BONUS, REGION, BASE_SALARY, asked="bonus", facts={"region": "plain", "title": "fighter"})

    assert [step.decision.id for step in steps] == ["base_salary", "bonus"]
    assert steps[-1].decided.rules == ("other",)


def test_a_decision_does_not_see_what_it_does_not_require() -> None:
    with pytest.raises(RuleUnusable, match=r"decision amount: «base_salary» .* is not a declared fact"):
        decided(literal("amount", "base_salary * bonus.share", "bonus"), BONUS, REGION, BASE_SALARY)


def test_what_is_decided_comes_before_what_is_given() -> None:
    steps = decided(literal("twice", "once * 2", "once"), literal("once", "1"), facts={"once": "given"})

    assert steps[-1].result == 2


def test_a_decision_required_on_two_ways_is_made_once() -> None:
    steps = decided(
        literal("sum", "left + right", "left", "right"),
        literal("left", "base + 1", "base"),
        literal("right", "base + 2", "base"),
        literal("base", "10"),
    )

    assert steps[-1].result == 23
    assert sorted(step.decision.id for step in steps) == ["base", "left", "right", "sum"]


def test_a_result_may_have_any_name_where_nobody_requires_it() -> None:
    assert decided(literal("a", "1", variable="Mức thưởng (VNĐ)"))[-1].decided.outputs == {"Mức thưởng (VNĐ)": 1}


def collected(outputs: str = '<output name="paper" typeRef="string"/>', second: str = "") -> str:
    """A table that collects two papers, named by its id for want of a variable."""
    rules = "".join(f"<rule><outputEntry><text>{each}</text></outputEntry>{second}</rule>" for each in ('"a"', '"b"'))
    table = f'<decisionTable hitPolicy="COLLECT">{outputs}{rules}</decisionTable>'
    return f'<decision id="papers" name="1 Papers">{table}</decision>'


def test_a_table_that_collects_is_seen_as_a_list() -> None:
    assert decided(literal("total", "count(papers)", "papers"), collected())[-1].result == 2


def test_a_table_that_collects_several_outputs_is_seen_as_a_list_of_contexts() -> None:
    outputs = '<output name="paper" typeRef="string"/><output name="copies"/>'
    papers = collected(outputs, "<outputEntry><text>3</text></outputEntry>")

    steps = decided(literal("copies", "sum(papers.copies)", "papers"), papers)

    assert steps[0].result == [{"paper": "a", "copies": 3}, {"paper": "b", "copies": 3}]
    assert steps[-1].result == 6


def test_an_expression_may_give_a_context_a_day_or_a_fraction() -> None:
    made = literal("made", '{on: date("2021-10-25"), share: 0.5}', kind="")

    steps = decided(
        literal("late", "made.on > signed", "made", kind="boolean"), made, facts={"signed": date(2021, 1, 1)}
    )

    assert steps[0].result == {"on": date(2021, 10, 25), "share": Decimal("0.5")}
    assert steps[-1].result is True


def test_a_decision_without_a_variable_is_seen_under_its_name_and_its_id() -> None:
    base = '<decision id="base" name="Base pay"><literalExpression><text>7</text></literalExpression></decision>'

    assert decided(literal("sum", "Base pay + base", "base"), base)[-1].result == 14


CALLING = """<decision id="a"><knowledgeRequirement><requiredKnowledge href="#f"/></knowledgeRequirement>
<literalExpression><text>f(1)</text></literalExpression></decision>"""


@pytest.mark.parametrize(
    ("drawn", "problem", "sentence"),
    [
        ((), NoDecisions, "holds no decision"),
        ((REGION,), NoDecisions, "holds no decision"),
        ((literal("a", "1"), literal("a", "2")), DecisionNameless, "«a»"),
        ((literal("a", "b", "b"), literal("b", "a", "a")), RequirementsCircle, r"a → b → a|b → a → b"),
        ((literal("a", "a", "a"),), RequirementsCircle, "a → a"),
        ((literal("a", "b", "b"),), RequirementUnknown, "requires the decision «b», which this file does not"),
        ((literal("a", "region", "region"), REGION), RequirementUnknown, "«region»"),
        ((BASE_SALARY,), InputUnknown, "the input «region»"),
        (('<decision id="a" name="A"/>',), LogicUnknown, "«a» has no table and no expression"),
        (('<decision id="a"><context/></decision>',), LogicUnknown, "«a»"),
        ((literal("b", "1", "a"), literal("a", "1", variable="a.b")), ResultNameMalformed, "«a.b»: it has a dot"),
        ((literal("b", "1", "a"), literal("a", "1", variable="__proto__")), ResultNameMalformed, "__proto__"),
        (
            (literal("a", "x", "b", "c"), literal("b", "1", variable="x"), literal("c", "1", variable="x")),
            ResultNameRepeated,
            "two things called «x»",
        ),
        ((CALLING,), FunctionRequired, "the function «f»"),
        ((literal("a", "1", kind="tMoney"),), DefinitionRejected, "tMoney"),
    ],
)
def test_a_file_that_cannot_be_decided_is_refused_in_a_sentence(
    drawn: tuple[str, ...], problem: type[DomainError], sentence: str
) -> None:
    with pytest.raises(problem, match=sentence):
        parse_graph(dmn(*drawn), place=PLACE)


@pytest.mark.parametrize(
    ("expression", "kind", "problem"),
    [
        ('"text"', "number", ResultOfWrongKind),
        ("things[1]", "number", ResultOfWrongKind),
        ("", "number", RuleUnusable),
        ("1 +", "number", RuleUnusable),
        ("nobody", "number", RuleUnusable),
    ],
)
def test_an_expression_that_does_not_give_what_it_promises_is_refused(
    expression: str, kind: str, problem: type[DomainError]
) -> None:
    with pytest.raises(problem, match=r"bonus\.dmn, decision amount"):
        decided(literal("amount", expression, kind=kind), facts={"things": ["x"]})


def test_a_decision_that_is_not_in_the_file_is_named_with_those_that_are() -> None:
    with pytest.raises(DecisionNotHeld, match=r"no decision «x»\. There are: a"):
        decided(literal("a", "1"), asked="x")


def test_a_chain_of_a_thousand_decisions_is_decided_in_order() -> None:
    links = [literal(f"d{number}", f"d{number - 1} + 1", f"d{number - 1}") for number in range(1000, 0, -1)]
    before = time.monotonic()

    steps = decided(*links, literal("d0", "0"))

    assert (len(steps), steps[-1].result) == (1001, 1000)
    assert time.monotonic() - before < 20


def test_a_circle_of_a_thousand_decisions_is_refused() -> None:
    circle = [literal(f"d{number}", "1", f"d{(number + 1) % 1000}") for number in range(1000)]

    with pytest.raises(RequirementsCircle, match="→ …"):
        parse_graph(dmn(*circle), place=PLACE)


def test_a_result_that_doubles_at_every_step_ends_in_a_sentence() -> None:
    links = [literal(f"d{n}", f"[d{n - 1}, d{n - 1}]", f"d{n - 1}", kind="") for n in range(40, 0, -1)]

    with pytest.raises(ResultTooLarge, match=r"bonus\.dmn, decision d\d+"):
        decided(*links, literal("d0", "1"))


def defaulting(hit: str, default: str, more: str = "") -> str:
    """The salary of the islands, which is in no row, by default."""
    entry = f"<defaultOutputEntry><text>{default}</text></defaultOutputEntry>"
    output = f'<output name="amount" typeRef="number">{entry}</output>'
    return BASE_SALARY.replace('<output name="amount" typeRef="number"/>', output).replace('"UNIQUE"', f'"{hit}"{more}')


@pytest.mark.parametrize(
    ("hit", "more", "answer"),
    [("UNIQUE", "", 9), ("FIRST", "", 9), ("ANY", "", 9), ("COLLECT", "", [9]), ("RULE ORDER", "", [9])]
    + [("COLLECT", f' aggregation="{each}"', 9) for each in ("SUM", "MIN", "MAX", "COUNT")],
)
def test_where_no_row_fits_the_default_output_answers_and_is_recorded(hit: str, more: str, answer: object) -> None:
    (step,) = decided(defaulting(hit, "9", more), REGION, facts={"region": "islands"})
    (fitting,) = decided(defaulting(hit, "9", more), REGION)

    assert (step.decided.outputs, step.decided.rules, step.decided.defaulted) == ({"amount": answer}, (), True)
    assert (fitting.decided.rules, fitting.decided.defaulted) == (("mountains",), False)


def test_a_default_output_is_checked_like_an_answer() -> None:
    with pytest.raises(RuleUnusable, match="default of «amount»"):
        decided(defaulting("UNIQUE", '"nine"'), REGION)
    with pytest.raises(OutputNotAllowed, match=r"default|number"):
        decided(defaulting("UNIQUE", "things[1]"), REGION, facts={"region": "islands", "things": ["x"]})
    with pytest.raises(NoRuleMatches):
        decided(BASE_SALARY, REGION, facts={"region": "islands"})


def test_defaults_stand_for_every_output_or_for_none() -> None:
    half = BONUS.replace(
        '<output name="share" typeRef="number"/>',
        '<output name="share" typeRef="number"><defaultOutputEntry><text>1</text></defaultOutputEntry></output>',
    )
    with pytest.raises(DefinitionRejected, match="«article» has no default output"):
        parse_graph(dmn(half, BASE_SALARY, REGION), place=PLACE)


def test_a_graph_names_the_decisions_nobody_requires() -> None:
    graph: Graph = parse_graph(dmn(AMOUNT, BONUS, REGION, BASE_SALARY, literal("alone", "1")), place=PLACE)

    assert graph.last == ("amount", "alone")
    assert graph.inputs == {"region": FactType("text")}


def test_a_table_with_a_default_output_forgets_no_case() -> None:
    (table,) = parse_graph(dmn(defaulting("UNIQUE", "9"), REGION), place=PLACE).decisions.values()
    assert isinstance(table.logic, Table)

    assert coverage(table.logic, DECLARED, place=PLACE).gaps == ()
