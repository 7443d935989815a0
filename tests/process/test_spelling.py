"""Before certificates are printed the unit confirms how each nominee is written; what is wrong is mended first."""

import pytest

from tests.answers import Answers, dossier
from tests.story import Office
from workflows.domain.errors import InvalidInput, LineNotOpen

WRONG: Answers = {"outcome": "wrong", "wrong": [{"nominee": 1, "written": "Nguyễn Thị A", "right": "Nguyễn Thị Á"}]}


def awarded(office: Office) -> str:
    """A dossier whose two nominees are commended, waiting for the unit's word."""
    number = office.dossier_at(None, answers=dossier(office.today, "Nguyễn Thị A", "Trần Văn B"))
    office.comes_to(office.round_at("cast_ballot", number), None)
    return number


def test_the_certificate_is_printed_once_the_unit_has_confirmed(office: Office) -> None:
    number = awarded(office)
    assert (office.observed(number).open, office.observed(number).status) == (("confirm_spelling",), "da-khen")
    assert "certificate" not in office.observed(number).papers

    office.completes("confirm_spelling", number)
    office.works()

    assert (office.observed(number).open, office.observed(number).papers.count("certificate")) == (
        ("announce_result",),
        1,
    )


def test_what_the_unit_finds_wrong_is_corrected_and_confirmed_again(office: Office) -> None:
    number = awarded(office)
    office.completes("confirm_spelling", number, answers=WRONG)
    told = {"nominees": [{"line": 1, "name": "Nguyễn Thị Á"}], "note": "Sửa dấu của tên."}
    office.completes("correct_spelling", number, answers=told)

    assert office.observed(number).open == ("confirm_spelling",)
    first, second = office.observed(number).facts.lines
    assert (first.nominee["name"], first.nominee["target"], second.nominee["name"]) == (
        "Nguyễn Thị Á",
        "G1",
        "Trần Văn B",
    )
    assert first.status == "passed"
    assert "certificate" not in office.observed(number).papers


def test_wrong_needs_what_is_wrong_and_of_whom(shared_office: Office) -> None:
    office, number = shared_office, awarded(shared_office)

    for told in (
        {"outcome": "wrong"},
        {**WRONG, "wrong": []},
        {**WRONG, "wrong": [{**WRONG["wrong"][0], "nominee": 7}]},
    ):
        with pytest.raises(InvalidInput):
            office.completes("confirm_spelling", number, answers=told)
    office.completes("confirm_spelling", number, answers=WRONG)
    for rows in ([{"line": 9, "name": "X"}], [{"line": 1, "name": "X"}, {"line": 1, "name": "Y"}]):
        with pytest.raises(LineNotOpen):
            office.completes("correct_spelling", number, answers={"nominees": rows, "note": "x"})
