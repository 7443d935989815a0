"""A dossier is returned once, with every defect; it comes back as a difference, each defect with its answer (X1)."""

import json

import pytest
from sqlalchemy import text

from tests.answers import Answers, appraised, dossier, nominee, supplemented
from tests.story import Office
from workflows.domain.errors import InvalidInput, NotFound
from workflows.operations.delivery import deliver_message
from workflows.operations.dossiers import remove_paper
from workflows.queries.task import TaskPage, task

DEFECTS: list[Answers] = [
    {"nominee": 1, "paper": "achievement_report", "missing": "Chưa nêu số liệu.", "mend": "Ghi số ngày, số người."},
    {"missing": "Biên bản thiếu chữ ký.", "mend": "Ký lại."},
]


def told(office: Office, number: str, *defects: Answers) -> Answers:
    """The officer returns the dossier with these defects."""
    lines = [appraised(line.ordinal, "incomplete") for line in office.observed(number).facts.open_lines()]
    return {"outcome": "return", "lines": lines, "defects": list(defects)}


def returned(office: Office) -> str:
    """A dossier of two nominees that the unit has to complete."""
    number = office.dossier_at("appraise_dossier", answers=dossier(office.today, "A", "B"))
    office.completes("appraise_dossier", number, answers=told(office, number, *DEFECTS))
    office.works()
    return number


def sent(office: Office, number: str, facts: dict[str, str]) -> int:
    """A result of a round on its way to a dossier, with these facts; its id."""
    add = """insert into message (name, key, sender, payload, sent_at)
values ('round_concluded', :number, 'ĐX-9999', cast(:told as jsonb), now()) returning id"""
    with office.tables() as tx:
        return int(tx.execute(text(add), {"number": number, "told": json.dumps({"facts": facts})}).scalar_one())


def page(office: Office, number: str, element: str, login: str) -> TaskPage:
    """The page of an open task as this person sees it."""
    return task(office.db, office.person(login), office.task(number, element, login))


def test_a_return_needs_at_least_one_defect_that_says_what_lacks_and_how_to_mend_it(shared_office: Office) -> None:
    office = shared_office
    number = office.dossier_at("appraise_dossier")

    for defects in (
        [],
        [{"missing": "Thiếu số liệu."}],
        [{**DEFECTS[0], "nominee": 9}],
        [{**DEFECTS[0], "paper": "x"}],
    ):
        with pytest.raises(InvalidInput):
            office.completes("appraise_dossier", number, answers=told(office, number, *defects))
    silent = {key: value for key, value in told(office, number).items() if key != "defects"}
    with pytest.raises(InvalidInput):
        office.completes("appraise_dossier", number, answers=silent)


def test_the_unit_gets_one_written_request_and_answers_each_defect(office: Office) -> None:
    number = returned(office)
    seen = page(office, number, "supplement_dossier", "don_vi_a")
    full = supplemented(office.observed(number).facts, office.today)

    assert "supplement_request" in office.observed(number).papers
    assert [(row.line, row.name) for row in seen.defects] == [(1, "1. Bà A · Báo cáo thành tích"), (2, "Cả hồ sơ")]
    for answers in ([], full["answers"][:1], [full["answers"][0]] * 2, [*full["answers"], {"line": 3, "answer": "x"}]):
        with pytest.raises(InvalidInput):
            office.completes("supplement_dossier", number, answers={**full, "answers": answers})
    office.completes("supplement_dossier", number, answers=full)


def test_the_limit_starts_again_on_the_day_of_the_resubmission_which_nobody_types(office: Office) -> None:
    number = returned(office)
    full = supplemented(office.observed(number).facts, office.today)

    with pytest.raises(InvalidInput):
        office.completes("supplement_dossier", number, answers={**full, "full_on": f"{office.today}"})
    office.waits(working_days=3)
    office.completes("supplement_dossier", number, answers=full)

    assert office.observed(number).facts.get("dossier.full_on") == office.today


def test_the_appraiser_reads_what_changed_and_the_answer_to_each_defect(office: Office) -> None:
    number = returned(office)
    office.attaches(number, "other")
    rows = [{**nominee("A", office.today), "line": 1, "summary": "Trực 45 ngày, 320 người."}]
    full = supplemented(office.observed(number).facts, office.today)
    office.completes("supplement_dossier", number, answers={**full, "nominees": rows})

    seen = page(office, number, "appraise_dossier", "chuyen_vien").difference

    assert seen is not None
    changed = {(entry.line, entry.old, entry.new) for entry in seen.entries}
    assert ("Bà A", "Trực 45 ngày tại khu cách ly.", "Trực 45 ngày, 320 người.") in changed
    assert any(line == "Bà B" and new == "Đã rút" for line, _, new in changed)
    assert "Giấy tờ thêm" in {entry.label.vi for entry in seen.entries}
    assert [each.answer for each in seen.defects] == ["Đã bổ sung.", "Đã bổ sung."]


def test_a_dossier_that_was_never_returned_has_no_difference(shared_office: Office) -> None:
    number = shared_office.dossier_at("appraise_dossier")

    assert page(shared_office, number, "appraise_dossier", "chuyen_vien").difference is None


def test_a_matter_that_a_higher_body_sent_back_goes_to_the_unit(office: Office) -> None:
    number = office.dossier_at(None)
    back = {"sent_back.by": "UBND tỉnh", "sent_back.reason": "Thiếu xác nhận phạm vi ảnh hưởng."}

    deliver_message(office.db, sent(office, number, back))
    office.works()

    assert (office.observed(number).open, office.observed(number).status) == (("supplement_dossier",), "tra-lai")
    assert "supplement_request" in office.observed(number).papers


def test_the_unit_does_not_take_out_what_the_office_set(office: Office) -> None:
    number = returned(office)
    papers = {row.title: row for row in page(office, number, "supplement_dossier", "don_vi_a").papers}
    request = next(row for title, row in papers.items() if title.startswith("Phiếu yêu cầu"))

    assert not request.may_remove
    assert papers["Báo cáo thành tích"].may_remove
    with pytest.raises(NotFound):
        remove_paper(office.db, office.person("don_vi_a"), number, request.id)
