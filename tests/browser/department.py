"""A running installation as a test sees it: its address, its database, and browsers of its people."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page

from workflows.store.session import Database

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAIT = 20.0
PDF_VIEWER = ("chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/", "chrome://resources/")
"""Chromium's own viewer; it comes with the browser and asks nobody."""
REFUSALS = ("401", "409", "413", "422")
"""Statuses of refusals that a test provokes; the browser notes them on its console."""


def until(holds: Callable[[], bool], what: str) -> None:
    """Wait for a condition, looking often; fails with `what` after WAIT seconds."""
    end = time.monotonic() + WAIT
    while not holds():
        assert time.monotonic() < end, f"{what} did not happen within {WAIT} s"
        threading.Event().wait(0.05)


@dataclass
class Department:
    """A running installation: where it is, and how people get in."""

    address: str
    db: Database
    browser: Browser
    complaints: list[str] = field(default_factory=list)
    """What a browser complained of; a test that ends with one fails."""

    def sign_in(self, login: str, *, width: int = 1440, locale: str = "vi-VN") -> Page:
        """A browser of this person's own, signed in through the demo's role door."""
        context = self.browser.new_context(
            base_url=self.address,
            locale=locale,
            timezone_id="Asia/Ho_Chi_Minh",
            viewport={"width": width, "height": 900},
        )
        page = context.new_page()
        page.set_default_timeout(8000)
        page.on("console", lambda message: self._heard(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(f"{login}: {error}"))
        page.on("request", lambda request: self._asked(request.url))
        page.goto("/")
        page.click(f"button[value={login}]")
        return page

    def settled(self) -> None:
        """Wait until the worker has done every job."""
        until(lambda: not self._doing(), "the worker's work")

    def _doing(self) -> bool:
        with self.db.read() as tx:
            jobs = "select 1 from procrastinate_jobs where queue_name = 'work' and status in ('todo', 'doing')"
            return tx.exec_driver_sql(jobs).scalar() is not None

    def _heard(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and not any(status in text for status in REFUSALS):
            self.complaints.append(text)

    def _asked(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:", *PDF_VIEWER)):
            self.complaints.append(f"the page asked for {url}")
