"""What every page carries for the browser's sake, and what it says when something is wrong."""

import io
from collections.abc import Callable

import pytest

from tests.web.conftest import Browser
from webapp.app import create_app
from webapp.layout.headers import HEADERS
from workflows.operations import user_tasks
from workflows.settings import Settings
from workflows.store.session import Database, DatabaseUnavailable

Person = Callable[[str], Browser]

PAGES = (
    "/inbox",
    "/inbox?queue=pool",
    "/inbox?queue=done&q=thu",
    "/dossiers",
    "/dossiers?q=zzz",
    "/dossiers/HS-0001",
    "/trace/HS-0001",
    "/trace/HS-0001?technical=1",
    "/rounds",
    "/rounds/new",
    "/movements",
    "/movements/covid-2021",
    "/about",
)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_its_headers_and_no_style_or_script_of_its_own(person: Person, path: str) -> None:
    page = person("chuyen_vien").get(path)
    assert page.status == 200
    for name, value in HEADERS.items():
        assert page.headers[name] == value
    assert page.headers["Cache-Control"] == "no-store"
    assert page.all("//*[@style] | //style | //script[not(@src)]") == []
    assert page.all("//@onclick | //@onchange | //a[starts-with(@href, 'javascript')]/@href") == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_can_be_read_by_a_machine(person: Person, path: str) -> None:
    page = person("chuyen_vien").get(path)
    ids = page.all("//@id")
    assert len(ids) == len(set(ids))
    assert page.all("//img[not(@alt)]") == []
    assert page.all("//h1") != []
    labelled = set(page.all("//label/@for"))
    for control in page.tree.xpath("//select | //textarea | //input[not(@type='hidden')]"):
        named = control.get("aria-label") or control.get("id") in labelled or control.xpath("ancestor::label")
        assert named, control.attrib
    assert set(page.all("//a[starts-with(@href, '#')]/@href")) <= {f"#{each}" for each in ids}


def test_an_unknown_address_says_what_to_do(person: Person) -> None:
    page = person("chuyen_vien").get("/nowhere")
    assert page.status == 404
    assert page.one("//h1") == "Không có trang nào ở địa chỉ này"
    assert page.all("//nav//a") != []


def test_an_unknown_dossier_is_named(person: Person) -> None:
    page = person("chuyen_vien").get("/dossiers/HS-9999")
    assert page.status == 404
    assert "HS-9999" in page.one("//p[@class='said-what']")


def test_a_file_that_is_too_large_says_so(demo: tuple[Settings, Database]) -> None:
    settings = demo[0].model_copy(update={"max_upload_bytes": 100_000})
    browser = Browser(create_app(settings, demo[1]).test_client())
    browser.post("/sign-in/demo", {"login": "don_vi_a"})
    page = browser.post("/dossiers/HS-0001/papers", {"paper": (io.BytesIO(b"x" * 200_000), "a.pdf")})
    assert page.status == 413
    assert page.one("//h1") == "Tệp quá lớn"


def test_a_lost_database_is_a_page_and_not_a_traceback(demo: tuple[Settings, Database]) -> None:
    gone = Database("postgresql+psycopg://nobody@127.0.0.1:1/none")
    page = Browser(create_app(demo[0], gone).test_client()).get("/sign-in")
    assert page.status == 503
    assert page.one("//h1") == "Cơ sở dữ liệu không trả lời"
    assert "Traceback" not in page.text


def test_a_fault_of_ours_is_a_page_and_not_a_traceback(demo: tuple[Settings, Database]) -> None:
    app = create_app(*demo)

    def broken() -> str:
        raise RuntimeError

    broken.permission = "public"  # type: ignore[attr-defined]
    app.add_url_rule("/broken", "broken", broken)
    page = Browser(app.test_client()).get("/broken")
    assert page.status == 500
    assert page.one("//h1") == "Phần mềm gặp lỗi"


def test_a_part_of_a_page_gets_a_part_of_a_page(visitor: Browser) -> None:
    page = visitor.get("/inbox", **{"HX-Request": "true"})
    assert page.status == 401
    assert "<html" not in page.text


def test_a_paper_is_handed_out_so_that_nothing_in_it_runs(person: Person) -> None:
    browser = person("chuyen_vien")
    link = browser.get("/dossiers/HS-0001").one("//ul[@class='papers']//a/@href")
    paper = browser.get(link)
    assert paper.headers["Content-Security-Policy"].endswith("sandbox")
    assert paper.headers["X-Content-Type-Options"] == "nosniff"
    assert "filename" in paper.headers["Content-Disposition"]
    assert person("don_vi_c").get(link).status == 404


def test_a_form_that_met_a_lost_connection_is_sent_again_as_it_was(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = person("don_vi_a")
    opened = browser.post("/dossiers/new", {"movement": "covid-2021", "kind": "thematic", "award_form": "giay_khen"})

    def lost(*_: object, **__: object) -> None:
        raise DatabaseUnavailable

    with monkeypatch.context() as away:
        away.setattr(user_tasks, "save_draft", lost)
        page = browser.send(opened, "//form[@id='form']", {"letter_signer": "Bà Không Mất"}, to=opened.path + "draft")
    assert page.status == 503
    assert "Bà Không Mất" in page.one("//dl[@id='typed']")
    assert "Bà Không Mất" in browser.send(page, "//main//form").one("//input[@name='letter_signer']/@value")


def test_a_password_is_not_kept_for_sending_again(demo: tuple[Settings, Database]) -> None:
    app = create_app(demo[0], Database("postgresql+psycopg://nobody@127.0.0.1:1/none"))
    app.config["WTF_CSRF_ENABLED"] = False
    response = app.test_client().post("/sign-in", data={"login": "chuyen_vien", "password": "bí mật của tôi"})
    assert response.status_code == 503
    assert "bí mật" not in response.get_data(as_text=True)
