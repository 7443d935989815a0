"""Leading a movement on its pages: the plan goes out, a unit is urged on, the figures are read."""

from collections.abc import Callable

from tests.web.conftest import Browser

Person = Callable[[str], Browser]
UNITS = "/movements/covid-2021/units"


def test_the_office_sends_the_plan_and_urges_a_unit_on(person: Person) -> None:
    officer = person("chuyen_vien")
    page = officer.get(UNITS)
    sent = officer.send(page, "//form[@action='/movements/covid-2021/launch']")
    assert "Đã gửi kế hoạch tới" in sent.one("//p[@role='status']")
    assert not sent.all("//form[@action='/movements/covid-2021/launch']")
    letter = sent.one("//form[@action='/movements/covid-2021/units/phong_te/urge']//textarea")
    assert letter.startswith("Kính gửi Phòng Trẻ em - Bình đẳng giới.")
    urged = officer.send(sent, "//form[@action='/movements/covid-2021/units/phong_te/urge']")
    assert "1 người" in urged.one("//p[@role='status']")
    (trace,) = urged.all("//tr[.//span[@class='b' and text()='Phòng Trẻ em - Bình đẳng giới']]//a/@href")
    assert "Kính gửi Phòng Trẻ em" in officer.get(trace).text
    empty = officer.post("/movements/covid-2021/units/phong_te/urge", {"text": " "})
    assert empty.status == 422


def test_the_board_is_narrowed_by_where_units_stand(person: Person) -> None:
    page = person("giam_doc").get(f"{UNITS}?state=returned")
    assert page.status == 200
    assert not page.all("//details[@class='urge']")


def test_the_figures_name_what_they_count(person: Person) -> None:
    page = person("kiem_tra").get("/movements/covid-2021/reports")
    assert "Cá nhân" in page.text
    assert "person" not in page.one("//div[@class='figures']")


def test_board_and_figures_are_not_for_units(person: Person) -> None:
    unit = person("don_vi_a")
    assert unit.get(UNITS).status == 403
    assert unit.get("/movements/covid-2021/reports").status == 403
    assert unit.post("/movements/covid-2021/launch").status == 403


def test_anybody_signed_in_asks_which_way_a_dossier_would_go(person: Person) -> None:
    unit = person("don_vi_a")
    page = unit.get("/movements/covid-2021/way/")
    assert not page.all("//tr[@class='grp']")
    asked = "?subject=collective&award_form=bang_khen_tinh&kind=ad_hoc&on=25/10/2021"
    found = unit.get(f"/movements/covid-2021/way/{asked}")
    assert "Ký Tờ trình" in found.all("//td[contains(@class, 'c-w')]/span")
    assert "2.980.000 đồng" in found.text
    assert found.all("//*[contains(@class, 'note')]") == []
    assert unit.get("/movements/covid-2021/way/?award_form=giay_khen&on=mai").status == 422
    assert unit.get("/movements/covid-2021/way/?award_form=x&kind=ad_hoc&subject=person").status == 422
    (xml, *_) = found.all("//div[@data-process]/@data-xml")
    assert unit.get(xml).text.startswith("<?xml")
    assert unit.get("/movements/covid-2021/way/nowhere.bpmn").status == 404
