"""An administrator draws: moves a gateway, adds a step, is told what is wrong at once, and loses nothing."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.department import Department, until
from workflows.domain.actor import Actor
from workflows.operations import workshop
from workflows.queries import workshop as query
from workflows.queries.accounts import actor_named

GATEWAY, TASK = "submission_outcome", "check_version"


def admin(department: Department) -> Actor:
    found = actor_named(department.db, "quan_tri")
    assert found
    return found


def shape(page: Page, element: str) -> Locator:
    return page.locator(f"g[data-element-id='{element}'] > .djs-hit").first


def dragged(page: Page, element: str, dx: int, dy: int) -> None:
    box = shape(page, element).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx / 2, y + dy / 2, steps=4)
    page.mouse.move(x + dx, y + dy, steps=4)
    page.mouse.up()


def kept(department: Department, draft: int) -> str:
    return query.file(department.db, admin(department), draft, "publish_version.bpmn")[0].decode()


def test_a_step_is_drawn_found_wanting_mended_and_kept(department: Department) -> None:
    draft = workshop.open_draft(department.db, admin(department), "Thêm bước rà soát")
    page = department.sign_in("quan_tri")
    page.goto(f"{department.address}/workshop/drafts/{draft}/diagrams/publish_version")
    expect(page.locator("#editor[data-ready]")).to_be_visible()
    expect(page.locator("#editor-problems")).to_contain_text("Không thấy vấn đề nào")
    expect(page.locator(".bjs-powered-by")).to_be_in_viewport(ratio=1)

    dragged(page, GATEWAY, 0, -20)
    expect(page.locator("#editor-saved")).to_contain_text("Đã lưu")

    page.locator("[data-entry=name] textarea").fill("Trình?")
    page.locator("[data-entry=name] textarea").blur()
    shape(page, "submission_outcome__check_version").dispatch_event("click")
    page.locator("[data-entry=default] input").uncheck()
    finding = page.locator("#editor-problems li[data-rule=gateway_default]").first
    expect(finding).to_be_visible()
    finding.get_by_role("button", name="Sửa giúp").click()
    expect(page.locator("#editor-problems li[data-rule=gateway_default]")).to_have_count(0)

    shape(page, TASK).dispatch_event("click")
    page.locator(".djs-context-pad.open [data-action='append.bpmn:UserTask']").click()
    page.keyboard.press("Escape")
    expect(page.locator("#editor-problems li[data-rule=forms]").first).to_contain_text("chưa có biểu mẫu")
    expect(page.locator(".finding-badge").first).to_be_visible()
    expect(page.locator("#editor-saved")).to_contain_text("Đã lưu")

    page.locator("[data-diagram=undo]").click()
    expect(page.locator("#editor-problems li[data-rule=forms]")).to_have_count(0)
    until(lambda: 'name="Trình?"' in kept(department, draft) and "Activity_" not in kept(department, draft), "saving")
    page.reload()
    expect(page.locator("#editor[data-ready]")).to_be_visible()
    shape(page, GATEWAY).dispatch_event("click")
    expect(page.locator("[data-entry=name] textarea")).to_have_value("Trình?")
