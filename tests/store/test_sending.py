"""Documents of a movement: all of «Nơi nhận» are listed once, receipts are acts that stay, foreign ones are refused."""

from datetime import timedelta

import pytest

from tests.story import MOVEMENT, Office
from workflows.domain.errors import NotAllowed, NotFound, NotOffered
from workflows.operations import participations
from workflows.operations.sending import DayOfReceipt, NothingSent, Receipt, ReceiverMissing, note_receipt
from workflows.queries.sent import Recipient, Sent, documents

OFFICER, UNIT = "chuyen_vien", "unit:phong_ncc"


def seen(office: Office, login: str = OFFICER) -> dict[str, Sent]:
    return {each.key: each for each in documents(office.db, office.person(login), MOVEMENT)}


def to(office: Office, document: str, recipient: str) -> Recipient:
    return next(each for each in seen(office)[document].recipients if each.key == recipient)


def noted(office: Office, document: str, recipient: str, by: str = OFFICER, **changes: object) -> None:
    told = {"on": office.today, "way": "in_person", "receiver": "Bà Văn Thư", **changes}
    note_receipt(office.db, office.person(by), MOVEMENT, document, recipient, Receipt(**told))  # type: ignore[arg-type]


def test_the_plan_goes_to_bodies_to_every_unit_and_on_file(office: Office) -> None:
    participations.launch_movement(office.db, office.person(OFFICER), MOVEMENT)
    names = [each.name for each in seen(office)["plan"].recipients]
    assert names[:2] == ["Sở Nội vụ", "Các đồng chí Lãnh đạo Sở"]
    assert {"Phòng Người có công", "Cơ sở Bảo trợ xã hội"} <= set(names)
    assert len(names) == len(set(names))
    assert to(office, "plan", "Lưu VT, VP").is_file
    assert to(office, "plan", UNIT).sent_on == office.today


def test_a_receipt_is_kept_in_the_history_and_a_later_one_holds(office: Office) -> None:
    participations.launch_movement(office.db, office.person(OFFICER), MOVEMENT)
    noted(office, "plan", UNIT, by="don_vi_a", way="here", receiver=" Nguyễn Văn  Giả Sử ")
    noted(office, "plan", UNIT, way="mail", receiver="Bà Văn Thư")
    noted(office, "plan", "Sở Nội vụ")
    found = to(office, "plan", UNIT).received
    assert found is not None
    assert (found.receiver, found.way, found.on) == ("Bà Văn Thư", "mail", office.today)
    number = office.asks("select number from instance where process = 'participation' and unit = 'phong_ncc'")
    first, second = office.history(number, "DocumentReceived")
    assert (first["event"]["receiver"], second["actor"]["login"]) == ("Nguyễn Văn Giả Sử", OFFICER)
    assert office.verified(number).ok
    assert to(office, "plan", "Sở Nội vụ").received is not None
    assert [each.key for each in seen(office, "don_vi_c")["plan"].recipients] == ["unit:coso_btxh"]


def test_a_unit_that_confirmed_the_launch_has_the_plan(office: Office) -> None:
    participations.launch_movement(office.db, office.person(OFFICER), MOVEMENT)
    number = office.asks("select number from instance where process = 'participation' and unit = 'phong_ncc'")
    told = {"launched_on": f"{office.today}", "way": "meeting", "staff": 14}
    office.completes("confirm_launch", number, by="don_vi_a", answers=told)
    found = to(office, "plan", UNIT).received
    assert found is not None
    assert (found.way, found.receiver, found.on) == ("here", office.person("don_vi_a").name, office.today)
    assert to(office, "plan", "unit:coso_btxh").received is None


def test_an_issued_decision_goes_to_the_units_it_names(office: Office) -> None:
    participations.launch_movement(office.db, office.person(OFFICER), MOVEMENT)
    office.dossier_awarded()
    (decision,) = [each for each in seen(office).values() if each.key != "plan"]
    assert decision.number
    assert decision.date is not None
    assert [each.name for each in decision.recipients] == [
        "Phòng Người có công",
        "Sở Nội vụ",
        "Lãnh đạo Sở",
        "Lưu: VT, VP",
    ]
    office.waits(days=max(0, (decision.date - office.today).days))
    noted(office, decision.key, UNIT, by="don_vi_a", way="here")
    assert to(office, decision.key, UNIT).received is not None
    assert len(office.history(decision.key, "DocumentReceived")) == 1
    assert office.verified(decision.key).ok


def test_what_cannot_be_noted_is_refused_and_changes_nothing(office: Office) -> None:
    with pytest.raises(NothingSent):
        noted(office, "plan", UNIT)
    participations.launch_movement(office.db, office.person(OFFICER), MOVEMENT)
    with pytest.raises(NotAllowed):
        noted(office, "plan", "unit:coso_btxh", by="don_vi_a")
    with pytest.raises(NotAllowed):
        noted(office, "plan", "Sở Nội vụ", by="don_vi_a")
    with pytest.raises(NotFound):
        noted(office, "plan", "Lưu VT, VP")
    with pytest.raises(NotFound):
        noted(office, "DX-9999", UNIT)
    with pytest.raises(DayOfReceipt):
        noted(office, "plan", UNIT, on=office.today + timedelta(days=1))
    with pytest.raises(DayOfReceipt):
        noted(office, "plan", UNIT, on=office.today - timedelta(days=1))
    with pytest.raises(ReceiverMissing):
        noted(office, "plan", UNIT, receiver="  ")
    with pytest.raises(NotOffered):
        noted(office, "plan", UNIT, way="pigeon")
    assert office.asks("select count(*) from delivery") == 0
