"""The pages of accounts: people, units and groups by an administrator, and what everybody sees of the own account."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from tests.web.conftest import Browser, Page
from workflows.domain.person import Person as Entered
from workflows.operations.accounts import add_person
from workflows.settings import Settings
from workflows.store.session import Database

Person = Callable[[str], Browser]
WHY: dict[str, object] = {"reason": "Quyết định điều động số 12/QĐ-SLĐTBXH"}
ONCE = "//dd[contains(@class, 'once-password')]"


def entered(admin: Browser, login: str, name: str, **told: object) -> str:
    """A new person; returns the one-time password that the page shows."""
    page = admin.post("/new-person", {"login": login, "name": name, "groups": "clerk", **WHY, **told})
    assert page.status == 200, page.text
    return page.one(ONCE)


def signed_in(app: Flask, login: str, password: str) -> tuple[Browser, Page]:
    """Somebody with a password, and the first page."""
    browser = Browser(app.test_client())
    return browser, browser.post("/sign-in", {"login": login, "password": password})


def change(admin: Browser, login: str, **told: object) -> Page:
    """Send the form of a person with some entries written anew."""
    page = admin.get(f"/people/{login}")
    form: dict[str, list[str]] = {}
    for name, value in page.fields("//form[.//input[@name='seen']]"):
        form.setdefault(name, []).append(value)
    return admin.post(f"/people/{login}", {**form, **WHY, **told})


def test_a_person_gets_a_password_once_and_chooses_another_at_the_first_sign_in(person: Person, app: Flask) -> None:
    admin = person("quan_tri")
    password = entered(admin, "moi_den", "Nguyễn Thị Mới Đến", unit="vp_so")
    assert password not in admin.get("/people/moi_den").text
    browser, first = signed_in(app, "moi_den", password)
    assert first.path == "/account"
    assert browser.get("/inbox").path == "/account"
    own = "một câu dài tự đặt"
    wrong = browser.post("/account/password", {"old": "sai", "new": own, "again": own})
    assert wrong.status == 422
    assert browser.post("/account/password", {"old": password, "new": "ngắn", "again": "ngắn"}).status == 422
    assert browser.post("/account/password", {"old": password, "new": own, "again": own + "."}).status == 422
    assert browser.post("/account/password", {"old": password, "new": own, "again": own}).status == 200
    assert browser.get("/inbox").path == "/inbox"
    assert signed_in(app, "moi_den", password)[1].status == 403
    assert "Tự đổi mật khẩu" in admin.get("/people/moi_den").text


def test_people_are_found_without_accents(person: Person) -> None:
    admin = person("quan_tri")
    entered(admin, "tim_thay", "Đặng Thị Tìm Thấy")
    page = admin.get("/people?q=dang thi tim")
    assert len(page.all("//tbody/tr")) == 1
    assert admin.get("/people?q=dang thi tim&group=council").all("//tbody/tr") == []
    assert admin.get("/people?q=dang thi tim&state=locked").all("//tbody/tr") == []


def test_a_change_keeps_old_and_new_with_who_and_why(person: Person) -> None:
    admin = person("quan_tri")
    entered(admin, "doi_ten", "Lê Văn Tên Cũ")
    assert change(admin, "doi_ten", name="Lê Văn Tên Mới", groups=["clerk", "office"], unit="vp_so").status == 200
    act = admin.get("/account-history?q=doi_ten").all("//tbody/tr")[0]
    for words in ("Lê Văn Tên Cũ → Lê Văn Tên Mới", "Văn thư → Văn thư, Văn phòng Sở", str(WHY["reason"])):
        assert words in act, words
    assert person("kiem_tra").get("/account-history?q=doi_ten").all("//tbody/tr")[0] == act
    assert person("kiem_tra").get("/people").status == 403
    assert person("chuyen_vien").get("/account-history").status == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"login": "Viết Hoa"},
        {"name": " "},
        {"groups": []},
        {"groups": ["clerk", "vua"]},
        {"groups": ["admin", "auditor"]},
        {"groups": ["unit"], "unit": ""},
        {"unit": "khong_co"},
        {"email": "không phải địa chỉ"},
        {"reason": "  "},
        {"login": "quan_tri"},
    ],
)
def test_what_is_written_wrongly_is_refused_and_nothing_is_entered(person: Person, wrong: dict[str, object]) -> None:
    admin = person("quan_tri")
    told = {"login": "nhap_sai", "name": "Người Nhập Sai", "groups": ["clerk"], **WHY, **wrong}
    page = admin.post("/new-person", told)
    assert page.status == 422
    assert page.one("//*[@role='alert']")
    assert admin.get("/people/nhap_sai").status == 404


def test_a_locked_person_is_signed_out_at_once_and_comes_back_when_unlocked(person: Person, app: Flask) -> None:
    admin = person("quan_tri")
    password = entered(admin, "bi_khoa", "Phạm Văn Bị Khóa")
    browser, _ = signed_in(app, "bi_khoa", password)
    assert admin.post("/people/bi_khoa/lock", {"reason": ""}).status == 422
    assert admin.post("/people/bi_khoa/lock", WHY).status == 200
    assert browser.get("/account").path == "/sign-in"
    assert signed_in(app, "bi_khoa", password)[1].status == 403
    assert admin.post("/people/bi_khoa/lock", WHY).status == 409
    assert admin.post("/people/bi_khoa/unlock", WHY).status == 200
    assert signed_in(app, "bi_khoa", password)[1].status == 200


def test_the_last_administrator_stays_one_and_nobody_locks_the_own_account(person: Person) -> None:
    admin = person("quan_tri")
    admin.post("/people/quan_tri_2/lock", WHY)
    assert change(admin, "quan_tri", groups=["clerk"]).status == 409
    assert admin.post("/people/quan_tri/lock", WHY).status == 409
    admin.post("/people/quan_tri_2/unlock", WHY)
    assert admin.get("/people").status == 200


def test_rights_given_to_oneself_are_marked_in_the_history(person: Person) -> None:
    admin = person("quan_tri")
    assert change(admin, "quan_tri", groups=["admin", "auditor"]).status == 422
    assert change(admin, "quan_tri", groups=["admin", "clerk"]).status == 200
    assert "tài khoản của chính mình" in admin.get("/account-history?q=quan_tri").all("//tbody/tr")[0]
    assert change(admin, "quan_tri", groups=["admin"]).status == 200


def test_two_administrators_do_not_overwrite_each_other(person: Person) -> None:
    admin = person("quan_tri")
    entered(admin, "hai_nguoi", "Võ Thị Hai Người")
    stale = admin.get("/people/hai_nguoi").one("//input[@name='seen']/@value")
    assert change(admin, "hai_nguoi", title="Văn thư").status == 200
    late = change(admin, "hai_nguoi", title="Lưu trữ", seen=stale)
    assert late.status == 409
    assert "Văn thư" in admin.get("/people?q=hai_nguoi").text


def test_a_unit_is_opened_renamed_and_ended_with_its_successor(person: Person) -> None:
    admin = person("quan_tri")
    told: dict[str, object] = {"code": "phong_moi", "name": "Phòng Mới Lập", "kind": "division", **WHY}
    assert admin.post("/new-unit", {**told, "kind": "kingdom"}).status == 422
    assert admin.post("/new-unit", told).status == 200
    assert admin.post("/new-unit", told).status == 422
    seen = admin.get("/units/phong_moi").one("//input[@name='seen']/@value")
    renamed = {"name": "Phòng Đổi Tên", "kind": "division", "seen": seen, **WHY}
    assert admin.post("/units/phong_moi", renamed).status == 200
    assert admin.get("/units?q=phong doi ten").all("//tbody/tr")
    end = {"successor": "phong_moi", "on": "12/01/2022", **WHY}
    assert admin.post("/units/phong_moi/end", end).status == 422
    assert admin.post("/units/phong_moi/end", {**end, "successor": "vp_so", "on": "hôm qua"}).status == 422
    assert admin.post("/units/phong_moi/end", {**end, "successor": "vp_so"}).status == 200
    acts = " ".join(admin.get("/account-history?about=unit&q=phong_moi").all("//tbody/tr"))
    for words in ("Thêm đơn vị", "Phòng Mới Lập → Phòng Đổi Tên", "Kết thúc đơn vị", "12/01/2022"):
        assert words in acts, words


def test_groups_say_what_they_may_and_who_is_in_them(person: Person) -> None:
    row = next(each for each in person("quan_tri").get("/groups").all("//tbody/tr") if each.startswith("Quản trị"))
    assert "quản lý tài khoản" in row
    assert not re.search(r"[a-z]\.[a-z]", row)


def test_own_sessions_are_seen_and_ended(app: Flask, demo: tuple[Settings, Database]) -> None:
    password = "nhiều phiên cùng lúc"
    add_person(demo[1], Entered("nhieu_phien", "Bà Nhiều Phiên", groups=("clerk",), password=password))
    here, there, third = (signed_in(app, "nhieu_phien", password)[0] for _ in range(3))
    page = here.get("/account")
    assert len(page.all("//section//tbody/tr")) == 3
    assert "trình duyệt này" in page.one("//section//tbody/tr")
    here.send(page, "(//form[contains(@action, '/account/sessions/') and not(contains(@action, 'others'))])[1]")
    assert [each.get("/account").path for each in (there, third)].count("/sign-in") == 1
    here.send(here.get("/account"), "//form[contains(@action, 'end-others')]")
    assert {each.get("/account").path for each in (there, third)} == {"/sign-in"}
    assert here.get("/account").path == "/account"


def test_somebody_else_s_session_is_not_ended(person: Person) -> None:
    clerk, officer = person("van_thu"), person("chuyen_vien")
    page = person("van_thu").get("/account")
    address = page.one("//form[contains(@action, '/account/sessions/')]/@action")
    assert officer.post(address).status == 404
    assert clerk.get("/account").path == "/account"
