"""The council: who must attend, who votes, when the vote is over and what each nominee then gets."""

from datetime import timedelta

import pytest

from tests.answers import COUNCIL, attendance, dossier, meeting
from tests.story import Office
from workflows.domain.errors import NoLongerWaiting, TaskCalledOff, TaskNotOpen, TaskTaken
from workflows.domain.form import EntriesRefused
from workflows.domain.permit import LineNotYours, NotYourTask
from workflows.operations import user_tasks
from workflows.queries.inbox import inbox
from workflows.queries.task import task


def gathered(office: Office, *names: str) -> str:
    """A dossier of these people that waits for a round."""
    return office.dossier_at(None, answers=dossier(office.today, *names))


@pytest.mark.parametrize(("present", "reached"), [(6, True), (5, False)])
def test_two_thirds_of_the_council_must_attend(shared_office: Office, present: int, *, reached: bool) -> None:
    office, waiting = shared_office, gathered(shared_office)
    found = office.round_at("record_attendance", waiting)

    office.completes("record_attendance", found, answers=attendance(COUNCIL[:present]))

    expected = ("cast_ballot", "send_opinion") if reached else ("compile_summary",)
    assert office.observed(found).open == expected
    assert office.observed(found).facts.get("decisions.quorum.reached") is reached


def test_a_meeting_without_quorum_is_called_again_with_the_dossiers_it_has(shared_office: Office) -> None:
    office, waiting, later = shared_office, gathered(shared_office), gathered(shared_office)
    found = office.round_at("record_attendance", waiting)
    office.completes("record_attendance", found, answers=attendance(COUNCIL[:2]))

    page = task(office.db, office.person("chuyen_vien"), office.task(found, "compile_summary"))
    assert page.answers["dossiers"] == [waiting]
    assert {waiting, later} <= {number for number, _ in page.choices["dossiers"]}
    office.completes("compile_summary", found, answers=meeting([waiting, later], office.today))
    office.works()

    assert office.observed(found).open == ("record_attendance",)
    assert [line.dossier for line in office.observed(found).facts.lines] == [waiting, later]


def test_every_member_has_a_ballot_of_their_own_and_nobody_else_has_one(shared_office: Office) -> None:
    office = shared_office
    found = office.round_at("cast_ballot")
    theirs = office.task(found, "cast_ballot", "uy_vien_1")

    for member in COUNCIL:
        mine = [row.task_id for row in inbox(office.db, office.person(member)).rows if row.number == found]
        assert len(mine) == 1
    with pytest.raises(NotYourTask):
        user_tasks.claim(office.db, office.person("chuyen_vien"), theirs)
    with pytest.raises(TaskTaken, match="handled by Hoàng Văn Tượng Trưng"):
        office.completes("cast_ballot", found, by="uy_vien_2", task=theirs)


def test_a_member_who_is_nominated_votes_on_the_others_only(shared_office: Office) -> None:
    office, member = shared_office, "uy_vien_4"
    found = office.round_at("cast_ballot", gathered(office, "Nguyễn Thị Ví Dụ", office.person(member).name))
    ballot = office.task(found, "cast_ballot", member)
    assert [line.excluded is not None for line in task(office.db, office.person(member), ballot).lines] == [False, True]

    with pytest.raises(LineNotYours):
        office.completes("cast_ballot", found, by=member)
    office.completes("cast_ballot", found, by=member, answers={"lines": [{"line": 1, "vote": "yes"}]})

    assert [line.tally()["cast"] for line in office.observed(found).facts.lines] == [1, 0]


def test_the_vote_goes_on_until_the_last_member_has_voted(shared_office: Office) -> None:
    office = shared_office
    found = office.round_at("cast_ballot")

    office.council_votes(found, COUNCIL[:-1])
    assert office.observed(found).open == ("cast_ballot",)
    office.council_votes(found, COUNCIL[-1:])

    assert office.observed(found).open == ("count_ballots",)
    assert office.observed(found).facts.lines[0].tally() == {"yes": 9, "no": 0, "abstain": 0, "cast": 9}


def test_a_deadline_ends_the_vote_and_the_missing_ballots_leave_the_inboxes(office: Office) -> None:
    found = office.round_at("cast_ballot")
    office.council_votes(found, COUNCIL[:4])
    late = office.task(found, "cast_ballot", "uy_vien_7")

    office.waits(working_days=30)

    seen = office.observed(found)
    assert seen.open == ("count_ballots",)
    assert seen.facts.lines[0].tally() == {"yes": 4, "no": 0, "abstain": 0, "cast": 4}
    assert inbox(office.db, office.person("uy_vien_7")).total == 0
    with pytest.raises(TaskCalledOff):
        office.completes("cast_ballot", found, by="uy_vien_7", task=late, answers={"lines": []})
    assert office.verified(found).ok


def test_each_nominee_of_a_round_gets_a_verdict_of_its_own(office: Office) -> None:
    waiting = gathered(office, "Nguyễn Thị Ví Dụ", "Trần Văn Thử")
    found = office.round_at("cast_ballot", waiting)
    for place, member in enumerate(COUNCIL):
        said = [{"line": 1, "vote": "yes"}, {"line": 2, "vote": "yes" if place < 3 else "no"}]
        office.completes("cast_ballot", found, by=member, answers={"lines": said})

    office.completes("count_ballots", found)
    assert [line.status for line in office.observed(found).facts.lines] == ["open", "failed"]
    office.comes_to(found, None)

    assert [line.status for line in office.observed(waiting).facts.lines] == ["passed", "failed"]
    assert office.observed(waiting).facts.lines[0].values["decisions.bonus.amount"] == 450_000
    assert "decisions.bonus.amount" not in office.observed(waiting).facts.lines[1].values


def test_a_round_that_nobody_passes_needs_no_decision(office: Office) -> None:
    waiting = gathered(office)
    found = office.round_at("cast_ballot", waiting)

    office.council_votes(found, COUNCIL, **dict.fromkeys(COUNCIL, "no"))
    office.comes_to(found, None)

    assert office.observed(found).is_closed
    assert "decision" not in office.observed(found).papers
    assert office.observed(waiting).end == "dossier_refused"


def test_one_round_takes_the_dossiers_of_several_units_in_the_order_of_the_units(office: Office) -> None:
    first, second = gathered(office, "Nguyễn Thị Ví Dụ"), office.dossier_at(None, by="don_vi_c")
    found = office.round_at("write_minutes", first, second)

    assert [line.dossier for line in office.observed(found).facts.lines] == [second, first]
    assert [line.ordinal for line in office.observed(found).facts.lines] == [1, 2]
    office.comes_to(found, None)

    assert {office.observed(number).status for number in (first, second)} == {"da-khen"}
    assert {office.observed(number).facts.get("round.number") for number in (first, second)} == {found}


def test_a_dossier_that_a_round_has_taken_cannot_be_taken_by_another(shared_office: Office) -> None:
    office, waiting = shared_office, gathered(shared_office)
    office.round_at("cast_ballot", waiting)
    other = office.round_at("compile_summary")

    with pytest.raises(NoLongerWaiting, match=waiting):
        office.completes("compile_summary", other, answers=meeting([waiting], office.today))
    assert office.observed(other).facts.lines == ()


def test_a_member_votes_once_whatever_is_sent_again(office: Office) -> None:
    found = office.round_at("cast_ballot")
    theirs = office.task(found, "cast_ballot", "uy_vien_2")
    said = {"lines": [{"line": 1, "vote": "yes"}]}
    for _ in range(2):
        office.completes("cast_ballot", found, by="uy_vien_2", task=theirs, answers=said, key="the same")

    with pytest.raises(TaskNotOpen):
        office.completes(
            "cast_ballot", found, by="uy_vien_2", task=theirs, answers={"lines": [{"line": 1, "vote": "no"}]}
        )
    assert office.observed(found).facts.lines[0].votes("council") == {"uy_vien_2": "yes"}


def test_who_abstains_says_why(shared_office: Office) -> None:
    office, found = shared_office, shared_office.round_at("cast_ballot")
    silent = {"line": 1, "vote": "abstain"}

    with pytest.raises(EntriesRefused) as refused:
        office.completes("cast_ballot", found, by="uy_vien_2", answers={"lines": [silent]})
    assert list(refused.value.fields) == ["/lines/0/remark"]

    reasoned = {**silent, "remark": "Cùng đơn vị với đối tượng."}
    office.completes("cast_ballot", found, by="uy_vien_2", answers={"lines": [reasoned]})
    assert office.observed(found).facts.lines[0].tally() == {"yes": 0, "no": 0, "abstain": 1, "cast": 1}


def test_an_absent_member_votes_in_writing_or_not_at_all(office: Office) -> None:
    found = office.round_at("record_attendance", gathered(office))
    office.completes("record_attendance", found, answers=attendance(COUNCIL[:7]))
    office.council_votes(found, COUNCIL[:7])
    writes, silent = COUNCIL[7:]
    with pytest.raises(AssertionError, match="is not open"):
        office.completes("cast_ballot", found, by=writes, answers={"lines": [{"line": 1, "vote": "yes"}]})
    written = {"sent_on": f"{office.today}", "paper": "Phiếu lấy ý kiến số 02", "lines": [{"line": 1, "vote": "yes"}]}
    office.completes("send_opinion", found, by=writes, answers=written)

    office.waits(working_days=5)

    assert office.observed(found).open == ("count_ballots",)
    assert set(office.observed(found).facts.lines[0].votes("council")) == {*COUNCIL[:7], writes}
    assert inbox(office.db, office.person(silent)).total == 0
    office.completes("count_ballots", found)
    line = office.observed(found).facts.lines[0]
    assert (line.status, line.values["decisions.line_result.counted_by"]) == ("open", 9)


def test_an_invitation_of_less_than_three_working_days_needs_a_reason(office: Office) -> None:
    late = office.round_at("compile_summary")
    told = {**meeting([gathered(office)], office.today), "meeting_on": f"{office.today + timedelta(days=2)}"}
    office.works()
    office.completes("compile_summary", late, answers=told)
    office.works()

    assert office.observed(late).open == ("explain_late_invitation",)
    with pytest.raises(EntriesRefused):
        office.completes("explain_late_invitation", late, answers={})
    office.completes("explain_late_invitation", late)
    assert office.observed(late).open == ("record_attendance",)


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"returned": 8}, {"/returned"}),
        ({"invalid": 1, "valid": 8}, {"/invalid", "/valid"}),
        ({"issued": 10}, {"/issued"}),
        ({"lines": [{"line": 1, "yes": 9, "no": 0}]}, {"/lines/0/yes", "/lines/0/no"}),
    ],
)
def test_a_count_that_the_ballots_contradict_is_refused_where_it_is_wrong(
    shared_office: Office, wrong: dict[str, object], at: set[str]
) -> None:
    office, found = shared_office, shared_office.round_at("cast_ballot")
    office.council_votes(found, giam_doc="no")

    with pytest.raises(EntriesRefused) as refused:
        office.completes("count_ballots", found, answers={**office.answers("count_ballots", found), **wrong})
    assert set(refused.value.fields) == at
    office.completes("count_ballots", found)


def test_a_member_who_stands_aside_stays_in_the_denominator(office: Office) -> None:
    found = office.round_at("cast_ballot", gathered(office, office.person("uy_vien_4").name))
    for member in COUNCIL:
        said = [] if member == "uy_vien_4" else [{"line": 1, "vote": "yes"}]
        office.completes("cast_ballot", found, by=member, answers={"lines": said})
    office.completes("count_ballots", found)

    line = office.observed(found).facts.lines[0]
    told = {name: line.values[f"decisions.line_result.{name}"] for name in ("passed", "counted_by", "reachable")}
    assert told == {"passed": True, "counted_by": 9, "reachable": 8}
    applied = next(e for e in office.history(found, "DecisionMade") if e["event"]["decision"] == "vote_threshold")
    assert applied["event"]["outputs"] == {"percent": 80, "counts_excluded": True}
