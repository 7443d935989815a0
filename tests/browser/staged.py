"""A department in which a story was played by operations up to where the browsers begin; it does no jobs afterwards."""

import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.sync_api import Browser
from waitress.server import create_server

from tests.browser.department import Department
from webapp.app import create_app
from workflows.definitions import Bundle, load_bundle, shipped
from workflows.jobs import drain
from workflows.settings import Settings
from workflows.store.session import Database
from workflows.stories import Player, Story, prepare


@dataclass(frozen=True, slots=True)
class Staged:
    """The department, and the numbers of what the story opened by their aliases."""

    department: Department
    numbers: Mapping[str, str]

    def work(self) -> None:
        """Have every waiting job done."""
        with ThreadPoolExecutor(1) as aside:
            aside.submit(drain, self.department.db, Settings()).result()


@contextmanager
def staged(browser: Browser, database_url: str, folder: Path, story: Story) -> Iterator[Staged]:
    """Play a story on an empty database, then let people in; what a browser complains of fails the test."""
    with ThreadPoolExecutor(1) as aside:  # Playwright's event loop runs in this thread, the story's jobs need their own
        numbers = aside.submit(_played, database_url, load_bundle(shipped()), story).result()
    db = Database(database_url)
    settings = Settings(data_dir=folder, database_url=database_url, log_level="warning")
    web = create_server(create_app(settings, db), host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=web.run, daemon=True).start()
    department = Department(f"http://127.0.0.1:{web.effective_port}", db, browser)
    try:
        yield Staged(department, numbers)
        assert department.complaints == []
    finally:
        for context in browser.contexts:
            context.close()
        web.close()
        db.close()


def until(story: Story, task: str) -> Story:
    """The story up to where somebody completes this task for the first time."""
    first = next(place for place, step in enumerate(story.steps) if step.told.get("do") == task)
    return replace(story, steps=story.steps[:first])


def _played(database_url: str, bundle: Bundle, story: Story) -> Mapping[str, str]:
    db = Database(database_url)
    try:
        prepare(db, bundle, story.starts)
        with db.write() as tx:  # the demo's door shows twelve people; here everybody stands at it
            tx.exec_driver_sql("""update account set door = '{"group": "work"}' where door is null""")
        player = Player(db, Settings(), bundle, story)
        player.play()
        return player.aliases
    finally:
        db.close()
