"""Decision tables decide as DMN says, tell which rows decided, and refuse every doubt."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from workflows.rules.decide import Decided, decide
from workflows.rules.errors import (
    FactMissing,
    InputNotAllowed,
    InputOutside,
    NoRuleMatches,
    OutputNotAllowed,
    OutputsConflict,
    RuleFailed,
    RulesConflict,
    RuleUnusable,
    TooExpensive,
)
from workflows.rules.table import Table
from workflows.rules.table_plan import table_problems
from workflows.rules.vocabulary import FactType, Vocabulary

COUNCIL_OR_DIRECT = [('"thematic"', "> 1", '"council"'), ("-", "-", '"direct"')]
Decide = Callable[..., Decided]


@pytest.fixture
def decided(table: Callable[..., Table], facts: dict[str, Any], vocabulary: Vocabulary) -> Decide:
    """`decided(rows, hit, …)`: the decision of such a table for the dossier."""

    def ask(*args: Any, **options: Any) -> Decided:
        return decide(table(*args, **options), facts, vocabulary, place="dossier.bpmn, task route")

    return ask


def test_the_only_row_that_fits_decides_and_is_named(decided: Decide) -> None:
    answer = decided([('"thematic"', "> 1", '"council"'), ('"regular"', "-", '"direct"')])

    assert answer.outputs == {"stage": "council"}
    assert answer.rules == ("row1",)
    assert answer.inputs == ("thematic", 2)


def test_two_rows_that_fit_a_unique_table_are_an_error_that_names_them(decided: Decide) -> None:
    with pytest.raises(RulesConflict, match=r"rows 1 \(row1\), 2 \(row2\) of the table «route» all fit"):
        decided(COUNCIL_OR_DIRECT)


def test_the_first_row_that_fits_decides(decided: Decide) -> None:
    assert decided(COUNCIL_OR_DIRECT, "FIRST").outputs == {"stage": "council"}
    assert decided(COUNCIL_OR_DIRECT, "FIRST").rules == ("row1",)


def test_the_first_row_decides_before_a_later_row_is_looked_at(decided: Decide) -> None:
    rows = [("-", "-", '"direct"'), ("-", "> line.coefficient", '"council"')]

    assert decided(rows, "FIRST").outputs == {"stage": "direct"}


def test_all_rows_that_fit_are_collected_in_the_order_of_the_table(decided: Decide) -> None:
    assert decided(COUNCIL_OR_DIRECT, "COLLECT").outputs == {"stage": ["council", "direct"]}
    assert decided(COUNCIL_OR_DIRECT, "COLLECT").rules == ("row1", "row2")


def test_collecting_nothing_gives_an_empty_list(decided: Decide) -> None:
    assert decided([('"regular"', "-", '"direct"')], "COLLECT") == Decided({"stage": []}, (), ("thematic", 2))


@pytest.mark.parametrize("hit", ["UNIQUE", "FIRST", "ANY"])
def test_no_row_that_fits_is_an_error_that_shows_the_case(decided: Decide, hit: str) -> None:
    with pytest.raises(NoRuleMatches, match=r'dossier\.kind = "thematic", lines\.open = 2\. Add a row'):
        decided([('"regular"', "-", '"direct"')], hit)


def test_rows_of_an_any_table_must_agree(decided: Decide) -> None:
    assert decided([("-", "> 1", '"direct"'), ("-", "2", '"direct"')], "ANY").rules == ("row1", "row2")
    with pytest.raises(OutputsConflict, match="Give them the same answer"):
        decided(COUNCIL_OR_DIRECT, "ANY")


RANKED = (("stage", "string", '"council", "chair", "direct"'),)


def test_the_best_ranked_answer_decides_a_priority_table(decided: Decide) -> None:
    rows = [("-", "-", '"direct"'), ("-", "> 1", '"chair"'), ("-", "> 5", '"council"')]

    answer = decided(rows, "PRIORITY", outputs=RANKED)

    assert answer.outputs == {"stage": "chair"}
    assert answer.rules == ("row2",)


def test_answers_of_an_output_order_table_come_best_first(decided: Decide) -> None:
    rows = [("-", "-", '"direct"'), ("-", "> 1", '"council"'), ("-", "2", '"chair"')]

    answer = decided(rows, "OUTPUT ORDER", outputs=RANKED)

    assert answer.outputs == {"stage": ["council", "chair", "direct"]}
    assert answer.rules == ("row2", "row3", "row1")


def test_answers_of_a_rule_order_table_come_in_the_order_of_the_rows(decided: Decide) -> None:
    rows = [("-", "-", '"direct"'), ("-", "> 5", '"chair"'), ("-", "> 1", '"council"')]

    assert decided(rows, "RULE ORDER", outputs=RANKED).outputs == {"stage": ["direct", "council"]}


@pytest.mark.parametrize(
    ("aggregation", "total"), [("SUM", Decimal("10.3")), ("MIN", Decimal("0.1")), ("MAX", 10), ("COUNT", 3)]
)
def test_numbers_that_are_collected_are_aggregated_exactly(decided: Decide, aggregation: str, total: object) -> None:
    rows = [("-", "-", "0.1"), ("-", "2", "0.2"), ("-", "> 1", "10"), ("-", "> 9", "99")]

    answer = decided(rows, "COLLECT", outputs=(("bonus", "number"),), aggregation=aggregation)

    assert answer.outputs == {"bonus": total}
    assert answer.rules == ("row1", "row2", "row3")


@pytest.mark.parametrize(("aggregation", "total"), [("SUM", 0), ("COUNT", 0)])
def test_nothing_collected_sums_to_nothing(decided: Decide, aggregation: str, total: int) -> None:
    bonus = {"outputs": (("bonus", "number"),), "aggregation": aggregation}

    assert decided([("-", "> 9", "1")], "COLLECT", **bonus).outputs == {"bonus": total}


@pytest.mark.parametrize("aggregation", ["MIN", "MAX"])
def test_nothing_collected_has_no_smallest_and_no_greatest(decided: Decide, aggregation: str) -> None:
    with pytest.raises(NoRuleMatches):
        decided([("-", "> 9", "1")], "COLLECT", outputs=(("bonus", "number"),), aggregation=aggregation)


def test_several_outputs_are_answered_together(decided: Decide) -> None:
    answer = decided(
        [("-", "-", '"council"', "lines.open * 2", "null")],
        outputs=[
            ("stage", "string"),
            ("days", "number"),
            ("note", "string"),
        ],
    )

    assert answer.outputs == {"stage": "council", "days": 4, "note": None}


def test_a_missing_input_matters_only_to_rows_that_ask_for_it(
    table: Callable[..., Table], facts: dict[str, Any], vocabulary: Vocabulary
) -> None:
    facts["lines"]["open"] = None
    fits_anyway = table([('"thematic"', "-", '"direct"'), ('"regular"', "> 1", '"council"')])
    asks = table([('"thematic"', "> 1", '"council"'), ('"thematic"', "-", '"direct"')], "FIRST")
    expects_null = table([("-", "null", '"direct"'), ("-", "> 1", '"council"')])

    assert decide(fits_anyway, facts, vocabulary, place="p").outputs == {"stage": "direct"}
    with pytest.raises(FactMissing, match=r"row 1, column «lines\.open»: «lines\.open» is not known yet"):
        decide(asks, facts, vocabulary, place="p")
    with pytest.raises(FactMissing, match="row 2"):
        decide(expects_null, facts, vocabulary, place="p")


def test_an_input_outside_its_allowed_values_is_an_error(
    table: Callable[..., Table], facts: dict[str, Any], vocabulary: Vocabulary
) -> None:
    narrow = table([('"regular"', '"direct"')], inputs=[("dossier.kind", "string", '"regular", "sudden"')])

    with pytest.raises(InputNotAllowed, match='is "thematic", which is not one of its values: regular, sudden'):
        decide(narrow, facts, vocabulary, place="p")


def test_an_answer_outside_its_allowed_values_is_an_error(decided: Decide) -> None:
    stages = (("stage", "string", '"council", "direct"'),)

    with pytest.raises(RuleUnusable, match='«stage» is never "counsil"'):
        decided([("-", "-", '"counsil"')], outputs=stages)
    with pytest.raises(OutputNotAllowed, match='row 1 of the table «route» gives "an" for «stage»'):
        decided([("-", "-", "council.members[1]")], outputs=stages)


def test_a_cell_that_is_wrong_is_named_by_row_and_column(decided: Decide) -> None:
    with pytest.raises(RuleFailed) as refused:
        decided([('"thematic"', "> 1", '"council"'), ('"tematic"', "-", '"direct"')])

    assert str(refused.value).startswith("dossier.bpmn, task route, table route, row 2, column «dossier.kind»: ")


def test_an_answer_of_another_kind_than_its_column_is_an_error(decided: Decide) -> None:
    with pytest.raises(RuleUnusable, match="gives a number, but a text is needed"):
        decided([("-", "-", "3")])


def test_a_share_in_a_column_is_compared_exactly(
    table: Callable[..., Table], facts: dict[str, Any], vocabulary: Vocabulary
) -> None:
    share = table(
        [(">= 2 / 3", "true"), ("< 2 / 3", "false")],
        inputs=[("council.present / council.size", "number")],
        outputs=[("reached", "boolean")],
    )

    for present in range(10):
        facts["council"]["present"] = present
        assert decide(share, facts, vocabulary, place="p").outputs == {"reached": present * 3 >= 9 * 2}


def test_a_date_column_chooses_by_the_legal_date(
    table: Callable[..., Table], facts: dict[str, Any], vocabulary: Vocabulary
) -> None:
    by_date = table(
        [('[date("2019-07-01")..date("2024-06-30")]', "1800000"), ('>= date("2024-07-01")', "2340000")],
        inputs=[("legal date", "date")],
        outputs=[("amount", "number")],
    )

    assert decide(by_date, facts, vocabulary, place="p").outputs == {"amount": 1800000}
    facts["legal date"] = date(2024, 7, 1)
    assert decide(by_date, facts, vocabulary, place="p").outputs == {"amount": 2340000}


def test_what_was_decided_cannot_be_changed_by_who_asked(decided: Decide) -> None:
    first = decided(COUNCIL_OR_DIRECT, "COLLECT")
    first.outputs["stage"].append("spoiled")

    assert decided(COUNCIL_OR_DIRECT, "COLLECT").outputs == {"stage": ["council", "direct"]}


def test_a_table_may_not_take_longer_than_its_time(monkeypatch: pytest.MonkeyPatch, decided: Decide) -> None:
    monkeypatch.setattr("workflows.rules.decide._SECONDS", 0.0)

    with pytest.raises(TooExpensive, match=r"column «dossier\.kind»"):
        decided([('"thematic"', "-", '"council"')])


def test_what_a_table_adds_to_the_facts_is_declared(table: Callable[..., Table]) -> None:
    stage = FactType("text", ("council", "chair", "direct"))

    assert table(COUNCIL_OR_DIRECT, outputs=RANKED).gives() == {"stage": stage}
    assert table(COUNCIL_OR_DIRECT, "COLLECT", outputs=RANKED).gives() == {
        "stage": FactType("list", stage.values, "text")
    }
    counted = table([("-", "-", "1")], "COLLECT", outputs=[("n", "number")], aggregation="SUM")
    assert counted.gives() == {"n": FactType("number")}


def test_a_day_for_which_the_table_knows_no_answer_is_refused_in_a_sentence(decided: Decide) -> None:
    since = ("legal date", "date", '>= date("2024-05-02")')
    with pytest.raises(
        InputOutside, match=r"«legal date» is 2024-05-01; .* knows an answer only for >= date"
    ) as refusal:
        decided([("-", "1")], inputs=[since], outputs=[("n", "number")])
    assert "Route" in str(refusal.value)

    until = ("legal date", "date", '<= date("2024-05-01")')
    assert decided([("-", "1")], inputs=[until], outputs=[("n", "number")]).outputs == {"n": 1}


@pytest.mark.parametrize("admits", ["lines.total", ">= nonsense(", '"a","b"', "> lines.total"])
def test_what_a_column_admits_is_a_test_without_other_facts(
    admits: str, table: Callable[..., Table], vocabulary: Vocabulary
) -> None:
    odd = table([("-", "1")], inputs=[("lines.open", "number", admits)], outputs=[("n", "number")])
    (problem,) = table_problems(odd, vocabulary, place="route.dmn")
    assert "«lines.open», allowed values" in str(problem)
