"""The workshop's pages: a draft opened, written, looked at and given up, without a script and with hostile words."""

import io
import zipfile
from collections.abc import Callable

import pytest

from tests.web.conftest import Browser, Page

Person = Callable[[str], Browser]
TABLE = "decisions/vote_threshold/always.dmn"


def drafted(admin: Browser, title: str = "Nâng ngưỡng phiếu") -> Page:
    """The page of a draft that is opened."""
    page = admin.send(admin.get("/workshop/"), "//form[contains(@action, '/workshop/drafts')]", {"title": title})
    assert page.path.startswith("/workshop/drafts/")
    return page


def test_a_file_is_written_as_text_and_two_windows_keep_both(person: Person) -> None:
    admin = person("quan_tri")
    draft = drafted(admin).path
    first, second = admin.get(f"{draft}text/{TABLE}"), admin.get(f"{draft}text/{TABLE}")
    text = first.one("//textarea[@name='text']")
    form = "//form[textarea or .//textarea[@name='text']]"
    assert "Đã lưu" in admin.send(first, form, {"text": text.replace("<text>80<", "<text>90<")}).text
    beside = admin.send(second, form, {"text": text.replace("<text>80<", "<text>70<")})
    assert beside.status == 409
    assert "<text>70<" in beside.one("//textarea[@name='text']")
    assert "<text>90<" in beside.one("//textarea[@id='f-theirs']")
    page = admin.get(draft)
    assert any(TABLE in each for each in page.all("//section[contains(@class, 'amb')]//a"))
    assert "đã sửa" in admin.get(f"{draft}?changed=1").text
    assert "always.dmn" in admin.get(f"{draft}?q=ty+le+dong+y").text


def test_parameters_days_and_stages_have_forms_that_ask_why(person: Person) -> None:
    admin = person("quan_tri")
    entries = f"{drafted(admin).path}entries/"
    form = "//form[input[@name='name' and @value='council.ballot_way']]"
    assert admin.send(admin.get(entries), form, {"value": "secret", "reason": " "}).status == 422
    kept = admin.send(admin.get(entries), form, {"value": "secret", "reason": "Quy chế sửa"})
    assert (kept.status, kept.path) == (200, entries)
    day = {"day": "07/03/2022", "kind": "off", "reason": "QĐ 01"}
    assert "QĐ 01" in admin.send(kept, "//form[contains(@action, '/day')]", day).text
    refused = admin.send(kept, "//form[contains(@action, '/day')]", {**day, "day": "31/02/2022"})
    assert refused.status == 422
    assert refused.one("//input[@name='day']/@value") == "31/02/2022"


def test_every_page_of_a_draft_and_of_a_version_opens(person: Person) -> None:
    admin = person("quan_tri")
    draft = drafted(admin, "<script>alert(1)</script>").path
    for path in ("", "submit", "difference", "entries/", "diagrams/dossier", f"text/{TABLE}", "known"):
        page = admin.get(draft + path)
        assert page.status == 200, path
        assert "<script>alert(1)" not in page.text
    assert admin.get(f"{draft}decisions/vote_threshold/always/").status == 200
    for path in ("/versions/1", "/versions/1/migrate", "/workshop/?all=1"):
        assert admin.get(path).status == 200, path
    assert admin.get("/versions/99").status == 404
    packed = admin.client.get(f"{draft}bundle.zip").get_data()
    assert TABLE in zipfile.ZipFile(io.BytesIO(packed)).namelist()


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("dossier.bpmn", "<"),
        (TABLE, "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"),
        ("bundle.toml", "{"),
        ("forms/receive_dossier.schema.json", "ơ" * 20_000),
        ("calendar.toml", "\x00"),
    ],
)
def test_whatever_is_typed_is_kept_and_judged_and_breaks_no_page(person: Person, path: str, text: str) -> None:
    admin = person("quan_tri")
    draft = drafted(admin).path
    page = admin.get(f"{draft}text/{path}")
    sent = admin.send(page, "//form[.//textarea[@name='text']]", {"text": text})
    assert sent.status in {200, 409, 422}
    for each in ("", "difference", "submit", "entries/", f"text/{path}"):
        assert admin.get(draft + each).status == 200, each


def test_a_draft_is_given_up_with_a_reason_and_then_read_only(person: Person) -> None:
    admin = person("quan_tri")
    page = drafted(admin, "Bỏ đi")
    form = "//form[contains(@action, '/drop')]"
    assert admin.send(page, form, {"reason": ""}).status == 422
    admin.send(page, form, {"reason": "Không cần nữa"})
    assert "Bỏ đi" not in admin.get("/workshop/").text
    assert "Bỏ đi" in admin.get("/workshop/?all=1").text
    assert admin.get(f"{page.path}text/{TABLE}").all("//textarea[@readonly]")
