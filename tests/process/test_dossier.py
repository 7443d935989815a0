"""The dossier on its way: what must be attached, who may do what, how it comes back, and when it is too late."""

import pytest

from tests.answers import appraised, dossier, returned
from tests.story import PDF, Office
from workflows.domain.errors import (
    AlreadyHandedIn,
    GivenByProcedure,
    InvalidInput,
    MissingPapers,
    NotAllowed,
    StaleRevision,
    TaskTaken,
)
from workflows.domain.form import EntriesRefused
from workflows.domain.permit import NotYourTask, SamePerson
from workflows.operations import dossiers, user_tasks
from workflows.queries.inbox import inbox
from workflows.queries.task import task


def test_a_dossier_is_not_handed_in_without_its_papers(shared_office: Office) -> None:
    office, number = shared_office, shared_office.unit_opens_dossier()
    office.attaches(number, "request_letter")

    with pytest.raises(MissingPapers, match="Báo cáo thành tích, Biên bản họp xét"):
        office.completes("prepare_dossier", number)
    office.attaches(number, "achievement_report", "meeting_minutes")
    office.completes("prepare_dossier", number)

    assert office.observed(number).status == "cho-tiep-nhan"


def test_a_paper_taken_out_is_missing_again_but_its_bytes_are_kept(shared_office: Office) -> None:
    office, number = shared_office, shared_office.unit_opens_dossier()
    letter, *_ = office.attaches(number)

    dossiers.remove_paper(office.db, office.person("don_vi_a"), number, letter)

    with pytest.raises(MissingPapers, match="Văn bản đề nghị"):
        office.completes("prepare_dossier", number)
    kept = "select convert_from(content, 'utf8') from blob b join paper p on p.sha256 = b.sha256 where p.id = :id"
    assert office.asks(kept, id=letter) == (PDF + b"request_letter").decode()


def test_papers_are_not_changed_once_the_dossier_is_handed_in(shared_office: Office) -> None:
    office, number = shared_office, shared_office.dossier_at("receive_dossier")

    with pytest.raises(AlreadyHandedIn):
        office.attaches(number, "other")


@pytest.mark.parametrize(("name", "content"), [("a.exe", b"MZ"), ("a.pdf", b"<html>"), ("a.zip", b"PK\x03\x04")])
def test_only_files_an_official_can_open_are_attached(shared_office: Office, name: str, content: bytes) -> None:
    office, number = shared_office, shared_office.unit_opens_dossier()

    with pytest.raises(dossiers.UnknownKindOfFile):
        dossiers.attach_paper(office.db, office.person("don_vi_a"), number, "other", "", name, content)


def test_another_unit_neither_works_on_a_dossier_nor_withdraws_it(shared_office: Office) -> None:
    office, number = shared_office, shared_office.unit_opens_dossier()
    theirs = office.task(number, "prepare_dossier")

    with pytest.raises(NotYourTask):
        user_tasks.save_draft(office.db, office.person("don_vi_c"), theirs, {})
    with pytest.raises(NotAllowed):
        office.withdraws(number, by="don_vi_c")
    with pytest.raises(NotAllowed):
        office.attaches(number, "other", by="don_vi_c")


def test_only_a_unit_opens_dossiers_and_only_the_office_opens_rounds(shared_office: Office) -> None:
    with pytest.raises(NotAllowed):
        shared_office.unit_opens_dossier("chuyen_vien")
    with pytest.raises(NotAllowed):
        shared_office.office_opens_round("don_vi_a")


def test_a_claimed_task_is_nobody_elses_until_it_is_released(shared_office: Office) -> None:
    office, number = shared_office, shared_office.dossier_awarded()
    found, first, second = office.task(number, "announce_result"), "chuyen_vien", office.employs("lan", "office")
    user_tasks.claim(office.db, office.person(first), found)

    with pytest.raises(TaskTaken, match="handled by Trần Giả Định"):
        user_tasks.claim(office.db, office.person(second), found)
    assert [row.task_id for row in inbox(office.db, office.person(first)).rows] == [found]
    user_tasks.release(office.db, office.person(first), found)
    user_tasks.claim(office.db, office.person(second), found)

    assert [each["kind"] for each in office.history(number, "TaskClaimed", "TaskReleased")] == [
        "TaskClaimed",
        "TaskReleased",
        "TaskClaimed",
    ]


def test_a_task_given_by_the_procedure_does_not_go_back_to_the_group(shared_office: Office) -> None:
    office, number = shared_office, shared_office.dossier_at("appraise_dossier")

    with pytest.raises(GivenByProcedure):
        user_tasks.release(office.db, office.person("chuyen_vien"), office.task(number, "appraise_dossier"))


@pytest.mark.parametrize(
    ("element", "answers", "pointer"),
    [
        ("assign_officer", {"officer": "nobody"}, "/officer"),
        ("assign_officer", {"officer": "giam_doc"}, "/officer"),
        ("assign_officer", {"officer": "chuyen_vien", "council_vote": 1}, "/council_vote"),
        ("receive_dossier", {"received_on": "yesterday", "full_on": "2021-10-25"}, "/received_on"),
        ("appraise_dossier", {"outcome": "forward", "lines": [appraised(7)]}, "/lines/0/line"),
        ("appraise_dossier", {"outcome": "forward", "lines": [appraised(1), appraised(1)]}, "/lines/1/line"),
    ],
)
def test_an_answer_that_was_not_offered_is_refused_by_name(
    shared_office: Office, element: str, answers: dict[str, object], pointer: str
) -> None:
    office, number = shared_office, shared_office.dossier_at(element)

    with pytest.raises(InvalidInput) as refused:
        office.completes(element, number, answers=answers)

    assert list(refused.value.fields) == [pointer]
    assert office.observed(number).open == (element,)


def test_stages_contents_and_targets_are_those_of_the_movement(shared_office: Office) -> None:
    office, number = shared_office, shared_office.dossier_at("prepare_dossier")
    told = dossier(office.today)
    told["stage"], told["nominees"][0]["target"] = "gd9", "G9"

    with pytest.raises(EntriesRefused) as refused:
        office.completes("prepare_dossier", number, answers=told)

    assert sorted(refused.value.fields) == ["/nominees/0/target", "/stage"]


def test_who_drafted_the_decision_does_not_initial_it(shared_office: Office) -> None:
    office, both = shared_office, shared_office.employs("binh", "office", "office_head")
    found = office.round_at("draft_decision")
    office.completes("draft_decision", found, by=both)

    with pytest.raises(SamePerson, match="Dự thảo Quyết định"):
        office.completes("initial_decision", found, by=both)
    office.completes("initial_decision", found, by="chanh_vp")

    assert office.observed(found).open == ("sign_decision",)


def test_a_returned_dossier_comes_back_with_its_lines_and_a_new_limit(office: Office) -> None:
    number = office.dossier_at("appraise_dossier", answers=dossier(office.today, "Ông A", "Bà B"))
    office.waits(working_days=3)
    office.completes("appraise_dossier", number, answers=returned(office.observed(number).facts))
    page = task(office.db, office.person("don_vi_a"), office.task(number, "supplement_dossier"))
    assert [(row["line"], row["name"]) for row in page.answers["nominees"]] == [(1, "Ông A"), (2, "Bà B")]
    before = office.observed(number).status, office.today

    office.waits(working_days=2)
    office.completes("supplement_dossier", number)

    assert before[0] == "tra-lai"
    seen = office.observed(number)
    assert seen.open == ("appraise_dossier",)
    assert (seen.due["appraise_dossier"].date() - office.today).days >= 28
    assert [line.id for line in seen.facts.lines] == [f"{number}.1", f"{number}.2"]


def test_a_nominee_left_out_of_the_supplement_is_withdrawn_and_a_new_one_gets_the_next_line(office: Office) -> None:
    number = office.dossier_at("appraise_dossier", answers=dossier(office.today, "Ông A", "Bà B"))
    office.completes("appraise_dossier", number, answers=returned(office.observed(number).facts))
    told = office.answers("supplement_dossier", number)
    told["nominees"] = [{**told["nominees"][1]}, {**told["nominees"][1], "line": 0, "name": "Ông C"}]
    del told["nominees"][1]["line"]

    office.completes("supplement_dossier", number, answers=told)

    lines = office.observed(number).facts.lines
    assert [(line.ordinal, line.nominee["name"], line.status) for line in lines] == [
        (1, "Ông A", "withdrawn"),
        (2, "Bà B", "open"),
        (3, "Ông C", "open"),
    ]


def test_a_supplement_that_does_not_come_in_time_ends_the_dossier(office: Office) -> None:
    number = office.dossier_at("appraise_dossier")
    office.completes("appraise_dossier", number, answers=returned(office.observed(number).facts))
    office.works()

    office.waits(working_days=9)
    assert office.observed(number).open == ("supplement_dossier",)
    office.waits(working_days=3)

    seen = office.observed(number)
    assert (seen.end, seen.status, seen.facts.lines[0].status) == ("dossier_refused", "khong-dat", "failed")
    assert [each["event"]["fired"] for each in office.history(number, "TimerCleared")] == [True]


def test_a_supplement_in_time_stops_the_deadline(office: Office) -> None:
    number = office.dossier_at("appraise_dossier")
    office.completes("appraise_dossier", number, answers=returned(office.observed(number).facts))
    office.completes("supplement_dossier", number)

    office.waits(working_days=15)

    assert office.observed(number).open == ("appraise_dossier",)
    assert [each["event"]["fired"] for each in office.history(number, "TimerCleared")] == [False]


def test_what_somebody_else_changed_meanwhile_is_shown_before_a_task_is_completed(shared_office: Office) -> None:
    office, colleague = shared_office, shared_office.employs("hoa", "unit", unit="phong_ncc")
    number = office.dossier_at("prepare_dossier")
    seen = task(office.db, office.person("don_vi_a"), office.task(number, "prepare_dossier")).revision
    office.attaches(number, "other", by=colleague)

    with pytest.raises(StaleRevision, match="Người hoa"):
        office.completes("prepare_dossier", number, seen=seen)
    again = task(office.db, office.person("don_vi_a"), office.task(number, "prepare_dossier")).revision
    office.completes("prepare_dossier", number, seen=again)

    assert office.observed(number).open == ("receive_dossier",)


def test_ones_own_changes_do_not_count_as_somebody_elses(shared_office: Office) -> None:
    office, number = shared_office, shared_office.dossier_at("prepare_dossier")
    seen = task(office.db, office.person("don_vi_a"), office.task(number, "prepare_dossier")).revision
    office.attaches(number, "other")

    office.completes("prepare_dossier", number, seen=seen)

    assert office.observed(number).open == ("receive_dossier",)
