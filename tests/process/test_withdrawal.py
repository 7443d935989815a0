"""Withdrawal: by the unit, with a reason, from the handing in until the signature (NĐ 91/2017 Điều 77.3)."""

import pytest

from tests.answers import COUNCIL, dossier, returned
from tests.story import Office
from workflows.domain.errors import (
    AlreadyDecided,
    CannotBeWithdrawn,
    InstanceClosed,
    InvalidInput,
    LineNotOpen,
    NotFound,
)
from workflows.operations.dossiers import NotYourDossier
from workflows.queries.inbox import inbox


@pytest.mark.parametrize("element", ["receive_dossier", "assign_officer", "appraise_dossier"])
def test_a_dossier_is_withdrawn_wherever_it_is_handled(shared_office: Office, element: str) -> None:
    office, number = shared_office, shared_office.dossier_at(element)

    office.withdraws(number, reason="  Đơn vị xin rút.  ")

    seen = office.observed(number)
    assert (seen.end, seen.status, seen.open) == ("dossier_withdrawn", "da-rut", ())
    assert [line.status for line in seen.facts.lines] == ["withdrawn"]
    assert seen.facts.get("dossier.withdrawal_reason") == "Đơn vị xin rút."
    assert office.history(number, "MessageReceived")[0]["event"]["reason"] == "Đơn vị xin rút."


def test_a_returned_dossier_is_withdrawn_instead_of_supplemented(office: Office) -> None:
    number = office.dossier_at("appraise_dossier")
    office.completes("appraise_dossier", number, answers=returned(office.observed(number).facts))
    office.works()

    office.withdraws(number)
    office.waits(working_days=30)

    assert office.observed(number).end == "dossier_withdrawn"
    assert [each["event"]["fired"] for each in office.history(number, "TimerCleared")] == [False]


def test_a_dossier_not_yet_handed_in_is_not_withdrawn(shared_office: Office) -> None:
    with pytest.raises(CannotBeWithdrawn):
        shared_office.withdraws(shared_office.dossier_at("prepare_dossier"))


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_withdrawal_needs_its_reason(shared_office: Office, reason: str) -> None:
    office, number = shared_office, shared_office.dossier_at("receive_dossier")

    with pytest.raises(InvalidInput) as refused:
        office.withdraws(number, reason=reason)

    assert list(refused.value.fields) == ["/reason"]
    assert office.observed(number).open == ("receive_dossier",)


@pytest.mark.parametrize("who", ["don_vi_c", "chuyen_vien", "giam_doc", "quan_tri"])
def test_nobody_withdraws_the_dossier_of_another_unit(shared_office: Office, who: str) -> None:
    with pytest.raises(NotYourDossier):
        shared_office.withdraws(shared_office.dossier_at("receive_dossier"), by=who)


def test_a_colleague_of_the_unit_who_does_not_work_on_dossiers_changes_none(shared_office: Office) -> None:
    office = shared_office
    number = office.dossier_at("receive_dossier", by="don_vi_c")
    draft = office.dossier_at("prepare_dossier", by="don_vi_c")

    with pytest.raises(NotYourDossier):
        office.withdraws(number, by="uy_vien_7")
    with pytest.raises(NotYourDossier):
        office.attaches(draft, "other", by="uy_vien_7")


def test_a_dossier_is_withdrawn_once(shared_office: Office) -> None:
    office, number = shared_office, shared_office.dossier_at("receive_dossier")
    office.withdraws(number)

    with pytest.raises((CannotBeWithdrawn, InstanceClosed)):
        office.withdraws(number)


def test_a_round_is_no_dossier_to_be_withdrawn(shared_office: Office) -> None:
    with pytest.raises(NotFound):
        shared_office.withdraws(shared_office.office_opens_round())
    with pytest.raises(NotFound):
        shared_office.withdraws("HS-9999")


def test_until_the_signature_a_dossier_leaves_its_round_and_after_it_no_more(shared_office: Office) -> None:
    office, leaving, staying = shared_office, shared_office.dossier_at(None), shared_office.dossier_at(None)
    found = office.round_at("sign_decision", leaving, staying)

    office.withdraws(leaving)
    office.completes("sign_decision", found)

    assert [line.status for line in office.observed(found).facts.lines] == ["withdrawn", "passed"]
    with pytest.raises(AlreadyDecided):
        office.withdraws(staying)


def test_a_round_whose_only_dossier_is_withdrawn_ends_without_a_decision(shared_office: Office) -> None:
    office, waiting = shared_office, shared_office.dossier_at(None)
    found = office.round_at("cast_ballot", waiting)

    office.withdraws(waiting)
    for member in COUNCIL:
        office.completes("cast_ballot", found, by=member, answers={"lines": []})
    office.comes_to(found, None)

    assert office.observed(found).is_closed
    assert "decision" not in office.observed(found).papers
    assert office.observed(waiting).status == "da-rut"


def test_the_inboxes_of_everybody_forget_a_withdrawn_dossier(shared_office: Office) -> None:
    office, number = shared_office, shared_office.dossier_at("appraise_dossier")

    office.withdraws(number)

    for login in ("chuyen_vien", "don_vi_a", "van_thu", "chanh_vp"):
        for queue in ("mine", "pool"):
            assert number not in {row.number for row in inbox(office.db, office.person(login), queue).rows}


def test_one_line_is_withdrawn_and_the_others_go_on(shared_office: Office) -> None:
    office = shared_office
    number = office.dossier_at("appraise_dossier", answers=dossier(office.today, "Ông A", "Bà B"))

    office.withdraws(number, 2, declined=True, reason="Thành tích của cả tổ.")
    office.completes("appraise_dossier", number)

    seen = office.observed(number)
    assert ([line.status for line in seen.facts.lines], seen.open) == (["open", "withdrawn"], ())
    assert seen.facts.lines[1].values["withdrawal.by"] == "nominee"


def test_the_last_line_takes_its_dossier_with_it(shared_office: Office) -> None:
    office = shared_office
    number = office.dossier_at("appraise_dossier", answers=dossier(office.today, "Ông A", "Bà B"))

    office.withdraws(number, 1)
    assert not office.observed(number).is_closed
    office.withdraws(number, 2)

    assert office.observed(number).end == "dossier_withdrawn"


def test_a_line_leaves_the_list_and_the_round_alone(office: Office) -> None:
    three = dossier(office.today, "Ông A", "Bà B", "Ông C")
    number = office.dossier_at(None, answers=three)

    office.withdraws(number, 1)
    found = office.round_at("cast_ballot", number)
    assert [line.nominee["name"] for line in office.observed(found).facts.lines] == ["Bà B", "Ông C"]
    office.withdraws(number, 2)
    office.comes_to(found, None)

    assert [line.status for line in office.observed(number).facts.lines] == ["withdrawn", "withdrawn", "passed"]


def test_who_declined_is_nominated_again_and_commended_once(office: Office) -> None:
    first = office.dossier_at("appraise_dossier")
    office.withdraws(first, declined=True, reason="Thành tích của cả tổ.")

    again = office.dossier_awarded()

    assert office.observed(first).status == "da-rut"
    assert [line.status for line in office.observed(again).facts.lines] == ["passed"]


def test_a_line_that_is_out_is_not_withdrawn_again(shared_office: Office) -> None:
    office = shared_office
    number = office.dossier_at("appraise_dossier", answers=dossier(office.today, "Ông A", "Bà B"))
    office.withdraws(number, 1)

    for line in (1, 7, 0):
        with pytest.raises(LineNotOpen):
            office.withdraws(number, line)
