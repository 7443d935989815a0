"""Words that an admin writes stand on every page as words, whatever they are."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest

from tests.web.conftest import BUNDLE, Browser
from tests.web.hostile import MARK, Hostile, strange
from webapp.app import create_app
from workflows.definitions import load_bundle
from workflows.operations import clock
from workflows.operations.dossiers import open_dossier
from workflows.queries.accounts import actor_named
from workflows.settings import Settings
from workflows.store.session import Database
from workflows.stories.demo import TODAY, play_side_by_side, prepare
from workflows.stories.story import read_story

STORIES = ("t01", "t02")
PAGES = (
    "/inbox",
    "/inbox?queue=pool",
    "/inbox?queue=done",
    "/dossiers",
    "/dossiers/HS-0001",
    "/trace/HS-0001?technical=1",
    "/rounds",
    "/rounds/ĐX-0001",
    "/movements",
    "/movements/covid-2021",
    "/about",
)
PEOPLE = ("don_vi_a", "don_vi_c", "van_thu", "chuyen_vien", "chanh_vp", "giam_doc", "kiem_tra")


@pytest.fixture(scope="module")
def hostile(fresh_database: object, reachable_tmp: Path) -> Iterator[tuple[Settings, Database]]:
    """The demo with hostile words, one story played to its end, one half, and a dossier just opened."""
    assert callable(fresh_database)
    url = fresh_database()
    settings = Settings(data_dir=reachable_tmp / "hostile", database_url=url, secret_key="k" * 40)
    db, bundle = Database(url), Hostile().bundle(load_bundle(BUNDLE).files)
    done, begun = (read_story(name, bundle.scenarios[name]) for name in STORIES)
    prepare(db, bundle, min(done.starts, begun.starts))
    half = replace(begun, steps=begun.steps[: len(begun.steps) // 2])
    play_side_by_side(db, settings, bundle, [done, half], lambda _words: None)
    actor = actor_named(db, "don_vi_a")
    assert actor
    open_dossier(db, actor, movement="covid-2021", kind="thematic", award_form="giay_khen")
    clock.set_clock(db, TODAY.astimezone(UTC))
    yield settings, db
    db.close()


def test_hostile_words_are_read_on_the_pages_and_do_nothing(hostile: tuple[Settings, Database]) -> None:
    app, shown = create_app(*hostile), 0
    for login in PEOPLE:
        browser = Browser(app.test_client())
        assert browser.post("/sign-in/demo", {"login": login}).status == 200
        for language in ("vi", "en"):
            browser.post("/language", {"language": language})
            waiting, seen = list(PAGES), set[str]()
            while waiting:
                path = waiting.pop()
                page = browser.get(path)
                seen.add(path)
                if path in PAGES:
                    tasks = page.all("//a[starts-with(@href, '/tasks/')]/@href") if page.status == 200 else []
                    waiting += [each for each in dict.fromkeys(tasks) if each not in seen][:8]
                assert list(strange(page.tree)) == [], path
                shown += page.text.count(MARK)
    assert shown > 500


def test_the_door_and_a_refusal_show_hostile_words_as_words(hostile: tuple[Settings, Database]) -> None:
    browser = Browser(create_app(*hostile).test_client())
    assert list(strange(browser.get("/sign-in").tree)) == []
    browser.post("/sign-in/demo", {"login": "don_vi_a"})
    assert list(strange(browser.get("/dossiers/HS-9999").tree)) == []
