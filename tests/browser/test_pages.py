"""What scripts add to the pages, and that the look holds together on a desk and on a phone."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from waitress.server import create_server

from tests.browser.department import Department
from tests.web.conftest import make_demo
from webapp.app import create_app
from workflows.domain.actor import Actor
from workflows.operations import workshop
from workflows.queries import workshop as drafts

PHONE = 390
Open = Callable[..., Page]
PATHS = (
    "/inbox",
    "/inbox?queue=pool",
    "/dossiers",
    "/dossiers/HS-0001",
    "/trace/HS-0001",
    "/rounds",
    "/rounds/new",
    "/movements/covid-2021",
    "/about",
)


@pytest.fixture(scope="module")
def demo(browser: Browser, fresh_database: Callable[[], str], reachable_tmp: Path) -> Iterator[Department]:
    """The pages of a small demo, for all tests of this file."""
    with ThreadPoolExecutor(1) as aside:  # Playwright's event loop runs in this thread, the demo's jobs need their own
        settings, db = aside.submit(make_demo, fresh_database(), reachable_tmp / "browser").result()
    server = create_server(create_app(settings, db), host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    yield Department(f"http://127.0.0.1:{server.effective_port}", db, browser)
    server.close()
    db.close()


@pytest.fixture
def person(demo: Department) -> Iterator[Open]:
    """Signs a person of the demo in; whatever the browser complains of fails the test."""
    demo.complaints.clear()
    yield demo.sign_in
    for context in demo.browser.contexts:
        context.close()
    assert demo.complaints == []


def new_dossier(page: Page) -> Page:
    """The form of a dossier that has just been opened."""
    page.goto("/dossiers/new")
    page.check("input[name=award_form][value=giay_khen]")
    page.check("input[name=kind][value=thematic]")
    page.locator(".opening .btn-primary").click()
    page.wait_for_selector("body[data-ready]")
    return page


@pytest.mark.parametrize("path", PATHS)
def test_a_page_fits_a_phone(person: Open, path: str) -> None:
    page = person("chuyen_vien", width=PHONE)
    page.goto(path)
    page.wait_for_selector("body[data-ready]")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_the_trace_shows_the_way_on_the_diagram_and_keeps_the_mark_of_its_maker(person: Open) -> None:
    page = person("kiem_tra")
    page.goto("/trace/HS-0001")
    expect(page.locator(".viewer").first).to_have_attribute("data-ready", "1")
    diagram = page.locator(".viewer").first
    assert diagram.locator(".path-done").count() > 5
    assert diagram.locator(".passed").count() > 3
    mark, frame = diagram.locator(".bjs-powered-by").bounding_box(), diagram.bounding_box()
    assert mark is not None
    assert frame is not None
    assert mark["x"] + mark["width"] <= frame["x"] + frame["width"]
    assert mark["y"] + mark["height"] <= frame["y"] + frame["height"]
    expect(page.locator(".leg").first).to_be_visible()


def test_a_step_leads_to_its_element_and_back(person: Open) -> None:
    page = person("kiem_tra")
    page.goto("/trace/HS-0001")
    expect(page.locator("body")).to_have_attribute("data-diagrams", "1")
    page.get_by_role("button", name="Thẩm định hồ sơ").first.click()
    expect(page.locator(".djs-element.path-lit")).to_have_count(1)
    expect(page.locator(".happened > li.lit").first).to_be_visible()


def test_on_a_phone_the_steps_stand_for_the_diagram(person: Open) -> None:
    page = person("kiem_tra", width=PHONE)
    page.goto("/trace/HS-0001")
    expect(page.locator("body")).to_have_attribute("data-diagrams", "1")
    expect(page.locator(".viewer").first).not_to_be_visible()
    page.locator("details.diagram > summary").first.click()
    expect(page.locator(".viewer").first).to_have_attribute("data-ready", "1")


def test_what_is_typed_is_saved_by_itself(person: Open) -> None:
    page = new_dossier(person("don_vi_a"))
    page.fill("#f-letter_signer", "Trần Thị Tự Lưu")
    expect(page.locator("#saved")).to_contain_text("Đã lưu nháp")
    page.reload()
    expect(page.locator("#f-letter_signer")).to_have_value("Trần Thị Tự Lưu")


def test_a_row_is_added_in_place(person: Open) -> None:
    page = new_dossier(person("don_vi_a"))
    page.fill("#f-nominees-0-name", "Bà Một")
    page.locator("[data-add]").click()
    expect(page.locator("li.entry")).to_have_count(2)
    expect(page.locator("#f-nominees-1-name")).to_have_value("")
    expect(page.locator("#f-nominees-1-kind")).to_be_focused()


def test_fields_that_depend_on_another_come_and_go(person: Open) -> None:
    page = new_dossier(person("don_vi_a"))
    expect(page.locator("#f-stage")).to_be_visible()
    expect(page.locator("#f-prompt_reason")).not_to_be_visible()
    page.check("input[name=kind][value=ad_hoc]")
    expect(page.locator("#f-stage")).not_to_be_visible()
    expect(page.locator("#f-prompt_reason")).to_be_visible()
    expect(page.locator("#f-nominees-0-title")).not_to_be_visible()
    page.select_option("#f-nominees-0-kind", "person")
    expect(page.locator("#f-nominees-0-title")).to_be_visible()


def test_a_list_is_walked_by_keys_that_can_be_switched_off(person: Open) -> None:
    page = person("chuyen_vien")
    page.goto("/dossiers")
    page.wait_for_selector("body[data-ready]")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("tr.item").nth(1)).to_have_class("item cur")
    page.keyboard.press("/")
    expect(page.locator(".find input")).to_be_focused()
    page.goto("/inbox?queue=done")
    page.wait_for_selector("body[data-ready]")
    page.locator("[data-keys-switch]").click()
    page.keyboard.press("j")
    expect(page.locator("tr.cur")).to_have_count(0)


def test_a_list_is_searched_while_one_types(person: Open) -> None:
    page = person("chuyen_vien")
    page.goto("/inbox?queue=done")
    page.wait_for_selector("body[data-ready]")
    page.locator(".filter input[name=q]").press_sequentially("hs-0001")
    expect(page.locator(".chips")).to_contain_text("hs-0001")
    assert {each.strip() for each in page.locator("td.c-n").all_inner_texts()} == {"HS-0001"}


def test_two_versions_of_a_diagram_move_together_and_lead_from_change_to_change(demo: Department, person: Open) -> None:
    admin = Actor(0, "quan_tri", "Quản trị", groups=frozenset({"admin"}))
    draft = workshop.open_draft(demo.db, admin, "Đổi tên bước")
    content, seen = drafts.file(demo.db, admin, draft, "council_vote.bpmn")
    for old, new in (('name="Gửi ý kiến bằng văn bản"', 'name="Gửi ý kiến"'), ('x="160" y="80"', 'x="150" y="80"')):
        content = content.replace(old.encode(), new.encode(), 1)
    workshop.save_file(demo.db, admin, draft, "council_vote.bpmn", content, seen)
    for width in (1440, PHONE):
        page = person("quan_tri", width=width)
        page.goto(f"/workshop/drafts/{draft}/difference")
        page.get_by_role("button", name="Thay đổi sau").click()
        expect(page.locator(".canvases[data-ready] [data-place]")).to_have_text("1 / 2")
        expect(page.locator(".pair .djs-shape.diff-changed.path-lit")).to_have_count(2)
        expect(page.locator(".pair .diff-sign.diff-moved")).to_have_count(2)
        expect(page.locator(".bjs-powered-by")).to_have_count(2)
        expect(page.locator(".diff-said > li.lit")).to_contain_text("đổi tên thành «Gửi ý kiến»")
        page.locator(".pair [data-side=new] svg").first.dispatch_event(
            "wheel", {"deltaY": 120, "clientX": 5, "clientY": 5}
        )
        places = [
            page.locator(f".pair [data-side={side}] g.viewport").get_attribute("transform") for side in ("old", "new")
        ]
        assert places[0] == places[1]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.context.close()
