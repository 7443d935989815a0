"""The pages about people: the register, substitutes, relatives, handing over, bars and who lifts them."""

from collections.abc import Callable

from tests.web.conftest import Browser
from tests.web.test_walk import FORM, handed_in, task_of

Person = Callable[[str], Browser]


def test_the_register_is_searched_without_accents_and_hides_citizen_numbers(person: Person) -> None:
    page = person("kiem_tra").get("/awards?q=NGUYEN thi vi du")
    (row,) = page.all("//tbody/tr[@class='item']")
    assert "Nguyễn Thị Ví Dụ" in row
    assert "/QĐ-SLĐTBXH" in row
    assert "•••••••••001" in row
    assert "999200000001" not in page.text


def test_a_unit_sees_its_own_awards_and_an_administrator_none(person: Person) -> None:
    assert person("don_vi_a").get("/awards?q=nguyen thi vi du").all("//tbody/tr[@class='item']")
    assert not person("don_vi_c").get("/awards?q=nguyen thi vi du").all("//tbody/tr[@class='item']")
    assert person("quan_tri").get("/awards").status == 403


def test_a_substitute_is_named_sees_the_work_and_does_no_longer_when_it_ends(person: Person) -> None:
    of = handed_in(person("don_vi_a"), "Lý Thị Thay Thế")
    head, stand_in = person("chanh_vp"), person("chuyen_vien_2")
    assert person("chuyen_vien").get("/substitutes").status == 403
    named = {"absent": "van_thu", "substitute": "chuyen_vien_2", "from_on": "13/01/2022", "reason": "Nghỉ phép"}
    wrong = head.post("/substitutes", {**named, "to_on": "hôm sau"})
    assert wrong.status == 422
    assert "ngày/tháng/năm" in wrong.text
    assert head.post("/substitutes", {**named, "to_on": "14/01/2022"}).status == 200

    pool = stand_in.get(f"/inbox?queue=pool&q={of}")
    assert "Xử lý thay" in pool.text
    done = stand_in.send(task_of(stand_in, of), FORM, {"received_on": "13/01/2022", "full_on": "13/01/2022"})
    assert done.status == 200
    assert "thay" in person("kiem_tra").get(f"/trace/{of}").text

    page = head.get("/substitutes")
    head.send(page, "//form[contains(@action, '/end')]", {})
    assert "Xử lý thay" not in stand_in.get("/inbox?queue=pool").text


def test_a_relative_is_declared_and_taken_back(person: Person) -> None:
    officer = person("chuyen_vien")
    assert officer.post("/relatives", {"name": " ", "relation": "em"}).status == 422
    assert "Hồ Thị Bà Con" in officer.post("/relatives", {"name": "Hồ Thị Bà Con", "relation": "dì"}).text
    officer.send(officer.get("/relatives"), "//form[contains(@action, '/end')]", {})
    assert "Hồ Thị Bà Con" not in officer.get("/relatives").one("//main")


def test_a_task_is_handed_over_with_a_reason(person: Person) -> None:
    of = handed_in(person("don_vi_a"), "Lý Thị Chuyển Giao")
    clerk = person("van_thu")
    page = task_of(clerk, of)
    form = "//form[contains(@action, '/hand-over')]"
    assert not page.all(f"{form}//option[@value='giam_doc']")
    refused = clerk.post(f"{page.path}hand-over", {"to": "giam_doc", "reason": "Nhờ"})
    assert refused.status == 422


def test_the_director_sees_what_bars_a_line_and_lifts_it_with_a_reason(person: Person) -> None:
    handed_in(person("don_vi_a"), "Lý Thị Hai Lần")
    second = handed_in(person("don_vi_a"), "Lý Thị Hai Lần")
    director = person("giam_doc")
    page = director.get(f"/dossiers/{second}")
    assert "đang được đề nghị ở hồ sơ khác" in page.one("//section[@id='bars']")
    assert not person("chuyen_vien").get(f"/dossiers/{second}").all("//form[contains(@action, '/override')]")
    lifted = director.send(page, "//form[contains(@action, '/override')]", {"reason": "Hồ sơ trước sẽ rút."})
    assert "Đã cho qua" in lifted.one("//section[@id='bars']")
