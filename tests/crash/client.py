"""The people of the office as one process: looks what is open, does it, keeps in its books what it was promised.

Killed and started again, it first sends once more whatever it does not know the outcome of, with the same key.
"""

import sys
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import text

from tests.answers import DOES, PAPERS, ad_hoc, answers_for, dossier, meeting
from tests.crash.books import Books, promised
from tests.crash.ways import ByOperations, Unanswered, Way
from workflows.domain.actor import Actor
from workflows.domain.calendar import local_day
from workflows.operations import dossiers, rounds
from workflows.queries.accounts import actor_named
from workflows.queries.clock import clock
from workflows.queries.observation import observe
from workflows.store.session import Database, DatabaseUnavailable

THEMATIC, AD_HOC = 3, 1
"""Dossiers for one common round, and dossiers with a round each."""
DOSSIERS = THEMATIC + AD_HOC
MOVEMENT = "covid-2021"
UNIT = "don_vi_a"
PDF = b"%PDF-1.7\n"
PATIENCE = 120.0
PAUSE = 0.05

KINDS = text("select kind from instance where process = 'dossier' order by id")
ROUNDS = text("select count(*) from instance where process = 'review_round' and kind = 'thematic'")
WAITING = text("select sender from message where name = 'dossier_ready' and taken_at is null order by id")
LEFT = text("select count(*) from instance where closed_at is null")
PAPERS_OF = text(
    "select p.kind from paper p join instance i on i.id = p.instance_id where i.number = :number and removed_at is null"
)
OPEN = text(
    """select t.id, t.element, t.assignee, i.number, i.kind from user_task t join instance i on i.id = t.instance_id
where t.state = 'open' order by t.opened_at, t.id"""
)


class Task(NamedTuple):
    """An open task."""

    id: str
    element: str
    assignee: str | None
    number: str
    kind: str


class Client:
    """Does everything there is to do until every dossier has reached its end."""

    def __init__(self, db: Database, way: Way, books: Path) -> None:
        self._db, self._way, self._path, self._books = db, way, books, Books(books)
        self._person = lru_cache(maxsize=None)(self._look_up)

    def run(self) -> None:
        """Send again what is unknown, then work until nothing is left."""
        for meant in promised(self._path).unknown:
            self._send(meant["login"], meant["task"], meant["answers"], meant["key"])
        patient = time.monotonic() + PATIENCE
        with ThreadPoolExecutor(3) as people:
            while not self._is_over():
                if not self._turn(people):
                    assert time.monotonic() < patient, "nothing has moved for two minutes"
                    time.sleep(PAUSE)
                else:
                    patient = time.monotonic() + PATIENCE

    def _turn(self, people: ThreadPoolExecutor) -> bool:
        try:
            opened = self._opens()
            tasks = self._ready_tasks()
        except DatabaseUnavailable:
            return False
        return any([opened, *people.map(self._does, tasks)])

    def _is_over(self) -> bool:
        try:
            with self._db.read() as tx:
                return len(tx.execute(KINDS).all()) == DOSSIERS and tx.execute(LEFT).scalar() == 0
        except DatabaseUnavailable:
            return False

    def _opens(self) -> bool:
        """Open what is missing. There is no key for this: the client looks before it opens, as people do."""
        with self._db.read() as tx:
            kinds = list(tx.execute(KINDS).scalars())
            has_round = bool(tx.execute(ROUNDS).scalar())
            waiting = len(tx.execute(WAITING).all())
        if len(kinds) < DOSSIERS:
            kind = "thematic" if kinds.count("thematic") < THEMATIC else "ad_hoc"
            actor = self._person(UNIT)
            number = dossiers.open_dossier(self._db, actor, movement=MOVEMENT, kind=kind, award_form="giay_khen")
        elif not has_round and waiting == THEMATIC:
            officer = self._person("chuyen_vien")
            number = rounds.open_round(self._db, officer, movement=MOVEMENT, award_form="giay_khen", title="Đợt xét")
        else:
            return False
        self._books.write("opened", number=number)
        return True

    def _ready_tasks(self) -> list[Task]:
        with self._db.read() as tx:
            tasks = [Task(str(row[0]), *row[1:]) for row in tx.execute(OPEN)]
            waiting = len(tx.execute(WAITING).all())
        return [task for task in tasks if task.element != "compile_summary" or waiting == THEMATIC]

    def _does(self, task: Task) -> bool:
        try:
            if task.element == "prepare_dossier":
                self._attaches(task.number)
            told = self._answers(task)
        except DatabaseUnavailable:
            return False
        login, key = task.assignee or DOES[task.element], uuid.uuid4().hex
        self._books.write("means", key=key, task=task.id, login=login, answers=told)
        self._send(login, task.id, told, key)
        return True

    def _attaches(self, number: str) -> None:
        with self._db.read() as tx:
            there = set(tx.execute(PAPERS_OF, {"number": number}).scalars())
        for kind in [kind for kind in (*PAPERS, "achievement_summary") if kind not in there]:
            content = PDF + kind.encode()
            dossiers.attach_paper(self._db, self._person(UNIT), number, kind, "", f"{kind}.pdf", content)
            self._books.write("attached", number=number, kind=kind)

    def _answers(self, task: Task) -> dict[str, Any]:
        today = local_day(clock(self._db).now)
        if task.element == "prepare_dossier":
            told = (ad_hoc if task.kind == "ad_hoc" else dossier)(today, f"Người của {task.number}")
            told["nominees"][0]["citizen_id"] = f"9991{int(task.number.removeprefix('HS-')):08}"
            return told
        if task.element == "compile_summary":
            with self._db.read() as tx:
                return meeting(list(tx.execute(WAITING).scalars()), today)
        return answers_for(task.element, observe(self._db, task.number).facts, today)

    def _send(self, login: str, task: str, answers: dict[str, Any], key: str) -> None:
        number = until_answered(lambda: self._way.complete(self._person(login), task, answers, key))
        self._books.write("done", key=key, task=task, number=number)

    def _look_up(self, login: str) -> Actor:
        found = actor_named(self._db, login)
        assert found is not None
        return found


def until_answered(send: Callable[[], str]) -> str:
    """Send, and send again while there is no answer."""
    patient = time.monotonic() + PATIENCE
    while True:
        try:
            return send()
        except (Unanswered, DatabaseUnavailable):
            assert time.monotonic() < patient, "no answer for two minutes"
            time.sleep(PAUSE)


def main(url: str, books: str, page: str = "") -> None:
    """Work on the database `url`; completions go over the pages at `page`, where it is given."""
    db = Database(url)
    way: Way = ByOperations(db)
    if page:
        from tests.crash.pages import ByPages  # noqa: PLC0415  only some clients use the pages

        way = ByPages(page)
    Client(db, way, Path(books)).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
