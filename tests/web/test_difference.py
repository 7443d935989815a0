"""The page of a difference says everything without a script: sentences, rows and fields, whatever the files hold."""

from collections.abc import Callable

import pytest

from tests.web.conftest import Browser

THRESHOLD, VOTE, FORM = "decisions/vote_threshold/always.dmn", "council_vote.bpmn", "forms/cast_ballot.ui.json"
EDITS = {
    THRESHOLD: ("<text>80</text>", "<text>90</text>"),
    VOTE: ('id="vote_closed" name="Đã thu đủ phiếu"', 'id="vote_closed" name="&lt;img src=x onerror=alert(1)&gt;"'),
    FORM: ('"vi": "Lý do"', '"vi": "Lý do {{ 7*7 }} <script>alert(1)</script>"'),
    "calendar.toml": ("2021-01-01, ", ""),
    "documents/decision.typ": ("\n", "\n// ghi chú\n"),
}


@pytest.fixture
def admin(person: Callable[[str], Browser]) -> Browser:
    """Somebody who may edit the procedure."""
    return person("quan_tri")


def edited(admin: Browser, edits: dict[str, tuple[str, str]]) -> str:
    """The address of a draft with these words replaced."""
    draft = admin.post("/workshop/drafts", {"title": "Nâng ngưỡng phiếu"})
    assert draft.status == 200
    for path, (old, new) in edits.items():
        held = admin.client.get(f"{draft.path}files/{path}")
        text = held.get_data(as_text=True)
        assert old in text
        answer = admin.client.put(
            f"{draft.path}files/{path}",
            data=text.replace(old, new, 1).encode(),
            headers={
                "X-CSRFToken": admin.get("/about").one("//input[@name='csrf_token']/@value"),
                "If-Match": held.headers["ETag"].strip('"'),
            },
        )
        assert answer.status_code == 200, answer.get_data(as_text=True)
    return draft.path


def test_a_draft_that_changes_nothing_says_so(admin: Browser) -> None:
    page = admin.get(edited(admin, {}) + "difference")
    assert "Không có gì khác nhau." in page.text


def test_a_draft_is_told_in_sentences_rows_and_fields_without_a_script(admin: Browser) -> None:
    page = admin.get(edited(admin, EDITS) + "difference")
    assert page.status == 200
    assert page.all("//ul[contains(@class, 'counts')]/li")[:3] == ["0 Thêm", "0 Bỏ", "5 Đổi"]
    said = page.all("//ol[contains(@class, 'diff-said')]/li")
    assert len(said) == 5
    assert any("«Tỷ lệ đồng ý tối thiểu (%)» từ 80 thành 90" in each for each in said)
    assert any(each.endswith("đổi tên thành «<img src=x onerror=alert(1)>». Xem trên sơ đồ") for each in said)
    assert not page.tree.xpath("//main//img | //main//script")
    assert page.all("//table//td[@class='differs']") == ["80 90"]
    assert any("Lý do {{ 7*7 }} <script>" in each for each in page.all("//td/ins"))
    (canvases,) = page.tree.xpath("//div[@class='canvases']")
    assert canvases.get("data-marks") == '{"vote_closed": "changed"}'
    for side in page.tree.xpath("//div[@class='viewer']/@data-xml"):
        assert admin.get(str(side)).text.startswith("<?xml")


def test_two_versions_are_compared_and_what_is_not_there_is_not_found(admin: Browser) -> None:
    assert "Không có gì khác nhau." in admin.get("/versions/1/difference/1").text
    assert admin.get("/versions/difference?old=1&new=1").path == "/versions/1/difference/1"
    assert admin.get("/versions/difference?old=x").path == "/workshop/"
    for path in ("/versions/1/difference/999", "/versions/1/diagrams/unknown", "/workshop/drafts/999/difference"):
        assert admin.get(path).status == 404
    assert admin.get(edited(admin, {}) + "difference/unknown").status == 404


@pytest.mark.parametrize(
    ("path", "content"),
    [(VOTE, b"<bpmn:definitions"), (THRESHOLD, b"\x00"), (FORM, b"{"), ("bundle.toml", b"\xff"), (VOTE, b"<a " * 9)],
)
def test_a_broken_draft_has_a_page_too(admin: Browser, path: str, content: bytes) -> None:
    draft = edited(admin, {})
    held = admin.client.get(f"{draft}files/{path}")
    token = admin.get("/about").one("//input[@name='csrf_token']/@value")
    headers = {"X-CSRFToken": token, "If-Match": held.headers["ETag"].strip('"')}
    saved = admin.client.put(f"{draft}files/{path}", data=content, headers=headers).status_code
    assert saved in {200, 422}
    page = admin.get(draft + "difference")
    assert page.status == 200
    assert saved != 200 or page.all("//ol[contains(@class, 'diff-said')]/li")
