"""A round of 31 lines voted by nine people in nine tasks, one line withdrawn meanwhile and seen by the Council."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.staged import Staged, staged, until
from workflows.definitions import load_bundle, shipped
from workflows.operations import dossiers
from workflows.queries.accounts import actor_named
from workflows.queries.observation import observe
from workflows.stories import Story, read_story

COUNCIL = ["giam_doc", "chanh_vp", *(f"uy_vien_{number}" for number in range(1, 8))]
LINES = 31
REASON = "Đơn vị rút một đối tượng để xét đợt sau."


@pytest.fixture
def round_31(browser: Browser, database_url: str, tmp_path: Path) -> Iterator[Staged]:
    """The round of 31 lines with all nine present and their ballots open."""
    with staged(browser, database_url, tmp_path, nine()) as found:
        yield found


def nine() -> Story:
    """The story of 31 lines up to its ballots, with nobody absent."""
    story = until(read_story("round_of_31", load_bundle(shipped()).scenarios["round_of_31"]), "cast_ballot")
    last = story.steps[-1]
    everybody = {**last.told["answers"], "present": COUNCIL}
    return replace(story, steps=(*story.steps[:-1], replace(last, told={**last.told, "answers": everybody}, expect={})))


def test_nine_people_vote_on_31_lines_in_nine_tasks(round_31: Staged) -> None:
    department, number = round_31.department, round_31.numbers["dot_xet"]
    for place, member in enumerate(COUNCIL):
        page = department.sign_in(member)
        page.goto("/inbox?step=cast_ballot")
        row = page.locator("tr.item", has_text="Phiếu biểu quyết")
        expect(row).to_have_count(1)
        row.locator('a[href^="/tasks/"]').first.click()
        page.wait_for_selector("body[data-ready]")
        expect(page.locator("tr.line")).to_have_count(LINES)
        page.keyboard.press("Shift+D")
        if place == 0:
            page.locator('[name="lines-30-vote"][value="no"]').check()
            page.locator('[name="lines-30-remark"]').fill("Thành tích chưa rõ.")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".note.said")).to_contain_text(number)
        page.context.close()
    assert "count_ballots" in observe(department.db, number).open
    tallies = [line.tally("council") for line in observe(department.db, number).facts.lines]
    assert [(each["yes"], each["no"]) for each in tallies] == [(9, 0)] * (LINES - 1) + [(8, 1)]

    page = department.sign_in("chuyen_vien")
    page.goto(f"/rounds/{number}")
    page.locator('input[name="line"]').nth(0).check()
    page.locator('input[name="line"]').nth(4).check()
    page.get_by_role("button", name="Đặt cạnh nhau").click()
    expect(page.locator(".beside thead th")).to_have_count(3)
    expect(page.locator(".beside")).to_contain_text("Báo cáo thành tích của Cơ sở Mẫu C")
    expect(page.locator(".beside")).to_contain_text("Đủ điều kiện")


def test_a_line_withdrawn_in_mid_round_is_seen_by_the_council(round_31: Staged) -> None:
    department, number = round_31.department, round_31.numbers["dot_xet"]
    unit = actor_named(department.db, "don_vi_a")
    assert unit is not None
    dossiers.withdraw_dossier(department.db, unit, round_31.numbers["ho_so_a"], by="unit", reason=REASON, lines=(1,))
    round_31.work()
    page = department.sign_in("uy_vien_3")
    page.goto("/inbox?step=cast_ballot")
    page.locator('tr.item a[href^="/tasks/"]').first.click()
    page.wait_for_selector("body[data-ready]")
    gone = page.locator("tr.line.excluded")
    expect(gone).to_have_count(1)
    expect(gone).to_contain_text("Đã rút")
    page.keyboard.press("Shift+D")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".note.said")).to_contain_text(number)
    votes = [line.tally("council")["yes"] for line in observe(department.db, number).facts.lines]
    assert sorted(votes) == [0] + [1] * (LINES - 1)
