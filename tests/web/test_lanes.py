"""Every route as each lane sees it: before a story completes a task, its owner opens the page, in both languages."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from lxml import html

from tests.story import procedure
from webapp.account.session import cookie_name
from webapp.app import create_app
from workflows.domain.actor import Actor
from workflows.operations import accounts, user_tasks
from workflows.settings import Settings
from workflows.store import accounts as stored
from workflows.store.session import Database, real_time
from workflows.stories.again import every_story
from workflows.stories.player import Player
from workflows.stories.stage import Stage
from workflows.stories.story import Step

ROUTES = {
    "P1": "t01",
    "P2": "t03",
    "P3 with the province as users": "t05",
    "P4 with the province outside": "t04",
    "P5": "t10",
    "P6": "t11",
    "X6": "revoked",
    "X5": "complaint_founded",
}
KEY = re.compile(r"\b[a-z]{2,}_[a-z0-9_]{2,}\b")
"""A name of the bundle or the database, which no page shows to people."""


class Watching(Player):
    """Plays a story and looks at the page of each task before it is completed."""

    app: Flask
    seen: list[str]

    def _do(self, step: Step, actor: Actor) -> None:
        task = self._task(step, actor, step.told["do"])
        if step.told["do"] not in self.seen:
            user_tasks.claim(self.db, actor, task)
            for locale in ("vi", "en"):
                self._look_at(task, actor, locale)
            self.seen.append(step.told["do"])
        super()._do(step, actor)

    def _look_at(self, task: str, actor: Actor, locale: str) -> None:
        accounts.set_locale(self.db, actor, locale)
        with self.app.test_request_context():
            cookie = cookie_name()
        client = self.app.test_client()
        with self.db.write() as tx:
            fresh = f"{actor.login} for {task} in {locale}"
            stored.open_session(tx, actor.login, fresh, real_time(), "127.0.0.1", "test")
        client.set_cookie(cookie, fresh)
        answer = client.get(f"/tasks/{task}/")
        assert answer.status_code == 200, f"{actor.login} cannot open {task}"
        page = html.fromstring(answer.get_data(as_text=True))
        (main,) = page.xpath("//main")
        assert main.xpath(".//form[@id='form']"), f"{actor.login} finds no form at {task}"
        said = " ".join(text for text in main.xpath(".//text()[not(ancestor::script)]"))
        assert KEY.findall(said) == [], f"{actor.login} at {task} in {locale}"


@pytest.fixture(scope="module")
def stage(fresh_database: Callable[[], str]) -> Stage:
    return Stage(fresh_database(), min(story.starts for story in every_story(procedure()).values()))


@pytest.mark.parametrize("route", ROUTES)
def test_each_lane_of_a_route_finds_its_task_without_a_key_on_its_page(route: str, stage: Stage) -> None:
    story = every_story(procedure())[ROUTES[route]]
    with stage.set_for(story, procedure()) as db:
        player = Watching(db, Settings(), procedure(), story)
        player.app, player.seen = app_on(db), []
        player.play()
    assert player.seen


def app_on(db: Database) -> Flask:
    """The application on a story's own database."""
    return create_app(Settings(database_url="postgresql://nowhere", secret_key="k" * 40), db)
