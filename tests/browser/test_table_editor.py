"""An administrator raises a threshold: the row says so in words, is tried, and the draft tells what changed."""

from playwright.sync_api import Page, expect

from tests.browser.department import Department, until
from workflows.operations import workshop
from workflows.queries import workshop as query
from workflows.queries.accounts import actor_named

PATH = "decisions/vote_threshold/always.dmn"


def written(page: Page, text: str) -> None:
    """Write another text into the cell of the threshold and leave it."""
    cell = page.locator("td[data-element-id='so_80_phan_tram_out_percent']")
    cell.click()
    cell.locator(".cm-content").fill(text)
    page.locator("td[data-element-id='so_80_phan_tram_in_form']").click()


def test_a_threshold_is_raised_read_tried_and_kept(department: Department) -> None:
    admin = actor_named(department.db, "quan_tri")
    assert admin
    draft = workshop.open_draft(department.db, admin, "Nâng ngưỡng phiếu")
    page = department.sign_in("quan_tri")
    page.goto(f"/workshop/drafts/{draft}/decisions/vote_threshold/always/")
    expect(page.locator("#editor[data-ready]")).to_be_visible()
    expect(page.locator("#table-rows")).to_contain_text("80")
    expect(page.locator("#table-changed")).to_contain_text("Chưa có gì")
    expect(page.locator(".bjs-powered-by").last).to_be_visible()

    written(page, "90")
    expect(page.locator("#table-rows")).to_contain_text("90")
    expect(page.locator("#table-changed")).to_contain_text("từ 80 thành 90")

    page.select_option("#table-try select", "giay_khen")
    page.locator("#table-try button").click()
    expect(page.locator("#table-answer")).to_contain_text("Dòng 1")
    expect(page.locator("#table-answer")).to_contain_text("90")
    expect(page.locator("#table-rows li.lit")).to_have_count(1)

    until(lambda: b"<text>90</text>" in query.file(department.db, admin, draft, PATH)[0], "saving")
    page.reload()
    expect(page.locator("#table-rows")).to_contain_text("90")

    written(page, "now()")
    expect(page.locator("#editor-problems .sev-error").first).to_be_visible()
    page.locator("#table-try button").click()
    expect(page.locator("#table-answer .note.bad")).to_be_visible()
