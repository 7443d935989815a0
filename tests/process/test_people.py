"""People who must not decide: ties at claim, assignment, handing over and completion; substitutes; the register."""

from datetime import timedelta

import pytest

from tests.answers import dossier, nominee
from tests.story import Office
from workflows.domain.errors import InvalidInput, LineUnknown, NotAllowed
from workflows.domain.form import EntriesRefused
from workflows.domain.permit import LineNotYours, NotForSubstitutes, NotYourTask, SamePerson, TaskNotForYou
from workflows.operations import handing, substitutes, ties, user_tasks
from workflows.operations.blocking import LineBarred, OverrideRefused, override
from workflows.operations.handing import BallotIsPersonal, NotForThem, NotYoursToHandOver
from workflows.operations.substitutes import SubstituteMade, SubstituteRefused
from workflows.operations.ties import ChairOnly, NotAMember
from workflows.queries.observation import open_task
from workflows.queries.task import task as task_page


def of(office: Office, *names: str, **more: object) -> dict[str, object]:
    """A dossier for these people, the first with more said of it."""
    told = dossier(office.today, *names)
    told["nominees"][0].update(more)
    return told


def test_nobody_takes_on_or_completes_a_task_about_the_own_line(office: Office) -> None:
    head = office.person("chanh_vp")
    number = office.dossier_at("assign_officer", answers=of(office, head.name, citizen_id="999200000077"))
    task = office.task(number, "assign_officer")

    with pytest.raises(TaskNotForYou, match=r"line 1"):
        user_tasks.claim(office.db, head, task)
    with pytest.raises(TaskNotForYou):
        office.completes("assign_officer", number)


def test_an_officer_with_a_relative_among_the_nominees_is_not_assigned_and_gets_no_task(office: Office) -> None:
    officer = office.person("chuyen_vien")
    ties.declare_relative(office.db, officer, name="bui  thi Mau", relation="em ruột")
    number = office.dossier_at("assign_officer", answers=of(office, "Bùi Thị Mẫu"))

    with pytest.raises(EntriesRefused) as refused:
        office.completes("assign_officer", number)
    assert list(refused.value.fields) == ["/officer"]
    office.completes("assign_officer", number, answers={"officer": "chuyen_vien_2"})
    task = office.task(number, "appraise_dossier", "chuyen_vien_2")
    with pytest.raises(NotForThem):
        handing.hand_over(office.db, office.person("chuyen_vien_2"), task, "chuyen_vien", "Bận việc khác")


def test_a_declaration_that_is_taken_back_ties_no_longer(office: Office) -> None:
    officer = office.person("chuyen_vien")
    entry = ties.declare_relative(office.db, officer, name="Bùi Thị Mẫu", relation="em ruột")
    ties.end_relative(office.db, officer, entry)
    number = office.dossier_at("assign_officer", answers=of(office, "Bùi Thị Mẫu"))
    office.completes("assign_officer", number)


def test_two_people_of_one_name_with_different_citizen_numbers_are_not_relatives(office: Office) -> None:
    officer = office.person("chuyen_vien")
    ties.declare_relative(office.db, officer, name="Bùi Thị Mẫu", relation="em", citizen_id="999200000088")
    number = office.dossier_at("assign_officer", answers=of(office, "Bùi Thị Mẫu", citizen_id="999200000099"))
    office.completes("assign_officer", number)


def test_an_appraiser_who_finds_a_relative_says_so_and_hands_the_task_over(office: Office) -> None:
    officer = office.person("chuyen_vien")
    number = office.dossier_at("appraise_dossier")
    task = office.task(number, "appraise_dossier")

    ties.declare_tie(office.db, officer, task, 1, "vợ của tôi")
    with pytest.raises(TaskNotForYou):
        office.completes("appraise_dossier", number)
    handing.hand_over(office.db, officer, task, "chuyen_vien_2", "Có liên quan đến đối tượng")
    office.completes("appraise_dossier", number, by="chuyen_vien_2")

    kinds = [each["kind"] for each in office.history(number, "TieDeclared", "TaskHandedOver")]
    assert kinds == ["TieDeclared", "TaskHandedOver"]
    assert office.verified(number).ok


def test_a_task_is_handed_over_by_who_may_and_to_who_may(office: Office) -> None:
    number = office.dossier_at("receive_dossier")
    task = office.task(number, "receive_dossier")
    with pytest.raises(NotYoursToHandOver):
        handing.hand_over(office.db, office.person("don_vi_c"), task, "van_thu", "Thử")
    with pytest.raises(NotForThem):
        handing.hand_over(office.db, office.person("van_thu"), task, "giam_doc", "Thử")

    ballot = office.task(office.round_at("cast_ballot"), "cast_ballot", "uy_vien_1")
    with pytest.raises(BallotIsPersonal):
        handing.hand_over(office.db, office.person("uy_vien_1"), ballot, "uy_vien_2", "Bận họp")


def test_a_member_who_becomes_a_nominee_in_mid_round_is_out_and_the_vote_no_longer_counts(office: Office) -> None:
    found = office.round_at("cast_ballot")
    office.completes("cast_ballot", found, by="uy_vien_1")
    assert office.observed(found).facts.lines[0].tally("council")["yes"] == 1

    second = office.task(found, "cast_ballot", "uy_vien_2")
    ties.declare_tie(office.db, office.person("uy_vien_1"), second, 1, "chính là tôi")
    line = office.observed(found).facts.lines[0]
    assert line.excluded == ("uy_vien_1",)
    assert line.tally("council")["yes"] == 0


def test_the_chair_has_a_member_stand_aside_with_a_reason_and_nobody_else_may(office: Office) -> None:
    found = office.round_at("cast_ballot")
    with pytest.raises(ChairOnly):
        ties.recuse(office.db, office.person("uy_vien_1"), found, "uy_vien_2", 1, "Có mâu thuẫn")
    with pytest.raises(NotAMember):
        ties.recuse(office.db, office.person("giam_doc"), found, "van_thu", 1, "Có mâu thuẫn")
    ties.recuse(office.db, office.person("giam_doc"), found, "uy_vien_2", 1, "Có mâu thuẫn")

    with pytest.raises(LineNotYours):
        office.completes("cast_ballot", found, by="uy_vien_2")
    page = task_page(office.db, office.person("uy_vien_2"), office.task(found, "cast_ballot", "uy_vien_2"))
    assert page.lines[0].excluded is not None


def test_who_appraised_does_not_sign(office: Office) -> None:
    office.employs("kiem_nhiem", "office", "director")
    number = office.dossier_at("assign_officer")
    office.completes("assign_officer", number, answers={"officer": "kiem_nhiem"})
    office.completes("appraise_dossier", number, by="kiem_nhiem")
    office.works()
    found = office.round_at("sign_decision", number)
    with pytest.raises(TaskNotForYou, match="đã thẩm định"):
        office.completes("sign_decision", found, by="kiem_nhiem")
    office.completes("sign_decision", found)


def named(office: Office, absent: str, substitute: str, *, first: int = 0, last: int = 3) -> int:
    """The head of office names a substitute for these days, counted from today."""
    return substitutes.name_substitute(
        office.db,
        office.person("quan_tri"),
        absent=absent,
        substitute=substitute,
        from_on=office.today + timedelta(days=first),
        to_on=office.today + timedelta(days=last),
        reason="Đi công tác",
    )


def test_a_substitute_acts_on_the_days_named_and_not_outside_them(office: Office) -> None:
    number = office.dossier_at("assign_officer")
    named(office, "chanh_vp", "chuyen_vien_2", first=1, last=2)
    task = open_task(office.db, number, "assign_officer", "chanh_vp")
    assert task
    with pytest.raises(NotYourTask):
        office.completes("assign_officer", number, by="chuyen_vien_2")

    office.waits(days=1)
    office.looks_again()
    office.completes("assign_officer", number, by="chuyen_vien_2")
    done = office.history(number, "TaskCompleted")[-1]
    assert (done["actor"]["login"], done["on_behalf_of"]) == ("chuyen_vien_2", "chanh_vp")
    assert office.observed(number).facts.get("for.assign_officer") == "chanh_vp"

    office.waits(days=5)
    office.looks_again()
    assert office.person("chuyen_vien_2").stands_for == ()


def test_a_substitute_has_the_ties_of_both_and_never_their_ballot(office: Office) -> None:
    named(office, "chanh_vp", "chuyen_vien_2")
    office.looks_again()
    head = office.person("chanh_vp")
    number = office.dossier_at("assign_officer", answers=of(office, head.name))
    with pytest.raises(TaskNotForYou):
        office.completes("assign_officer", number, by="chuyen_vien_2")

    found = office.round_at("cast_ballot")
    ballot = office.task(found, "cast_ballot", "chanh_vp")
    with pytest.raises(NotForSubstitutes):
        office.completes("cast_ballot", found, by="chuyen_vien_2", task=ballot)


def test_who_drafted_does_not_initial_in_place_of_another(office: Office) -> None:
    named(office, "chanh_vp", "chuyen_vien_2")
    office.looks_again()
    found = office.round_at("draft_decision")
    office.completes("draft_decision", found, by="chuyen_vien_2")
    with pytest.raises(SamePerson):
        office.completes("initial_decision", found, by="chuyen_vien_2")


def test_a_substitute_is_somebody_else_for_days_that_make_sense(office: Office) -> None:
    for absent, substitute, first, last in (
        ("chanh_vp", "chanh_vp", 0, 1),
        ("chanh_vp", "khong_co_ai", 0, 1),
        ("chanh_vp", "chuyen_vien", 2, 1),
        ("chanh_vp", "chuyen_vien", 0, 400),
    ):
        with pytest.raises(SubstituteRefused):
            named(office, absent, substitute, first=first, last=last)
    entry = named(office, "chanh_vp", "chuyen_vien")
    with pytest.raises(SubstituteMade):
        named(office, "chanh_vp", "chuyen_vien_2", first=3, last=9)
    substitutes.end_substitute(office.db, office.person("quan_tri"), entry)
    named(office, "chanh_vp", "chuyen_vien_2")
    with pytest.raises(NotAllowed):
        substitutes.end_substitute(office.db, office.person("chuyen_vien"), entry)


def test_an_award_stands_in_the_register_once_its_decision_has_a_number(office: Office) -> None:
    number = office.dossier_awarded(answers=of(office, "Trần Thị Một", citizen_id="999200000055"))
    assert list(office.observed(number).awards) == [f"{number}.1"]
    entered = "select count(*) from award where search = 'tran thi mot' and state = 'awarded'"
    assert office.asks(entered) == 1

    again = of(office, "Trần Thị Một", citizen_id="999200000055")
    third = office.dossier_at("prepare_dossier")
    with pytest.raises(LineBarred, match=r"Quyết định số"):
        office.completes("prepare_dossier", third, answers=again)


def test_a_second_award_of_the_state_within_a_year_is_barred_and_nobody_lifts_it(office: Office) -> None:
    number = office.dossier_awarded(answers=of(office, "Trần Thị Hai", citizen_id="999200000066"))
    with office.tables() as tx:
        tx.exec_driver_sql("update award set award_form = 'bang_khen_ttg', stage = 'khac', achieved_on = '2021-01-05'")
    told = of(office, "Trần Thị Hai", citizen_id="999200000066", managed=True, scope="national")
    told["award_form"] = "hc_lao_dong_ba"
    second = office.dossier_at("prepare_dossier")
    office.attaches(second, "ballot_minutes", "achievement_summary")
    with pytest.raises(LineBarred) as refused:
        office.completes("prepare_dossier", second, answers=told)
    assert "một năm" in str(refused.value)
    with pytest.raises(LineUnknown):
        override(office.db, office.person("giam_doc"), second, 1, "state_within_year", "Rất xứng đáng")
    assert office.observed(number).awards


def test_a_subject_under_discipline_and_the_signer_himself_are_barred(office: Office) -> None:
    first = office.dossier_at("prepare_dossier")
    with pytest.raises(LineBarred, match="kỷ luật"):
        office.completes("prepare_dossier", first, answers=of(office, "Ông Ba", under_review=True))
    told = {**dossier(office.today), "nominees": [nominee(office.person("giam_doc").name, office.today)]}
    with pytest.raises(InvalidInput, match=r"tự ký|tự khen"):
        office.completes("prepare_dossier", first, answers=told)


def test_only_the_director_lifts_a_bar_of_another_open_dossier(office: Office) -> None:
    same = {"citizen_id": "999200000044"}
    office.dossier_at("receive_dossier", answers=of(office, "Lê Thị Bốn", **same))
    number = office.dossier_at("appraise_dossier", answers=of(office, "Lê Thị Bốn", **same))
    with pytest.raises(LineBarred):
        office.completes("appraise_dossier", number)
    with pytest.raises(OverrideRefused):
        override(office.db, office.person("chuyen_vien"), number, 1, "same_open", "Cho xét trước")
    override(office.db, office.person("giam_doc"), number, 1, "same_open", "Cho xét trước")
    office.completes("appraise_dossier", number)
    assert office.history(number, "BlockOverridden")[0]["event"]["reason"] == "Cho xét trước"
