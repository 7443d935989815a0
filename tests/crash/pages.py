"""Completes tasks over the pages as a browser does: signs in at the demo's door, opens the task, posts its form."""

import http.client
import re
import threading
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from typing import Any

from tests.crash.ways import Unanswered
from workflows.domain.actor import Actor

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
SEEN = re.compile(r'name="_seen"[^>]*value="(\d+)"')
NUMBER = re.compile(r"\b(?:HS|ĐX)-\d{4}\b")
TAG = re.compile(r"<[^>]+>|\s*\n\s*")
SECONDS = 20


class Browser:
    """One person's browser: keeps cookies, follows no redirection."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._one = threading.Lock()
        self._opener = urllib.request.build_opener(AsItIs(), urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> str:
        """The text of a page, or of a refusal."""
        return self._ask(path, None)[1]

    def post(self, path: str, fields: list[tuple[str, str]]) -> tuple[int, str]:
        """Post a form; returns the status and the page."""
        return self._ask(path, urllib.parse.urlencode(fields).encode())

    def _ask(self, path: str, body: bytes | None) -> tuple[int, str]:
        try:
            with self._one, self._opener.open(self._page + path, body, timeout=SECONDS) as answer:
                return answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            raise Unanswered from error


class AsItIs(urllib.request.HTTPErrorProcessor):
    """A redirection is an answer like any other, and so is a refusal."""

    def http_response(self, _: object, response: Any) -> Any:
        """Take what comes."""
        return response


class ByPages:
    """Completes by posting the form of the task's page; each person has one browser."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._browsers: dict[str, Browser] = {}

    def complete(self, actor: Actor, task: str, answers: dict[str, Any], key: str) -> str:
        """Complete a task."""
        browser = self._signed_in(actor)
        shown = browser.get(f"/tasks/{task}/")
        token, number = TOKEN.search(shown), NUMBER.search(shown)
        if token is None or number is None:
            raise Unanswered
        if not SEEN.search(shown):  # a task of the group is taken on first; one that is done has no form either
            browser.post(f"/tasks/{task}/claim", [("csrf_token", token[1])])
            shown = browser.get(f"/tasks/{task}/")
        seen = SEEN.search(shown)
        fields = [("csrf_token", token[1]), ("_key", key), ("_seen", seen[1] if seen else "0"), *encoded(answers)]
        status, page = browser.post(f"/tasks/{task}/complete", fields)
        if status >= 500:
            raise Unanswered
        assert status == 303, f"the task was not completed: {status} {TAG.sub('', page)}"
        return number[0]

    def _signed_in(self, actor: Actor) -> Browser:
        if actor.login not in self._browsers:
            browser = Browser(self._page)
            token = TOKEN.search(browser.get("/sign-in"))
            if token is None:
                raise Unanswered
            status, page = browser.post("/sign-in/demo", [("csrf_token", token[1]), ("login", actor.login)])
            if status >= 500:
                raise Unanswered
            assert status == 303, f"{actor.login} cannot come in: {status} {TAG.sub('', page)}"
            self._browsers[actor.login] = browser
        return self._browsers[actor.login]


def encoded(answers: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Answers as a browser posts them: `nominees-0-name`."""
    for name, value in answers.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for place, row in enumerate(value):
                yield from encoded(row, f"{prefix}{name}-{place}-")
        elif isinstance(value, list):
            yield from ((prefix + name, str(each)) for each in value)
        else:
            yield prefix + name, str(value).lower() if isinstance(value, bool) else str(value)
