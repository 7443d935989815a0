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
    NoRuleMatches,
    OutputNotAllowed,
    OutputsConflict,
    RuleFailed,
    RulesConflict,
    RuleUnusable,
    TooExpensive,
)
from workflows.rules.table import Table
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
    rows = [("-", "-", '"direct"'), ("-", "2 / 0", '"council"')]

    assert decided(rows, "FIRST").outputs == {"stage": "direct"}


def test_all_rows_that_fit_are_collected_in_the_order_of_the_table(decided: Decide) -> None:
    assert decided(COUNCIL_OR_DIRECT, "COLLECT").outputs == {"stage": ["council", "direct"]}
    assert decided(COUNCIL_OR_DIRECT, "COLLECT").rules == ("row1", "row2")


def test_collecting_nothing_gives_an_empty_list(decided: Decide) -> None:
    assert decided([('"regular"', "-", '"direct"')], "COLLECT") == Decided({"stage": []}, (), ("thematic", 2))


@pytest.mark.parametrize("hit", ["UNIQUE", "FIRST", "ANY"])
def test_no_row_that_fits_is_an_error_that_shows_the_case(decided: Decide, hit: str) -> None:
    with pytest.raises(NoRuleMatches, match='dossier.kind = "thematic", lines.open = 2. Add a row'):
        decided([('"regular"', "-", '"direct"')], hit)


def test_rows_of_an_any_table_must_agree(decided: Decide) -> None:
    assert decided([("-", "> 1", '"direct"'), ("-", "2", '"direct"')], "ANY").rules == ("row1", "row2")
    with pytest.raises(OutputsConflict, match="rows 1 .* give different answers"):
        decided(COUNCIL_OR_DIRECT, "ANY")
