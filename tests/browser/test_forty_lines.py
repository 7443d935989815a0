"""Forty nominees of one dossier appraised without touching the mouse: all complete, then the exceptions."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.staged import Staged, staged
from workflows.definitions import load_bundle, shipped
from workflows.domain.calendar import LOCAL
from workflows.queries.observation import observe
from workflows.stories import Story, read_story
from workflows.stories.examples import Cast, dossier_steps

LINES = 40
EVIDENCE = "Báo cáo thành tích của đơn vị"
WHY = "Đã được tặng Giấy khen cùng thành tích."


@pytest.fixture
def office(browser: Browser, database_url: str, tmp_path: Path) -> Iterator[Staged]:
    """A dossier of forty nominees, received and assigned."""
    with staged(browser, database_url, tmp_path, forty()) as found:
        yield found


def forty() -> Story:
    """One dossier of forty, up to its appraisal."""
    bundle = load_bundle(shipped())
    people = [f"Bà Nguyễn Thị Mẫu {number}" for number in range(1, LINES + 1)]
    told = {
        "as": "HS",
        "unit": "phong_ncc",
        "letter_no": "18/TTr",
        "nominees": [{"name": name, **WORK} for name in people],
        "opened": datetime(2021, 12, 1, 8, tzinfo=LOCAL),
        "submitted": datetime(2021, 12, 2, 8, tzinfo=LOCAL),
        "received": datetime(2021, 12, 3, 8, tzinfo=LOCAL),
        "assigned": datetime(2021, 12, 3, 9, tzinfo=LOCAL),
    }
    steps = list(dossier_steps(told, Cast(bundle.demo), next(iter(bundle.movements))))
    return read_story("forty", {"title": {"vi": "Bốn mươi", "en": "Forty"}, "starts": steps[0]["at"], "step": steps})


WORK = {
    "position": "Chuyên viên",
    "work": "Đã có thành tích xuất sắc trong phòng, chống dịch COVID-19",
    "summary": "Trực 45 ngày tại khu cách ly.",
    "plan": "G1 II.3",
    "on": date(2021, 11, 1),
}


def test_forty_lines_are_appraised_without_touching_the_mouse(office: Staged) -> None:
    page = office.department.sign_in("chuyen_vien")
    press, number = page.keyboard.press, office.numbers["HS"]
    page.goto("/inbox")
    ready(page)
    press("j")
    press("Enter")
    expect(page.locator("h1")).to_contain_text("Thẩm định")
    ready(page)

    press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Trong ô có câu trả lời")
    press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)

    press("Shift+D")
    page.keyboard.type(EVIDENCE)
    press("Enter")
    expect(page.locator("[data-sum]")).to_contain_text(f"{LINES} Đủ điều kiện")

    press("Tab")
    walk(page, "e", "ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight")
    focused(page, "lines-2-verdict")
    press("k")
    walk(page, "g")
    page.keyboard.type(WHY)
    walk(page, "Escape", "ArrowDown", "ArrowDown", "2", "ArrowUp", "Enter", "d")
    focused(page, "lines-4-verdict")
    expect(page.locator("[data-sum]")).to_have_text(re.compile(f"{LINES - 1} Đủ điều kiện.*1 Không đạt"))

    press("Control+Enter")
    expect(page.locator(".note.said")).to_contain_text(number)
    lines = observe(office.department.db, number).facts.lines
    assert len(lines) == LINES
    assert [line.ordinal for line in lines if line.status == "failed"] == [3]
    assert lines[2].values["appraise_dossier.note"] == WHY


def ready(page: Page) -> None:
    """Wait until the scripts of the page are at work."""
    page.wait_for_selector("body[data-ready]")


def walk(page: Page, *keys: str) -> None:
    """Press these keys one after another."""
    for key in keys:
        page.keyboard.press(key)


def focused(page: Page, name: str) -> None:
    """The focus is on this field, and can be seen."""
    field = page.locator(f'[name="{name}"]')
    expect(field).to_be_focused()
    assert field.evaluate("e => getComputedStyle(e).boxShadow") != "none"
    expect(field).to_be_in_viewport()
