"""Every page of the demo for people who cannot see it, who have no mouse, who read on a phone, in both languages."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from waitress.server import create_server
from werkzeug.exceptions import MethodNotAllowed, NotFound

from tests.browser.access import DESK, PHONE, findings, strange_words, too_wide
from tests.browser.department import Department
from webapp.app import create_app
from workflows.definitions import load_bundle, shipped
from workflows.operations import workshop
from workflows.operations.accounts import set_locale
from workflows.operations.arrivals import register_letter
from workflows.queries import workshop as workshop_pages
from workflows.queries.accounts import actor_named
from workflows.settings import Settings
from workflows.store.session import Database
from workflows.stories import load_demo

WALKS: dict[str, tuple[str, ...]] = {
    "chuyen_vien": (
        *("/inbox", "/inbox?queue=pool", "/inbox?queue=done", "/dossiers", "/dossiers/HS-0001", "/trace/HS-0001"),
        *(
            "/rounds",
            "/rounds/new",
            "/rounds/{round}",
            "/rounds/{round}/side-by-side?line=1&line=2",
            "/trace/{round}",
            "/awards",
            "/relatives",
            "/account",
        ),
        *("/movements", "/movements/covid-2021", "/movements/covid-2021/units", "/movements/covid-2021/reports"),
        *("/movements/covid-2021/documents/", "/movements/covid-2021/examples/", "/movements/covid-2021/way/"),
        *("/plan", "/about", "/keys"),
    ),
    "van_thu": ("/letters", "/letters/new", "/letters/{letter}"),
    "don_vi_a": ("/dossiers/new",),
    "quan_tri": (
        *("/people", "/people/van_thu", "/new-person", "/units", "/units/vp_so", "/new-unit", "/groups"),
        *("/account-history", "/substitutes", "/incidents"),
        *("/workshop/", "/workshop/foreign", "/workshop/drafts/{draft}/", "/workshop/drafts/{draft}/submit"),
        *("/workshop/drafts/{draft}/difference", "/workshop/drafts/{draft}/entries/", "/workshop/drafts/{draft}/gate"),
        "/workshop/drafts/{draft}/text/decisions/vote_threshold/always.dmn",
        *("/versions/1", "/versions/1/migrate", "/versions/1/difference/1"),
    ),
}
OPEN = """select distinct on (t.process, t.element) coalesce(t.assignee, (select a.login from account a
    join membership m on m.account_id = a.id where m.group_key = t.candidate_group and a.active
      and (t.unit is null or a.unit = t.unit) order by a.id limit 1)) as login, t.id
from user_task t join instance i on i.id = t.instance_id where t.state = 'open' and i.closed_at is null
order by t.process, t.element, t.assignee is null, t.id"""
LETTER = {
    "body": "province",
    "number": "01/SNV-CCVC",
    "dated": "28/10/2021",
    "subject": "Phúc đáp",
    "answers_number": "99/TTr-SLĐTBXH",
}
PARTS = frozenset(
    {
        *("static", "account.home", "inbox.counts", "lists.template", "lists.choose", "beside.paper"),
        *("beside.history", "beside.diagram", "dossiers.paper", "audit.diagram", "examples.paper", "ways.diagram"),
        *("letters.file", "drafted.file", "drafted.known", "drafted.kept", "versions.download"),
        *("versions.download_draft", "compared.choose", "compared.diagram", "compared.drafted"),
        "publishing.publication",
    }
)
"""Addresses that answer with a file or a part of a page, or lead to one; the part is seen on its page."""
ELSEWHERE = frozenset({"diagrams.edit", "tables.edit", "migrating.batch"})
"""Pages that tests of their own open: two canvases of bpmn.io, and what is there once matters have been moved."""


@pytest.fixture(scope="module")
def demo(
    browser: Browser, fresh_database: Callable[[], str], reachable_tmp: Path
) -> Iterator[tuple[Department, Flask]]:
    """The whole demo with everybody at its door."""
    db = Database(fresh_database())
    settings = Settings(data_dir=reachable_tmp / "access", secret_key="k" * 40, log_level="warning")
    with ThreadPoolExecutor(1) as aside:  # Playwright's event loop runs in this thread, the demo's jobs need their own
        aside.submit(load_demo, db, settings, load_bundle(shipped()), lambda _said: None).result()
    with db.write() as tx:
        tx.exec_driver_sql("""update account set door = '{"group": "work"}' where door is null""")
    app = create_app(settings, db)
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    yield Department(f"http://127.0.0.1:{server.effective_port}", db, browser), app
    for context in browser.contexts:
        context.close()
    server.close()
    db.close()


def walks(db: Database) -> dict[str, list[str]]:
    """The addresses for each person: those above, and one open task of each kind."""
    with db.read() as tx:
        number = tx.exec_driver_sql("select min(number) from instance where process = 'review_round'").scalar_one()
        tasks = tx.exec_driver_sql(OPEN).all()
    clerk = actor_named(db, "van_thu")
    assert clerk
    letter = register_letter(db, clerk, LETTER, "cv.pdf", b"%PDF-1.7 a letter")
    places = {"round": number, "letter": letter, "draft": drafted(db)}
    found = {login: [path.format(**places) for path in paths] for login, paths in WALKS.items()}
    for login, task in tasks:
        found.setdefault(login, []).append(f"/tasks/{task}/")
    return found


def drafted(db: Database) -> int:
    """A draft that changes a threshold."""
    admin = actor_named(db, "quan_tri")
    assert admin
    draft = workshop.open_draft(db, admin, "Nâng ngưỡng phiếu")
    path = "decisions/vote_threshold/always.dmn"
    content, seen = workshop_pages.file(db, admin, draft, path)
    workshop.save_file(db, admin, draft, path, content.replace(b"<text>80<", b"<text>90<"), seen)
    return draft


def look(page: Page, path: str) -> list[str]:
    """What is wrong with a page on a desk and on a phone."""
    page.set_viewport_size({"width": DESK, "height": 900})
    page.goto(path)
    page.wait_for_selector("body[data-ready]")
    wrong = [f"{path}: {each}" for each in (*findings(page), *strange_words(page, "vi"))]
    page.set_viewport_size({"width": PHONE, "height": 844})
    return [*wrong, *(f"{path} at {PHONE}: {each}" for each in (*findings(page), *too_wide(page)))]


def look_in_english(page: Page, path: str) -> list[str]:
    """What is wrong with a page in English, on a phone."""
    page.goto(path)
    return [f"{path} in English: {each}" for each in (*strange_words(page, "en"), *too_wide(page))]


def test_no_page_shuts_anybody_out(demo: tuple[Department, Flask]) -> None:
    department, app = demo
    routes, walked, wrong = app.url_map.bind("localhost"), set(), []
    for login, paths in walks(department.db).items():
        page = department.sign_in(login)
        for path in paths:
            wrong += look(page, path)
            walked.add(endpoint(routes, path))
        actor = actor_named(department.db, login)
        assert actor
        set_locale(department.db, actor, "en")
        for path in paths:
            wrong += look_in_english(page, path)
        page.context.close()
    wrong += doors(department)
    assert "\n".join(wrong) == ""
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert pages - PARTS - ELSEWHERE - walked - {"account.sign_in"} <= set()
    assert department.complaints == []


def doors(department: Department) -> list[str]:
    """What is wrong with the door and with the form for name and password."""
    page = department.browser.new_context(base_url=department.address, locale="vi-VN").new_page()
    return [*look(page, "/sign-in"), *look(page, "/sign-in?password")]


def endpoint(routes: object, path: str) -> str:
    """The page that answers an address."""
    try:
        found: str = routes.match(path.partition("?")[0])[0]  # type: ignore[attr-defined]
    except (NotFound, MethodNotAllowed):
        return ""
    return found


def test_keys_alone_reach_the_content_and_the_menus(demo: tuple[Department, Flask]) -> None:
    page = demo[0].sign_in("giam_doc")
    page.goto("/inbox")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.goto("/inbox")
    page.locator(".me > summary").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert page.locator(".me > summary").evaluate("e => getComputedStyle(e).boxShadow") != "none"
    page.keyboard.press("Enter")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.locator(":focus").get_attribute("href") == "/account":
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{demo[0].address}/account")
    page.set_viewport_size({"width": PHONE, "height": 844})
    page.locator(".menu > summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".menu nav a").first).to_be_focused()
