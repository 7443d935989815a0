"""A reviewer's page in Chromium: papers beside a half-filled form, history and diagram below the heading."""

from playwright.sync_api import Page, expect

from tests.browser.department import Department
from tests.browser.desk import Desk
from tests.browser.test_conflicts import PROMPT, THEMATIC

NOTE = "Bản giấy nhận tại quầy"


def handed_in(department: Department) -> str:
    """A dossier that waits to be received; its number."""
    unit = Desk(department, "don_vi_a")
    number = unit.opens_dossier("thematic")
    for paper in PROMPT:
        unit.attaches(paper)
    unit.fills(THEMATIC).presses("Gửi hồ sơ")
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
