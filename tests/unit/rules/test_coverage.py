"""The cases that a table forgets or decides twice are found before a dossier meets them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from workflows.rules.coverage import Coverage, coverage
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


VOTES = [("lines.open", "number")]
TWO_THIRDS = "ceiling(council.size * 2 / 3)"


def test_rows_on_both_sides_of_one_unknown_bound_are_whole(table: TableOf, vocabulary: Vocabulary) -> None:
    quorum = table([(f">= {TWO_THIRDS}", '"a"'), ("< ceiling(council.size  *  2 / 3)", '"b"')], inputs=VOTES)

    assert coverage(quorum, vocabulary, place="route.dmn") == Coverage()


@pytest.mark.parametrize(
    ("cells", "gap", "overlap"),
    [
        ([f"> {TWO_THIRDS}", f"< {TWO_THIRDS}"], "lines.open at ceiling(council.size * 2 / 3)", None),
        ([f">= {TWO_THIRDS}"], "lines.open below ceiling(council.size * 2 / 3)", None),
        (["council.size", "< council.size"], "lines.open above council.size", None),
        ([">= council.size", "<= council.size"], None, "lines.open at council.size"),
    ],
)
def test_the_side_of_a_bound_that_is_forgotten_or_decided_twice_is_told(
    cells: list[str], gap: str | None, overlap: str | None, table: TableOf, vocabulary: Vocabulary
) -> None:
    found = coverage(table([(cell, '"a"') for cell in cells], inputs=VOTES), vocabulary, place="route.dmn")

    assert [case.inputs[0] for case in found.gaps] == [gap] * (gap is not None)
    assert [case.inputs[0] for case in found.overlaps] == [overlap] * (overlap is not None)
    assert (found.unread, found.unsure) == ((), ())


@pytest.mark.parametrize(
    "cells",
    [
        [">= council.size", "< council.present"],
        [">= council.size", "< 3"],
        [">= council.size, null", "< council.size"],
        ["not(>= council.size)", ">= council.size"],
        ["? + 1 > council.size"],
    ],
)
def test_a_column_that_is_compared_with_several_bounds_or_otherwise_cannot_be_told(
    cells: list[str], table: TableOf, vocabulary: Vocabulary
) -> None:
    relative = table([(cell, '"a"') for cell in cells], inputs=VOTES)

    assert coverage(relative, vocabulary, place="route.dmn").unread == ("lines.open",)


def test_several_bounds_are_whole_where_each_way_to_stand_to_them_has_one_row(
    table: TableOf, vocabulary: Vocabulary
) -> None:
    rows = [
        ('"sudden"', ">= council.size", '"a"'),
        ('"sudden"', "< council.size", '"b"'),
        ('not("sudden")', ">= council.present", '"a"'),
        ('not("sudden")', "< council.present", '"b"'),
    ]

    assert coverage(table(rows), vocabulary, place="route.dmn") == Coverage()


SINCE_2019 = ("legal date", "date", '>= date("2019-07-01")')


def test_days_for_which_a_table_says_that_it_knows_no_answer_are_not_tried(
    table: TableOf, vocabulary: Vocabulary
) -> None:
    later, before = '>= date("2019-08-01")', 'date("2019-06-30")'
    rows = [(later, "1"), (before, "2")]
    periods = table(rows, inputs=[SINCE_2019], outputs=[("n", "number")])

    found = coverage(periods, vocabulary, place="r", periods={"legal date": (date(2017, 10, 1), None)})

    assert [(gap.values[0][0], gap.values[0][-1]) for gap in found.gaps] == [(date(2019, 7, 1), date(2019, 7, 31))]
    assert found.dead == (2,)


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
