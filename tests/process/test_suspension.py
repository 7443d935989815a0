"""A line or a whole dossier is suspended before the signature: what goes on, what stands still, what is concluded."""

import pytest

from tests.answers import COUNCIL, Answers, attendance, concluded, meeting, returned, supplemented
from tests.answers import dossier as nominations
from tests.story import MONDAY, Office, procedure
from workflows.domain.calendar import local_day
from workflows.domain.errors import (
    AlreadyDecided,
    CannotBeWithdrawn,
    InvalidInput,
    LineNotOpen,
    NotAllowed,
    NotOffered,
    TaskNotOpen,
)
from workflows.operations.leaving import CannotBeSuspended

TODAY = local_day(MONDAY)
TWO = nominations(TODAY, "Ông A", "Bà B")


def stand(office: Office, number: str) -> list[str]:
    """How the lines stand."""
    return [line.status for line in sorted(office.observed(number).facts.lines, key=lambda line: line.id)]


@pytest.mark.parametrize("element", ["receive_dossier", "assign_officer", "appraise_dossier"])
def test_a_suspended_dossier_goes_on_where_it_was(shared_office: Office, element: str) -> None:
    office, number = shared_office, shared_office.dossier_at(element)

    office.suspends(number)
    office.works()
    held_up = office.observed(number)
    office.completes("conclude_suspension", number)
    office.works()

    assert (held_up.status, held_up.open) == ("tam-dung", ("conclude_suspension",))
    assert [line.status for line in held_up.facts.lines] == ["suspended"]
    assert (office.observed(number).open, stand(office, number)) == ((element,), ["open"])


def test_a_dossier_suspended_while_the_unit_completes_it_goes_back_to_the_unit(shared_office: Office) -> None:
    office, number = shared_office, shared_office.dossier_at("appraise_dossier")
    office.completes("appraise_dossier", number, answers=returned_by(office, number))
    office.works()

    office.suspends(number)
    office.works()
    office.completes("conclude_suspension", number)
    office.works()

    assert (office.observed(number).open, office.observed(number).status) == (("supplement_dossier",), "tra-lai")


def returned_by(office: Office, number: str) -> Answers:
    """The officer sends the dossier back."""
    return returned(office.observed(number).facts)


def test_a_dossier_suspended_in_a_round_leaves_it_and_joins_the_next(office: Office) -> None:
    leaving, staying = office.dossier_at(None), office.dossier_at(None, by="don_vi_c")
    found = office.round_at("cast_ballot", leaving, staying)

    office.suspends(leaving)
    office.works()
    assert stand(office, found) == ["suspended", "open"]
    office.comes_to(found, None)
    assert office.observed(leaving).open == ("conclude_suspension",), "the round told it nothing"
    office.completes("conclude_suspension", leaving)
    office.works()

    again = office.round_at("cast_ballot", leaving)
    office.comes_to(again, None)
    assert (stand(office, leaving), stand(office, staying)) == (["passed"], ["passed"])


def test_a_dossier_may_join_the_same_round_again_before_its_meeting(office: Office) -> None:
    number = office.dossier_at(None)
    found = office.round_at("record_attendance", number)
    office.completes("record_attendance", found, answers=attendance(COUNCIL[:3]))
    assert office.observed(found).open == ("compile_summary",), "too few members: the meeting is called again"

    office.suspends(number)
    office.works()
    office.completes("conclude_suspension", number)
    office.works()
    office.completes("compile_summary", found, answers=meeting([number], office.today))
    office.works()

    assert (stand(office, found), office.observed(found).open) == (["open"], ("record_attendance",))


def test_limits_stand_still_while_a_dossier_is_suspended(office: Office) -> None:
    number = office.dossier_at("appraise_dossier")
    before = office.observed(number).due["appraise_dossier"]

    office.suspends(number)
    office.waits(working_days=4)
    office.completes("conclude_suspension", number)
    office.works()

    after = office.observed(number).due["appraise_dossier"]
    calendar = procedure().working_days()
    assert calendar.between(local_day(before), local_day(after)) == 4


def test_one_line_is_suspended_and_the_others_go_on(office: Office) -> None:
    number = office.dossier_at("appraise_dossier", answers=TWO)

    office.suspends(number, 2)
    office.works()
    assert office.observed(number).status == "dang-tham-dinh"
    assert set(office.observed(number).open) == {"appraise_dossier", "conclude_suspension"}
    office.completes("appraise_dossier", number)
    office.works()
    office.comes_to(office.round_at("cast_ballot", number), None)

    waiting = office.observed(number)
    assert (waiting.status, waiting.open, stand(office, number)) == (
        "tam-dung",
        ("conclude_suspension",),
        ["passed", "suspended"],
    )


def test_a_line_that_goes_on_after_the_others_are_done_joins_the_next_round(office: Office) -> None:
    number = office.dossier_at(None, answers=TWO)
    found = office.round_at("cast_ballot", number)
    office.suspends(number, 2)
    office.works()
    assert stand(office, found) == ["open", "suspended"]
    office.comes_to(found, None)

    office.completes("conclude_suspension", number)
    office.works()
    assert (office.observed(number).open, stand(office, number)) == ((), ["passed", "open"])
    office.comes_to(office.round_at("cast_ballot", number), None)

    assert (stand(office, number), office.observed(number).open[-1:]) == (["passed", "passed"], ("confirm_spelling",))


def test_a_line_suspended_on_the_list_is_not_gathered_and_one_that_goes_on_is_appraised_again_if_so_concluded(
    office: Office,
) -> None:
    number = office.dossier_at(None, answers=TWO)
    office.suspends(number, 1)
    office.works()
    found = office.round_at("cast_ballot", number)
    assert [line.ordinal for line in office.observed(found).facts.lines] == [1], "one line, the second nominee's"
    office.completes("conclude_suspension", number, answers=concluded(office.observed(number).facts, at="appraisal"))
    office.works()

    office.comes_to(found, None)

    assert (stand(office, number), office.observed(number).open) == (["open", "passed"], ("appraise_dossier",))


def test_a_line_that_is_not_taken_after_its_suspension_has_failed(office: Office) -> None:
    number = office.dossier_at("appraise_dossier", answers=TWO)
    office.suspends(number)
    office.works()

    answers = concluded(office.observed(number).facts, 1, 2)
    office.completes("conclude_suspension", number, answers=answers)
    office.works()

    assert (office.observed(number).end, stand(office, number)) == ("dossier_refused", ["failed", "failed"])


def test_a_suspended_dossier_may_still_be_withdrawn(shared_office: Office) -> None:
    office, number = shared_office, shared_office.dossier_at("appraise_dossier")
    office.suspends(number)
    office.works()

    office.withdraws(number)

    assert (office.observed(number).end, stand(office, number)) == ("dossier_withdrawn", ["withdrawn"])


def test_every_suspended_line_is_concluded_and_no_other(shared_office: Office) -> None:
    office, number = shared_office, shared_office.dossier_at("appraise_dossier", answers=TWO)
    office.suspends(number, 2)
    office.works()
    told = concluded(office.observed(number).facts)

    for lines in ([], [{**told["lines"][0], "line": 1}], [*told["lines"], *told["lines"]]):
        with pytest.raises(InvalidInput):
            office.completes("conclude_suspension", number, answers={**told, "lines": lines})


def test_a_suspension_is_concluded_once(shared_office: Office) -> None:
    office, number = shared_office, shared_office.dossier_at("appraise_dossier")
    office.suspends(number)
    office.works()
    task, told = office.task(number, "conclude_suspension"), concluded(office.observed(number).facts)
    office.completes("conclude_suspension", number, answers=told)

    with pytest.raises(TaskNotOpen):
        office.completes("conclude_suspension", number, answers=told, task=task)


def test_nothing_is_suspended_or_withdrawn_after_the_signature(office: Office) -> None:
    number = office.dossier_at(None)
    office.round_at("number_decision", number)

    with pytest.raises(AlreadyDecided):
        office.suspends(number)
    with pytest.raises(AlreadyDecided):
        office.withdraws(number, 1)


def test_a_dossier_whose_result_is_known_is_not_suspended(office: Office) -> None:
    number = office.dossier_awarded()

    with pytest.raises(CannotBeSuspended):
        office.suspends(number)
    with pytest.raises(CannotBeWithdrawn):
        office.withdraws(number, 1)


def test_only_the_office_suspends_and_only_what_is_under_review(shared_office: Office) -> None:
    office, number = shared_office, shared_office.dossier_at("appraise_dossier", answers=TWO)
    drafted = office.dossier_at("prepare_dossier")
    office.suspends(number, 1)

    with pytest.raises(NotAllowed):
        office.suspends(number, 2, by="don_vi_a")
    with pytest.raises(CannotBeSuspended):
        office.suspends(drafted)
    for line in (1, 3, -1):
        with pytest.raises(LineNotOpen):
            office.suspends(number, line)
    with pytest.raises(NotOffered):
        office.suspends(number, 2, ground="rumour")


def test_a_second_line_may_be_suspended_before_the_first_is_concluded(office: Office) -> None:
    number = office.dossier_at("appraise_dossier", answers=nominations(TODAY, "Ông A", "Bà B", "Ông C"))
    office.suspends(number, 1)
    office.works()
    office.suspends(number, 2)
    office.works()

    office.completes("conclude_suspension", number)
    office.works()

    assert (stand(office, number), office.observed(number).open) == (["open"] * 3, ("appraise_dossier",))


def test_the_unit_completes_only_what_is_not_suspended(office: Office) -> None:
    number = office.dossier_at("appraise_dossier", answers=TWO)
    office.completes("appraise_dossier", number, answers=returned_by(office, number))
    office.works()
    office.suspends(number, 1)
    office.works()

    office.completes("supplement_dossier", number, answers=supplemented(office.observed(number).facts, office.today))

    assert stand(office, number) == ["suspended", "open"]
