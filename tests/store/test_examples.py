"""The register of examples: entered by a unit, recognised by the office, found without accents."""

import pytest

from tests.story import MOVEMENT, PDF, Office
from workflows.domain.errors import NotAllowed, NotFound, NotOffered
from workflows.operations import participations
from workflows.operations.examples import (
    ExampleIncomplete,
    GroundMissing,
    PlanNotHere,
    Proposal,
    RecognisedAlready,
    propose_example,
    recognise_example,
)
from workflows.queries.examples import ExampleRow, paper_of, register

OFFICER = "chuyen_vien"
BUS = Proposal("model", "Xe buýt lưu động chi trả trợ cấp", "Chi trả tại nhà cho 1.200 người.", "xe.pdf", PDF)


def launched(office: Office) -> None:
    participations.launch_movement(office.db, office.person(OFFICER), MOVEMENT)


def found(office: Office, login: str = OFFICER, **asked: str) -> list[ExampleRow]:
    return list(register(office.db, office.person(login), MOVEMENT, **asked).rows)  # type: ignore[arg-type]


def test_an_example_is_entered_recognised_and_then_seen_by_all(office: Office) -> None:
    launched(office)
    made = propose_example(office.db, office.person("don_vi_a"), MOVEMENT, BUS)
    (row,) = found(office)
    assert (row.title, row.unit, row.state, row.filename) == (BUS.title, "Phòng Người có công", "proposed", "xe.pdf")
    assert found(office, "don_vi_c") == []
    with pytest.raises(NotFound):
        paper_of(office.db, office.person("don_vi_c"), made)
    recognise_example(office.db, office.person(OFFICER), made, " Biên bản họp ngày 20/10 ")
    (row,) = found(office, "don_vi_c")
    assert (row.state, row.ground) == ("recognised", "Biên bản họp ngày 20/10")
    assert paper_of(office.db, office.person("don_vi_c"), made).content == PDF
    assert [len(office.history(row.number, kind)) for kind in ("ExampleProposed", "ExampleRecognised")] == [1, 1]
    assert office.verified(row.number).ok


def test_it_is_found_without_accents_and_page_by_page(office: Office) -> None:
    launched(office)
    for number in range(25):
        propose_example(
            office.db, office.person("don_vi_a"), MOVEMENT, Proposal("initiative", f"Sáng kiến {number}", "…")
        )
    propose_example(office.db, office.person("don_vi_a"), MOVEMENT, BUS)
    assert [each.title for each in found(office, search="XE BUYT")] == [BUS.title]
    assert found(office, kind="model", state="recognised") == []
    assert len(found(office, search="nguoi co cong")) == 20
    second = register(office.db, office.person(OFFICER), MOVEMENT, page=2)
    assert (second.total, len(second.rows)) == (26, 6)


def test_what_is_not_whole_or_not_allowed_is_refused(office: Office) -> None:
    unit, officer = office.person("don_vi_a"), office.person(OFFICER)
    with pytest.raises(PlanNotHere):
        propose_example(office.db, unit, MOVEMENT, BUS)
    launched(office)
    with pytest.raises(NotAllowed):
        propose_example(office.db, officer, MOVEMENT, BUS)
    with pytest.raises(NotOffered):
        propose_example(office.db, unit, MOVEMENT, Proposal("poem", "Thơ", "Thơ"))
    with pytest.raises(ExampleIncomplete):
        propose_example(office.db, unit, MOVEMENT, Proposal("model", " ", "Có"))
    made = propose_example(office.db, unit, MOVEMENT, BUS)
    with pytest.raises(NotAllowed):
        recognise_example(office.db, unit, made, "Tự công nhận")
    with pytest.raises(GroundMissing):
        recognise_example(office.db, officer, made, " ")
    with pytest.raises(NotFound):
        recognise_example(office.db, officer, made + 1, "Biên bản")
    recognise_example(office.db, officer, made, "Biên bản")
    with pytest.raises(RecognisedAlready):
        recognise_example(office.db, officer, made, "Biên bản")
