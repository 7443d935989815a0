"""The office leads a movement: every unit gets the plan once, confirms it, is urged on, and the movement ends."""

import pytest

from tests.answers import returned
from tests.story import MOVEMENT, Office
from workflows.domain.errors import NotAllowed, NotFound
from workflows.operations import participations
from workflows.operations.participations import LetterIsEmpty, NotLaunched, NotYetConfirmed
from workflows.queries.follow_up import Board, UnitRow, board
from workflows.queries.inbox import inbox
from workflows.queries.reports import report

OFFICER, UNIT = "chuyen_vien", "phong_ncc"
PREPARER = """select a.login from account a join membership m on m.account_id = a.id
where a.unit = :unit and m.group_key = 'unit' order by a.id limit 1"""


def seen(office: Office) -> Board:
    return board(office.db, office.person(OFFICER), MOVEMENT)


def row(office: Office) -> UnitRow:
    return next(each for each in seen(office).rows if each.unit == UNIT)


def launched(office: Office) -> str:
    participations.launch_movement(office.db, office.person(OFFICER), MOVEMENT)
    number = row(office).number
    assert number is not None
    return number


def confirmed(office: Office, number: str) -> None:
    told = {"launched_on": f"{office.today}", "way": "meeting", "staff": 14}
    office.completes("confirm_launch", number, by="don_vi_a", answers=told)


def test_every_unit_gets_the_plan_once_and_confirms_it_in_its_own_inbox(office: Office) -> None:
    assert row(office).state == "unlaunched"
    number = launched(office)
    assert participations.launch_movement(office.db, office.person(OFFICER), MOVEMENT) == ()
    assert row(office).state == "unconfirmed"
    assert number in {each.number for each in inbox(office.db, office.person("don_vi_a"), "pool").rows}
    assert number not in {each.number for each in inbox(office.db, office.person("don_vi_c"), "pool").rows}
    confirmed(office, number)
    assert (row(office).state, row(office).launched_on, row(office).staff) == ("nothing", office.today, 14)
    assert office.verified(number).ok


def test_the_board_follows_a_dossier_from_draft_to_return(office: Office) -> None:
    confirmed(office, launched(office))
    office.unit_opens_dossier()
    assert row(office).state == "drafting"
    office.dossier_at("receive_dossier")
    assert (row(office).state, row(office).drafting, row(office).sent, row(office).lines) == ("submitted", 1, 1, 1)
    number = office.dossier_at("appraise_dossier")
    office.completes("appraise_dossier", number, answers=returned(office.observed(number).facts))
    office.works()
    assert row(office).state == "returned"


def test_a_letter_goes_to_the_unit_and_stays_in_the_history(office: Office) -> None:
    number = launched(office)
    told = participations.urge(office.db, office.person(OFFICER), MOVEMENT, UNIT, " Đề nghị xác nhận đã quán triệt. ")
    assert told == 1
    (event,) = office.history(number, "UnitUrged")
    assert (event["event"]["text"], event["event"]["people"]) == ("Đề nghị xác nhận đã quán triệt.", ["don_vi_a"])
    assert (row(office).urged, office.asks("select text from notice")) == (1, "Đề nghị xác nhận đã quán triệt.")
    assert office.verified(number).ok


def test_letters_need_words_a_launch_and_somebody_who_leads(office: Office) -> None:
    officer = office.person(OFFICER)
    with pytest.raises(NotLaunched):
        participations.urge(office.db, officer, MOVEMENT, UNIT, "Đôn đốc")
    launched(office)
    with pytest.raises(LetterIsEmpty):
        participations.urge(office.db, officer, MOVEMENT, UNIT, "  ")
    with pytest.raises(NotAllowed):
        participations.urge(office.db, office.person("don_vi_a"), MOVEMENT, UNIT, "Đôn đốc")
    with pytest.raises(NotFound):
        participations.launch_movement(office.db, officer, "nowhere")
    with pytest.raises(NotAllowed):
        board(office.db, office.person("don_vi_a"), MOVEMENT)


def test_a_movement_ends_for_all_units_once_each_has_confirmed(office: Office) -> None:
    launched(office)
    with pytest.raises(NotYetConfirmed):
        participations.close_movement(office.db, office.person(OFFICER), MOVEMENT)
    for each in seen(office).rows:
        login = office.asks(PREPARER, unit=each.unit)
        told = {"launched_on": f"{office.today}", "way": "document", "staff": 5}
        office.completes("confirm_launch", str(each.number), by=login, answers=told)
    count = participations.close_movement(office.db, office.person(OFFICER), MOVEMENT)
    assert count == len(seen(office).rows)
    assert office.observed(str(row(office).number)).is_closed


def test_the_figures_count_those_nominated_and_commended_and_how_promptly(office: Office) -> None:
    office.dossier_at("receive_dossier")
    office.dossier_awarded()
    found = report(office.db, office.person(OFFICER), MOVEMENT)
    assert (found.total.nominated, found.total.commended) == (2, 1)
    assert [(each.title.vi, each.nominated) for each in found.tables["award_form"]] == [
        ("Giấy khen của Giám đốc Sở", 2)
    ]
    assert sum(each.nominated for each in found.tables["unit"]) == 2
    assert found.prompt.decided == 1
    assert found.prompt.median is not None
    assert {body.title.vi for body in found.bodies} >= {"Văn thư", "Giám đốc"}
    with pytest.raises(NotAllowed):
        report(office.db, office.person("don_vi_a"), MOVEMENT)
