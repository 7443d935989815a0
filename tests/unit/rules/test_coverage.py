"""The cases that a table forgets or decides twice are found before a dossier meets them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from workflows.rules.coverage import coverage
from workflows.rules.table import Table
from workflows.rules.vocabulary import Vocabulary

TableOf = Callable[..., Table]


def test_a_declared_value_that_no_row_fits_is_a_gap(table: TableOf, vocabulary: Vocabulary) -> None:
    kinds = table([('"thematic"', '"council"'), ('"regular"', '"direct"')], inputs=[("dossier.kind", "string")])

    (gap,) = coverage(kinds, vocabulary, place="route.dmn").gaps

    assert gap.inputs == ('dossier.kind = "sudden"',)


def test_rows_that_meet_at_a_limit_overlap_there_and_nowhere_else(table: TableOf, vocabulary: Vocabulary) -> None:
    days = table([("<= 3", "1"), (">= 3", "2")], inputs=[("lines.open", "number")], outputs=[("n", "number")])

    (overlap,) = coverage(days, vocabulary, place="route.dmn").overlaps

    assert overlap.inputs == ("lines.open = 3",)
    assert overlap.rows == (1, 2)


def test_a_day_between_two_periods_is_a_gap(table: TableOf, vocabulary: Vocabulary) -> None:
    rows = [('< date("2024-06-30")', "1"), ('>= date("2024-07-01")', "2")]
    periods = table(rows, inputs=[("legal date", "date")], outputs=[("n", "number")])

    gaps = coverage(periods, vocabulary, place="route.dmn").gaps

    assert [gap.inputs for gap in gaps] == [("legal date = 2024-06-30",)]


def test_a_gap_is_a_combination_of_columns(table: TableOf, vocabulary: Vocabulary) -> None:
    both = table(
        [('"thematic"', "> 1", '"a"'), ('not("thematic")', "-", '"b"'), ("-", "<= 0", '"c"')],
        "FIRST",
    )

    (gap,) = coverage(both, vocabulary, place="route.dmn").gaps

    assert gap.inputs == ('dossier.kind = "thematic"', "lines.open = 0.5")
    assert gap.values == (("thematic",), (Decimal("0.5"), 1))


def test_a_text_that_is_not_listed_is_tried_too(table: TableOf, vocabulary: Vocabulary) -> None:
    notes = table([('"a"', '"x"')], inputs=[("dossier.note", "string")])

    assert [gap.inputs for gap in coverage(notes, vocabulary, place="route.dmn").gaps] == [("dossier.note = …",)]


def test_a_table_without_gap_or_overlap_is_whole(table: TableOf, vocabulary: Vocabulary) -> None:
    rows = [('"thematic"', "< 2", '"a"'), ('"thematic"', ">= 2", '"b"'), ('not("thematic")', "-", '"c"')]
    found = coverage(table(rows), vocabulary, place="route.dmn")

    assert (found.gaps, found.overlaps, found.unread) == ((), (), ())


def test_a_column_compared_with_other_facts_is_left_unread(table: TableOf, vocabulary: Vocabulary) -> None:
    relative = table([("> council.size", '"a"')], inputs=[("lines.open", "number")])

    assert coverage(relative, vocabulary, place="route.dmn").unread == ("lines.open",)


def test_rows_that_are_collected_may_overlap_and_leave_cases_out(table: TableOf, vocabulary: Vocabulary) -> None:
    papers = table([('"thematic"', '"a"'), ("-", '"b"')], "COLLECT", inputs=[("dossier.kind", "string")])

    found = coverage(papers, vocabulary, place="route.dmn")
    assert (found.gaps, found.overlaps) == ((), ())


def test_a_row_that_fits_no_case_is_dead(table: TableOf, vocabulary: Vocabulary) -> None:
    kinds = table([("-", "? > 5 and ? < 3", '"a"'), ("-", "-", '"b"')])

    assert coverage(kinds, vocabulary, place="route.dmn").dead == (1,)


def test_a_row_behind_one_that_takes_all_its_cases_is_dead(table: TableOf, vocabulary: Vocabulary) -> None:
    ranked = table([("-", "> 1", '"a"'), ('"thematic"', "> 3", '"b"'), ("-", "-", '"c"')], "FIRST")

    assert coverage(ranked, vocabulary, place="route.dmn").dead == (2,)


def test_a_row_that_may_fit_where_nothing_was_tried_is_not_called_dead(table: TableOf, vocabulary: Vocabulary) -> None:
    notes = table([('contains(?, "x")', '"a"'), ("null", '"b"')], inputs=[("dossier.note", "string")])

    found = coverage(notes, vocabulary, place="route.dmn")
    assert (found.dead, found.unsure) == ((), ("dossier.note",))


def test_a_declared_answer_that_no_row_gives_is_unused(table: TableOf, vocabulary: Vocabulary) -> None:
    ways = table([("-", "-", '"council"')], outputs=[("way", "string", '"council","direct"')])

    assert coverage(ways, vocabulary, place="route.dmn").unused == (("way", "direct"),)


def test_days_outside_the_period_of_the_rules_are_not_tried(table: TableOf, vocabulary: Vocabulary) -> None:
    rows = [('>= date("2020-01-01")', "1")]
    periods = table(rows, inputs=[("legal date", "date")], outputs=[("n", "number")])
    within = {"legal date": (date(2019, 7, 1), date(2024, 1, 1))}

    (gap,) = coverage(periods, vocabulary, place="route.dmn", periods=within).gaps

    assert (gap.values[0][0], gap.values[0][-1]) == (date(2019, 7, 1), date(2019, 12, 31))
    assert coverage(periods, vocabulary, place="r", periods={"legal date": (date(2020, 1, 1), None)}).gaps == ()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_of_all_have_one_neighbour(day: str, table: TableOf, vocabulary: Vocabulary) -> None:
    ends = table([(f'date("{day}")', "1")], inputs=[("legal date", "date")], outputs=[("n", "number")])

    assert len(coverage(ends, vocabulary, place="route.dmn").gaps) == 1
