"""One demo for the pages' tests, and browsers without scripts: what a person sees, and what that person sends."""

from collections.abc import Callable, Iterator
from datetime import UTC
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from webapp.app import create_app
from workflows.definitions import load_bundle
from workflows.operations import clock
from workflows.settings import Settings
from workflows.store.session import Database
from workflows.stories.demo import TODAY, play_side_by_side, prepare
from workflows.stories.story import read_story

STORIES = ("t01", "t02", "t03")
BUNDLE = Path(__file__).parents[2] / "bpmn" / "commendation"


class Page:
    """One answered page."""

    def __init__(self, status: int, text: str, path: str, headers: dict[str, str]) -> None:
        self.status, self.text, self.path, self.headers = status, text, path, headers

    @property
    def tree(self) -> html.HtmlElement:
        """The page to search in."""
        return html.fromstring(self.text)

    def all(self, xpath: str) -> list[str]:
        """The texts of all matches, spaces put in order."""
        found = self.tree.xpath(xpath)
        return [" ".join((each if isinstance(each, str) else each.text_content()).split()) for each in found]

    def one(self, xpath: str) -> str:
        """The first match, which must be there."""
        found = self.all(xpath)
        assert found, f"{xpath} is not on {self.path}"
        return found[0]

    def fields(self, form: str) -> list[tuple[str, str]]:
        """What a browser would send for the form at `form`, without the buttons."""
        (element,) = self.tree.xpath(form)
        return [(name, value) for name, value in element.form_values() if value is not None]


class Browser:
    """A person's browser: keeps cookies, follows redirections, sends what forms hold."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, **headers: str) -> Page:
        """Open an address."""
        return self._page(self.client.get(path, follow_redirects=True, headers=headers))

    def send(self, page: Page, form: str, changes: dict[str, str] | None = None, to: str | None = None) -> Page:
        """Send the form at `form` of a page, with some fields written and perhaps to a button's own address."""
        (element,) = page.tree.xpath(form)
        changed = changes or {}
        pairs = [(name, value) for name, value in page.fields(form) if name not in changed]
        pairs += [(name, value) for name, value in changed.items()]
        body: dict[str, list[str]] = {}
        for name, value in pairs:
            body.setdefault(name, []).append(value)
        address = to or element.get("action") or page.path
        return self._page(self.client.post(address, data=body, follow_redirects=True))

    def post(self, path: str, fields: dict[str, object] | None = None, **headers: str) -> Page:
        """Send fields with a token taken from the about page."""
        token = self.get("/about").one("//input[@name='csrf_token']/@value")
        data = {"csrf_token": token, **(fields or {})}
        return self._page(self.client.post(path, data=data, follow_redirects=True, headers=headers))

    def _page(self, response: object) -> Page:
        status = response.status_code  # type: ignore[attr-defined]
        text = response.get_data().decode(errors="replace")  # type: ignore[attr-defined]
        request = response.request  # type: ignore[attr-defined]
        return Page(status, text, request.path, dict(response.headers))  # type: ignore[attr-defined]


def make_demo(url: str, folder: Path) -> tuple[Settings, Database]:
    """A small demo in an empty database: its people, and three stories of the law that end before its day."""
    settings = Settings(data_dir=folder, database_url=url, secret_key="k" * 40)
    db = Database(url)
    bundle = load_bundle(BUNDLE)
    stories = [read_story(name, bundle.scenarios[name]) for name in STORIES]
    prepare(db, bundle, min(story.starts for story in stories))
    play_side_by_side(db, settings, bundle, stories, lambda _words: None)
    clock.set_clock(db, TODAY.astimezone(UTC))
    return settings, db


@pytest.fixture(scope="session")
def demo(fresh_database: Callable[[], str], reachable_tmp: Path) -> Iterator[tuple[Settings, Database]]:
    """The demo that all tests of the pages share."""
    settings, db = make_demo(fresh_database(), reachable_tmp / "web")
    yield settings, db
    db.close()


@pytest.fixture(scope="session")
def app(demo: tuple[Settings, Database]) -> Flask:
    """The application on the demo."""
    return create_app(*demo)


@pytest.fixture
def visitor(app: Flask) -> Browser:
    """Somebody who has not signed in."""
    return Browser(app.test_client())


@pytest.fixture
def person(app: Flask) -> Callable[[str], Browser]:
    """Signs a person of the demo in, through the door."""

    def sign_in(login: str) -> Browser:
        browser = Browser(app.test_client())
        page = browser.post("/sign-in/demo", {"login": login})
        assert page.status == 200, page.text
        return browser

    return sign_in
