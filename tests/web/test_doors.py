"""Who gets in, to which page, and what is refused before anything is looked at."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.web.conftest import Browser
from webapp.account.session import PUBLIC, SIGNED_IN, cookie_name
from webapp.app import create_app
from workflows.domain.actor import PERMISSIONS
from workflows.settings import Settings
from workflows.store.session import Database

Person = Callable[[str], Browser]


def routes(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


PART = re.compile(r"<(?:(\w+):)?(\w+)>")
TYPED = {"int": "1", "uuid": "00000000-0000-0000-0000-000000000000"}
NAMED = {"number": "HS-0001", "process": "dossier", "key": "covid-2021", "login": "van_thu"}


def address(rule: Rule) -> str:
    """An address of the rule, with something in place of every part."""
    return PART.sub(lambda part: TYPED.get(part[1] or "") or NAMED.get(part[2], "x"), rule.rule)


def test_every_route_states_its_permission(app: Flask) -> None:
    known = {PUBLIC, SIGNED_IN}.union(*PERMISSIONS.values())
    for rule in routes(app):
        assert getattr(app.view_functions[rule.endpoint], "permission", None) in known, rule


def test_a_route_without_a_permission_is_for_nobody(demo: tuple[Settings, Database]) -> None:
    app = create_app(*demo)
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    browser = Browser(app.test_client())
    browser.post("/sign-in/demo", {"login": "chuyen_vien"})
    assert browser.get("/forgotten").status == 403


def test_nobody_changes_anything_without_a_token(app: Flask, person: Person) -> None:
    browser = person("chuyen_vien")
    for rule in routes(app):
        if "POST" in (rule.methods or ()):
            response = browser.client.post(address(rule))
            assert response.status_code in {400, 403}, rule
            assert "CSRF" not in response.get_data(as_text=True)


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://elsewhere.example"}],
)
def test_another_site_changes_nothing_even_with_a_token(person: Person, headers: dict[str, str]) -> None:
    page = person("chuyen_vien").post("/language", {"language": "en"}, **headers)
    assert page.status == 403
    assert "trang khác" in page.one("//h1")


def test_pages_wait_for_a_sign_in_and_then_go_on(app: Flask, visitor: Browser) -> None:
    for rule in routes(app):
        view = app.view_functions[rule.endpoint]
        if "GET" in (rule.methods or ()) and getattr(view, "permission", None) != PUBLIC:
            response = visitor.client.get(address(rule))
            assert response.status_code == 303, rule
            assert response.location.startswith("/sign-in?next=")


def test_the_door_leads_back_to_the_page_that_was_wanted(visitor: Browser) -> None:
    door = visitor.get("/dossiers?q=HS-0001")
    assert door.path == "/sign-in"
    button = "//button[@name='login' and @value='chuyen_vien']/ancestor::form"
    assert visitor.send(door, button, {"login": "chuyen_vien"}).path == "/dossiers"


@pytest.mark.parametrize(
    "away", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "javascript:x"]
)
def test_the_door_leads_nowhere_else(visitor: Browser, away: str) -> None:
    token = visitor.get("/about").one("//input[@name='csrf_token']/@value")
    response = visitor.client.post("/sign-in/demo", data={"csrf_token": token, "login": "chuyen_vien", "next": away})
    assert response.location == "/"


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(visitor: Browser) -> None:
    answers = [visitor.post("/sign-in", {"login": login, "password": "wrong"}) for login in ("chuyen_vien", "nobody")]
    assert [page.status for page in answers] == [403, 403]
    assert {page.one("//*[@role='alert']") for page in answers} == {
        "Bạn không được làm việc này: Tên hoặc mật khẩu không đúng."
        if "Bạn không" in answers[0].text
        else "Tên hoặc mật khẩu không đúng."
    }
    assert "wrong" not in answers[0].text


def test_signing_out_ends_the_session_on_the_server(person: Person, app: Flask) -> None:
    browser = person("chuyen_vien")
    with app.test_request_context():
        name = cookie_name()
    kept = browser.client.get_cookie(name)
    assert kept is not None
    browser.post("/sign-out")
    stolen = app.test_client()
    stolen.set_cookie(name, kept.value)
    assert stolen.get("/inbox").status_code == 303


def test_the_cookie_is_for_the_browser_alone(visitor: Browser) -> None:
    token = visitor.get("/about").one("//input[@name='csrf_token']/@value")
    response = visitor.client.post("/sign-in/demo", data={"csrf_token": token, "login": "chuyen_vien"})
    (cookie,) = [line for line in response.headers.getlist("Set-Cookie") if line.startswith("vinhdanh=")]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_over_https_the_cookie_is_bound_to_the_host(demo: tuple[Settings, Database], tmp_path: Path) -> None:
    settings = demo[0].model_copy(update={"base_url": "https://khenthuong.example", "data_dir": tmp_path})
    browser = Browser(create_app(settings, demo[1]).test_client())
    page = browser.client.get("/about", base_url="https://localhost")
    assert page.headers["Strict-Transport-Security"]
    token = page.get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]
    fields = {"csrf_token": token, "login": "chuyen_vien"}
    response = browser.client.post("/sign-in/demo", data=fields, base_url="https://localhost")
    assert any(
        line.startswith("__Host-vinhdanh=") and "Secure" in line and "Path=/" in line
        for line in response.headers.getlist("Set-Cookie")
    )


def test_a_role_sees_its_own_pages_only(person: Person) -> None:
    assert person("kiem_tra").get("/inbox").status == 403
    assert person("kiem_tra").get("/workshop/").status == 403
    assert person("chuyen_vien").get("/workshop/").status == 403
    assert person("don_vi_a").get("/rounds/new").status == 403
    assert person("chuyen_vien").get("/incidents").status == 403
    assert person("quan_tri").get("/").path == "/inbox"
    assert person("kiem_tra").get("/").path == "/dossiers"


def test_a_unit_does_not_see_the_dossier_of_another(person: Person) -> None:
    other = person("don_vi_c")
    assert person("don_vi_a").get("/dossiers/HS-0001").status == 200
    for path in ("/dossiers/HS-0001", "/trace/HS-0001", "/trace/HS-0001/diagrams/dossier.bpmn"):
        assert other.get(path).status == 404, path


def test_what_was_typed_is_shown_again_when_the_session_has_ended(visitor: Browser) -> None:
    page = visitor.post("/dossiers/HS-0001/withdraw", {"reason": "Đơn vị rút để bổ sung"})
    assert page.status == 401
    assert "Đơn vị rút để bổ sung" in page.one("//dl[@class='typed']")
