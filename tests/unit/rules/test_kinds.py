"""What can never agree is refused before it runs: other kinds, values nobody declared, counts that are not exact."""

import pytest

from workflows.rules.errors import (
    ConstructRefused,
    FunctionArguments,
    FunctionRefused,
    KindNotAllowed,
    KindsDiffer,
    NotExact,
    NotReadable,
    ResultKind,
    ValueUnknown,
)
from workflows.rules.feel import check
from workflows.rules.vocabulary import Kind, Vocabulary

PLACE = "dossier.bpmn, flow to_council"


@pytest.mark.parametrize(
    "expression",
    [
        'dossier.kind = "tematic"',
        'dossier.kind != "tematic"',
        '"tematic" = dossier.kind',
        'dossier.kind in ("thematic", "tematic")',
        'dossier.kind in ["thematic", "tematic"]',
        'dossier.kind in "tematic"',
        'not(dossier.kind = "tematic")',
        'dossier.kind = if lines.open > 0 then "thematic" else "tematic"',
        'list contains(["thematic", "tematic"], dossier.kind)',
        'some line in lines.all satisfies line.verdict = "tematic"',
        'count(lines.all[verdict = "tematic"]) > 0',
        'lines.all[1].verdict = "tematic"',
        'list contains(lines.all.verdict, "tematic")',
        'appraise_dossier.outcome = "tematic" or lines.open = 0',
        "dossier.kind = appraise_dossier.outcome",
    ],
)
def test_a_value_that_is_not_declared_is_refused(expression: str, vocabulary: Vocabulary) -> None:
    with pytest.raises(ValueUnknown):
        check(expression, vocabulary, place=PLACE)


def test_the_refusal_names_the_fact_and_its_values(vocabulary: Vocabulary) -> None:
    with pytest.raises(ValueUnknown) as refused:
        check('appraise_dossier.outcome = "acept"', vocabulary, place=PLACE)

    assert str(refused.value) == (
        'dossier.bpmn, flow to_council: «appraise_dossier.outcome» is never "acept"'
        ' in «appraise_dossier.outcome = "acept"». Its values: accept, return, refuse.'
    )


@pytest.mark.parametrize(
    "expression",
    [
        'lines.open = "2"',
        "dossier.kind > 3",
        'legal date >= "2024-01-01"',
        "due.appraisal > legal date",
        'due.appraisal > date("2024-01-01")',
        'council.required = "true"',
        "council.members = 2",
        'lines.open in ["a"]',
        'lines.open between 1 and "3"',
        "list contains(council.members, 1)",
        '"a" + 1 = "a1"',
        "legal date + lines.open",
    ],
)
def test_different_kinds_are_never_compared(expression: str, vocabulary: Vocabulary) -> None:
    with pytest.raises(KindsDiffer):
        check(expression, vocabulary, place=PLACE)


@pytest.mark.parametrize(
    "expression",
    [
        "lines.open and council.required",
        "not(lines.open)",
        "if dossier.kind then 1 else 2",
        'if council.required then 1 else "a"',
        "count(lines.open) = 1",
        "council.members[dossier.kind]",
        "lines.open[1]",
        "sum(council.members) = 1",
        "council.required < false",
        '[1, "a"]',
        "every n in lines.total satisfies n = 1",
        'contains(lines.open, "1")',
        "some m in council.members satisfies m",
    ],
)
def test_a_part_of_the_wrong_kind_is_refused(expression: str, vocabulary: Vocabulary) -> None:
    with pytest.raises(KindNotAllowed):
        check(expression, vocabulary, place=PLACE)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("lines.open", "boolean"),
        ('"yes"', "boolean"),
        ("null", "boolean"),
        ('if council.required then "yes" else "no"', "boolean"),
        ("lines.open > 0", "number"),
        ("count(council.members)", "list"),
        ("legal date", "instant"),
    ],
)
def test_the_result_must_be_of_the_kind_the_place_needs(
    expression: str, expected: Kind, vocabulary: Vocabulary
) -> None:
    with pytest.raises(ResultKind):
        check(expression, vocabulary, place=PLACE, expects=expected)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("lines.open > 0", "boolean"),
        ("due.appraisal", "instant"),
        ("count(council.members)", "number"),
        ("council.members", "list"),
        ("dossier.kind", "text"),
        ("if council.required then lines.open else null", "number"),
    ],
)
def test_a_result_of_the_needed_kind_is_accepted(expression: str, expected: Kind, vocabulary: Vocabulary) -> None:
    check(expression, vocabulary, place=PLACE, expects=expected)


@pytest.mark.parametrize(
    "expression",
    [
        "0.1 + 0.2 = 0.3",
        "lines.open >= 2 / 3 * lines.total",
        "lines.open >= 0.7 * lines.total",
        "ceiling(lines.total * 1.1) > 3",
        "lines.open / lines.total = 0.5",
        "lines.open / lines.total in (0.5, 0.6)",
        "sum([0.1, 0.2]) > 0.3",
        "string(lines.open / 3)",
        "mean(lines.all.votes) * 3 > 2",
    ],
)
def test_a_fraction_that_binary_rounding_could_decide_is_refused(expression: str, vocabulary: Vocabulary) -> None:
    with pytest.raises(NotExact, match="Calculate with whole numbers"):
        check(expression, vocabulary, place=PLACE)


@pytest.mark.parametrize(
    "expression",
    [
        "lines.open * 3 >= lines.total * 2",
        "lines.open / lines.total >= 0.8",
        "lines.open >= ceiling(lines.total * 2 / 3)",
        "line.coefficient > 0.3",
        "floor(7 / 2) = 3",
        "0.1 + 0.2",
        "sum(lines.all.votes) > 10",
    ],
)
def test_what_is_exact_for_whole_numbers_is_accepted(expression: str, vocabulary: Vocabulary) -> None:
    check(expression, vocabulary, place=PLACE)


@pytest.mark.parametrize("day", ["2024-02-30", "2023-02-29", "2024-13-01", "24-01-01", "01/02/2024", "hôm nay", ""])
def test_a_day_that_no_calendar_has_is_refused(day: str, vocabulary: Vocabulary) -> None:
    for written in (f'date("{day}")', f'@"{day}"'):
        with pytest.raises(ConstructRefused, match=r"Write a day as|Write an instant"):
            check(f"legal date >= {written}", vocabulary, place=PLACE)


@pytest.mark.parametrize("instant", ["2024-01-31T10:00:00", "2024-01-31", "2024-01-31T25:00:00Z", "x"])
def test_an_instant_without_its_zone_is_refused(instant: str, vocabulary: Vocabulary) -> None:
    with pytest.raises(ConstructRefused, match="Write an instant in UTC"):
        check(f'due.appraisal > date and time("{instant}")', vocabulary, place=PLACE)


def test_a_part_of_a_declared_value_is_not_searched(vocabulary: Vocabulary) -> None:
    with pytest.raises(FunctionRefused, match=r'compare the whole value: dossier\.kind = "thematic"'):
        check('contains(dossier.kind, "them")', vocabulary, place=PLACE)


@pytest.mark.parametrize("call", ["count()", "contains(dossier.note)", "sum()", "floor(1, 2)"])
def test_a_call_with_the_wrong_number_of_arguments_is_refused(call: str, vocabulary: Vocabulary) -> None:
    with pytest.raises(FunctionArguments):
        check(call, vocabulary, place=PLACE)


@pytest.mark.parametrize(
    ("expression", "hint"),
    [
        ("lines.open == 1", "Write = for equal"),
        ("lines.open <> 1", "Write != for not equal"),
        ("lines.open => 1", "Write >= or <="),
        ("council.required && council.required", "Write and"),
        ("council.required AND council.required", "Write and"),
        ("council.required || council.required", "Write or"),
        ("!council.required", "Write not"),
        ("council.required = True", "small letters"),
        ("dossier.kind = “thematic”", "straight double quotes"),
        ("dossier.kind = 'thematic'", "straight double quotes"),
        ("lines.open > 0,5", "Write a decimal point|cannot be read"),
        ("lines.open = 1 and", "cannot be read"),
        ("1 lines.open", "cannot be read near «lines»"),
        ("if council.required then 1", "cannot be read"),
    ],
)
def test_a_slip_of_the_pen_is_answered_with_what_to_write(expression: str, hint: str, vocabulary: Vocabulary) -> None:
    with pytest.raises(NotReadable, match=hint):
        check(expression, vocabulary, place=PLACE)


def test_signs_within_texts_and_comments_are_no_slips(vocabulary: Vocabulary) -> None:
    check("dossier.note = \"R&&D == 'x' AND True\" // it's “so”", vocabulary, place=PLACE)
