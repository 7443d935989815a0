"""A reviewer's page in Chromium: papers, history, comments, who else is here, and a session that ends in mid-form."""

from playwright.sync_api import Page, expect

from tests.browser.department import Department
from tests.browser.desk import Desk
from tests.browser.test_conflicts import CLERK, PROMPT, THEMATIC
from workflows.operations.accounts import add_person

NOTE = "Bản giấy nhận tại quầy"


def handed_in(department: Department) -> str:
    """A dossier that waits to be received; its number."""
    unit = Desk(department, "don_vi_a")
    number = unit.opens_dossier("thematic")
    for paper in PROMPT:
        unit.attaches(paper)
    unit.fills(THEMATIC).presses("Gửi hồ sơ")
    expect(unit.page.locator(".said").first).to_contain_text("Đã xong")
    return number


def receiving(department: Department) -> Page:
    """The clerk's page with something typed."""
    handed_in(department)
    page = Desk(department, "van_thu").opens("Tiếp nhận").page
    page.fill("[name=arrival_note]", NOTE)
    return page


def test_papers_are_turned_over_beside_the_form_which_keeps_its_words(department: Department) -> None:
    page = receiving(department)
    place, paper = page.locator(".read-head .meta"), page.locator("iframe.read-pdf")
    expect(place).to_have_text("giấy tờ 1/3")
    first = paper.get_attribute("src")
    page.locator("h1").click()
    page.keyboard.press("j")
    expect(place).to_have_text("giấy tờ 2/3")
    assert paper.get_attribute("src") != first
    page.click("#read-next")
    expect(place).to_have_text("giấy tờ 3/3")
    expect(page.locator("#read-next")).to_have_count(0)
    page.click("#read-previous")
    expect(place).to_have_text("giấy tờ 2/3")
    expect(page.locator("[name=arrival_note]")).to_have_value(NOTE)


def test_history_and_diagram_open_below_the_heading_and_the_form_stays(department: Department) -> None:
    page = receiving(department)
    part = page.locator("#tab")
    page.get_by_role("link", name="Quá trình xử lý").first.click()
    expect(part.locator(".happened")).to_contain_text("Nhận xử lý")
    page.locator("nav.tabs").get_by_role("link", name="Sơ đồ").click()
    expect(part.locator(".viewer[data-ready] .path-now").first).to_be_visible()
    page.locator("nav.tabs").get_by_role("link", name="Việc", exact=True).click()
    expect(part).to_be_hidden()
    expect(page.locator("[name=arrival_note]")).to_have_value(NOTE)


def test_two_clerks_see_each_other_and_talk_about_the_dossier(department: Department) -> None:
    add_person(department.db, CLERK)
    page = receiving(department)
    page.locator("section#comments textarea[name^=_said]").last.fill("Số điện thoại của đơn vị?")
    page.get_by_role("button", name="Gửi trao đổi").click()
    expect(page.locator("article.thread")).to_contain_text("Số điện thoại của đơn vị?")
    expect(page.locator("[name=arrival_note]")).to_have_value(NOTE)

    second = department.sign_in("van_thu_2")
    with second.expect_response(lambda answer: answer.url.endswith("/presence")):
        second.goto(page.url)
    expect(second.locator(".who-looks")).to_contain_text("đang mở việc này")
    second.locator("article.thread summary").click()
    second.locator("article.thread textarea").fill("Gọi 028 3829 xxxx")
    second.get_by_role("button", name="Gửi trả lời").click()
    expect(second.locator("article .answer")).to_contain_text("Cao Thị Thứ Hai")

    page.reload()
    expect(page.locator(".who-looks")).to_contain_text("Cao Thị Thứ Hai đang mở việc này")
    expect(page.locator("article .answer")).to_contain_text("Gọi 028 3829 xxxx")
    expect(page.locator("[name=arrival_note]")).to_have_value(NOTE)


def test_a_session_that_ends_in_mid_form_leaves_the_draft(department: Department) -> None:
    page = receiving(department)
    expect(page.locator("#saved")).to_contain_text("Đã lưu nháp")
    address = page.url
    with department.db.write() as tx:
        tx.exec_driver_sql("update web_session set ended_at = now() where ended_at is null")
    page.fill("[name=arrival_note]", f"{NOTE}, đủ ba bản")
    expect(page.locator("#saved")).to_contain_text("Bạn đã bị đăng xuất")
    page.get_by_role("button", name="Tiếp nhận, vào số").click()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Đăng nhập lại").click()
    opened.value.click("button[value=van_thu]")
    opened.value.wait_for_url("**/inbox*")
    page.get_by_role("button", name="Lưu nháp và làm tiếp").click()
    page.wait_for_url(lambda url: url.startswith(address.split("#")[0]))
    expect(page.locator("[name=arrival_note]")).to_have_value(f"{NOTE}, đủ ba bản")
    expect(page.locator("#saved")).to_contain_text("Đã lưu nháp")
