"""Two people at one task, a page that is out of date, two clicks on one button: nobody loses a word."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.department import Department, until
from tests.browser.desk import Desk
from tests.browser.test_walk import LETTER, NOMINEE
from workflows.domain.person import Person
from workflows.operations.accounts import add_person
from workflows.queries.observation import observe

DOOR = {"group": "work"}
CLERK = Person("van_thu_2", "Cao Thị Thứ Hai", "Văn thư Sở", "vp_so", groups=("clerk",), door=DOOR)
COLLEAGUE = Person("don_vi_a_2", "Lã Văn Cùng Phòng", "Chuyên viên", "phong_ncc", groups=("unit",), door=DOOR)
THEMATIC = {"stage": "gd1_2021", "outside_plan": "false", "unit_meeting_on": "2021-10-15", **LETTER, **NOMINEE}
RECEIVED = {"received_on": "2021-10-18", "full_on": "2021-10-18", "arrival_note": "Bản giấy nhận tại quầy"}
PROMPT = ("request_letter", "achievement_report", "meeting_minutes")


@pytest.fixture
def number(department: Department) -> str:
    """A dossier that its unit has written and not yet handed in."""
    for person in (CLERK, COLLEAGUE):
        add_person(department.db, person)
    unit = Desk(department, "don_vi_a")
    opened = unit.opens_dossier("thematic")
    for paper in PROMPT:
        unit.attaches(paper)
    unit.fills(THEMATIC).presses("Lưu nháp")
    expect(unit.page.locator(".said")).to_be_visible()
    unit.page.close()
    return opened


def copied(page: Page) -> str:
    """What the button puts into the clipboard."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Chép phần đã nhập").click()
    expect(page.get_by_role("button", name="Đã chép")).to_be_visible()
    return str(page.evaluate("navigator.clipboard.readText()"))


def twice(page: Page, button: str) -> None:
    """Press a button with a double click, as many do."""
    page.locator("main").get_by_role("button", name=button, exact=True).dblclick()
    page.wait_for_load_state()


def test_who_comes_too_late_reads_who_was_first_and_keeps_the_words(department: Department, number: str) -> None:
    Desk(department, "don_vi_a").opens("Lập hồ sơ").presses("Gửi hồ sơ")
    clerk = Desk(department, "van_thu").opens("Tiếp nhận").fills(RECEIVED)
    later, other = clerk.page.context.new_page(), clerk.page.context.new_page()
    for page in (later, other):
        page.goto(clerk.page.url)
    later.fill("[name=arrival_note]", "Bản giấy nhận tại quầy")
    other.get_by_role("button", name="Bỏ nhận").click()
    second = Desk(department, "van_thu_2").opens("Tiếp nhận").fills(RECEIVED)

    clerk.page.get_by_role("button", name="Tiếp nhận, vào số").click()
    expect(clerk.page.locator(".refusal-note")).to_contain_text(f"của {number} đang do Cao Thị Thứ Hai xử lý")
    assert copied(clerk.page).splitlines()[-1].endswith(": Bản giấy nhận tại quầy")

    twice(second.page, "Tiếp nhận, vào số")
    expect(second.page.locator(".said")).to_contain_text("Đã xong")
    later.get_by_role("button", name="Tiếp nhận, vào số").click()
    expect(later.locator("section.refusal")).to_contain_text(
        re.compile(r"đã được Cao Thị Thứ Hai hoàn thành lúc \d\d:\d\d 18/10/2021")
    )
    assert "Bản giấy nhận tại quầy" in copied(later)
    assert observe(department.db, number).status == "da-tiep-nhan"


def test_an_outdated_page_says_what_changed_keeps_the_form_and_is_sent_again(
    department: Department, number: str
) -> None:
    unit = Desk(department, "don_vi_a").opens("Lập hồ sơ")
    colleague = Desk(department, "don_vi_a_2")
    colleague.page.goto(f"/dossiers/{number}")
    colleague.attaches("other")

    unit.page.fill("[name=letter_signer]", "Nguyễn Văn Ký Thay")
    unit.page.get_by_role("button", name="Gửi hồ sơ").click()
    note = unit.page.locator(".refusal-note")
    expect(note).to_contain_text(re.compile(r"Lã Văn Cùng Phòng đã đính kèm một giấy tờ lúc \d\d:\d\d 18/10/2021"))
    expect(unit.page.locator("[name=letter_signer]")).to_have_value("Nguyễn Văn Ký Thay")

    twice(unit.page, "Gửi hồ sơ")
    expect(unit.page.locator(".said")).to_contain_text("Đã xong")
    assert observe(department.db, number).facts.text("dossier.letter_signer") == "Nguyễn Văn Ký Thay"


def test_two_clerks_at_one_dossier_keep_both_texts(department: Department, number: str) -> None:
    Desk(department, "don_vi_a").opens("Lập hồ sơ").presses("Gửi hồ sơ")
    first = Desk(department, "van_thu").opens("Tiếp nhận").fills({**RECEIVED, "arrival_note": "Thiếu một chữ ký"})
    expect(first.page.locator("#saved")).to_contain_text("Đã lưu nháp")
    address = first.page.url
    first.page.get_by_role("button", name="Bỏ nhận").click()
    expect(first.page.locator(".said").first).to_be_visible()
    second = Desk(department, "van_thu_2").opens("Tiếp nhận").fills({**RECEIVED, "arrival_note": "Đủ cả"})
    second.presses("Tiếp nhận, vào số")
    expect(second.page.locator(".said").first).to_contain_text("Đã xong")

    first.page.goto(address)
    both = first.page.locator("#compare")
    expect(both).to_contain_text("Cao Thị Thứ Hai")
    expect(both.locator("tbody tr")).to_have_count(1)
    expect(both).to_contain_text("Đủ cả")
    expect(both).to_contain_text("Thiếu một chữ ký")
    until(lambda: observe(department.db, number).status == "da-tiep-nhan", "receipt")


def test_two_windows_of_one_clerk_are_put_together_by_choice(department: Department, number: str) -> None:
    Desk(department, "don_vi_a").opens("Lập hồ sơ").presses("Gửi hồ sơ")
    clerk = Desk(department, "van_thu").opens("Tiếp nhận")
    other = clerk.page.context.new_page()
    other.goto(clerk.page.url)
    other.fill("[name=arrival_note]", "Bản giấy nhận tại quầy")
    expect(other.locator("#saved")).to_contain_text("Đã lưu nháp")

    clerk.page.fill("[name=arrival_note]", "Nhận qua bưu điện")
    expect(clerk.page.locator("#saved")).to_contain_text("Cửa sổ khác đã lưu bản nháp mới hơn")
    clerk.page.get_by_role("button", name="Xem cả hai bản").click()
    clerk.page.locator("#compare").get_by_label("Bản giấy nhận tại quầy").check()
    clerk.page.get_by_role("button", name="Ghép theo lựa chọn").click()
    expect(clerk.page.locator("[name=arrival_note]")).to_have_value("Bản giấy nhận tại quầy")
    clerk.fills({**RECEIVED}).presses("Tiếp nhận, vào số")
    expect(clerk.page.locator(".said").first).to_contain_text("Đã xong")
    until(lambda: observe(department.db, number).status == "da-tiep-nhan", "receipt")
