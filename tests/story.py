"""The words in which tests tell what happens in the office: who opens, completes, waits, and what is then seen."""

import json
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from tests.answers import COUNCIL, DOES, PAPERS, Answers, answers_for, meeting
from workflows.definitions import Bundle, load_bundle, load_files
from workflows.domain.actor import Actor
from workflows.domain.calendar import LOCAL, local_day
from workflows.domain.person import Person
from workflows.jobs import drain
from workflows.operations import accounts, clock, dossiers, incidents, leaving, rounds, sweeping, user_tasks
from workflows.operations.user_tasks import Completed
from workflows.queries.accounts import actor_named
from workflows.queries.clock import clock as clock_of
from workflows.queries.observation import Observed, has_work, observe, open_task, round_of_dossier
from workflows.queries.verification import Verified, verify
from workflows.settings import Settings
from workflows.store import schema
from workflows.store.bundles import add
from workflows.store.session import Database
from workflows.stories import prepare

BUNDLE = Path(__file__).parent.parent / "bpmn" / "commendation"
MOVEMENT = "covid-2021"
MONDAY = datetime(2021, 10, 25, 8, 0, tzinfo=LOCAL)
"""When an office opens unless a test says otherwise: a Monday of the movement, NĐ 91/2017 in force."""
PDF = b"%PDF-1.7\n"


@cache
def procedure() -> Bundle:
    """The procedure as shipped."""
    return load_bundle(BUNDLE)


class Office:
    """The department with its people and its procedure, on a database of its own. Logins are those of demo.toml."""

    def __init__(self, url: str) -> None:
        self.db = Database(url, secret="the secret of a department in a test")
        self.settings = Settings()
        self._actors: dict[str, Actor] = {}

    def person(self, login: str) -> Actor:
        """Somebody who works here."""
        if login not in self._actors:
            found = actor_named(self.db, login)
            assert found is not None, f"nobody is called {login}"
            self._actors[login] = found
        return self._actors[login]

    def looks_again(self) -> None:
        """Forget who people are: groups, and whom they stand in for."""
        self._actors.clear()

    @property
    def now(self) -> datetime:
        """What the office's clock reads, UTC."""
        return clock_of(self.db).now

    @property
    def today(self) -> date:
        """The day in Vietnam."""
        return local_day(self.now)

    def employs(self, login: str, *groups: str, unit: str = "vp_so") -> str:
        """Somebody more works here."""
        accounts.add_person(self.db, Person(login, f"Người {login}", unit=unit, groups=groups))
        return login

    def waits(self, *, working_days: int = 0, days: int = 0) -> None:
        """Time passes, passed deadlines fire, jobs are done."""
        clock.move_clock(self.db, self.person("quan_tri"), working_days=working_days, days=days)
        sweeping.sweep(self.db)
        self.works()

    def works(self) -> None:
        """Every job that waits is done."""
        if has_work(self.db):
            drain(self.db, self.settings)

    @contextmanager
    def tables(self) -> Iterator[Connection]:
        """The tables themselves, for what must not be possible and for what must have been written."""
        with self.db.write() as tx:
            yield tx

    def asks(self, question: str, **values: Any) -> Any:
        """One value out of the tables."""
        with self.db.read() as tx:
            return tx.execute(text(question), values).scalar()

    def dates_freely(self) -> None:
        """From now on matters begin on a version of the procedure whose clerk may date a decision in any year."""
        form = "forms/number_decision.schema.json"
        told = json.loads(procedure().files[form])
        del told["properties"]["decision_date"]["x-in-year-of"]
        with self.db.write() as tx:
            add(tx, load_files({**procedure().files, form: json.dumps(told).encode()}), "quan_tri", self.now)

    def jobs(self, name: str) -> list[dict[str, Any]]:
        """What the jobs of this name that wait are given, oldest first."""
        waiting = text("select args from procrastinate_jobs where task_name = :name and status = 'todo' order by id")
        with self.db.read() as tx:
            return list(tx.execute(waiting, {"name": name}).scalars())

    def unit_opens_dossier(self, by: str = "don_vi_a", kind: str = "thematic") -> str:
        """A unit opens a dossier; returns its number."""
        return dossiers.open_dossier(self.db, self.person(by), movement=MOVEMENT, kind=kind, award_form="giay_khen")

    def attaches(self, number: str, *kinds: str, by: str = "don_vi_a") -> list[int]:
        """A unit attaches papers of these kinds, of all that a thematic dossier must hold where none is named."""
        actor = self.person(by)
        return [
            dossiers.attach_paper(self.db, actor, number, kind, "", f"{kind}.pdf", PDF + kind.encode())
            for kind in kinds or PAPERS
        ]

    def office_opens_round(self, by: str = "chuyen_vien", title: str = "Đợt xét tháng 11") -> str:
        """The office opens a review round; returns its number."""
        return rounds.open_round(self.db, self.person(by), movement=MOVEMENT, award_form="giay_khen", title=title)

    def task(self, number: str, element: str, by: str | None = None) -> str:
        """The open task of this person."""
        who = by or DOES[element]
        found = open_task(self.db, number, element, who)
        if found is None:  # it may wait for a paper that is still to be set
            self.works()
            found = open_task(self.db, number, element, who)
        assert found is not None, f"«{element}» of {number} is not open for {who}, but {self.observed(number).open}"
        return found

    def completes(
        self,
        element: str,
        number: str,
        *,
        by: str | None = None,
        answers: Mapping[str, Any] | None = None,
        key: str | None = None,
        seen: int | None = None,
        task: str | None = None,
    ) -> Completed:
        """Somebody completes a task; who usually does it, with answers that lead on, unless the test says otherwise."""
        who = by or DOES[element]
        told = self.answers(element, number) if answers is None else answers
        chosen = task or self.task(number, element, who)
        return user_tasks.complete(self.db, self.person(who), chosen, told, key=key or uuid.uuid4().hex, seen=seen)

    def answers(self, element: str, number: str) -> Answers:
        """Answers with which a task is done and the matter goes on."""
        return answers_for(element, self.observed(number).facts, self.today)

    def council_votes(self, number: str, members: tuple[str, ...] = COUNCIL, **votes: str) -> None:
        """Members cast their ballots, yes on every line unless `votes` names another vote of a member."""
        lines = self.observed(number).facts.open_lines()
        for member in members:
            said = [{"line": line.ordinal, "vote": votes.get(member, "yes")} for line in lines]
            self.completes("cast_ballot", number, by=member, answers={"lines": said})

    def absent_write(self, number: str, **votes: str) -> None:
        """Every absent member sends a written opinion, yes on every line unless `votes` names another."""
        facts = self.observed(number).facts
        for member in facts.roll("council.absent"):
            said = [{"line": line.ordinal, "vote": votes.get(member, "yes")} for line in facts.open_lines()]
            self.completes("send_opinion", number, by=member, answers={"lines": said})

    def withdraws(
        self, number: str, *lines: int, by: str = "don_vi_a", reason: str = "Có sai sót.", declined: bool = False
    ) -> None:
        """The unit withdraws its dossier, or some lines of it; `declined`: because the nominee does not want it."""
        whose = "nominee" if declined else "unit"
        dossiers.withdraw_dossier(self.db, self.person(by), number, reason, lines=lines, by=whose)

    def suspends(self, number: str, *lines: int, by: str = "chuyen_vien", ground: str = "complaint") -> None:
        """The office suspends the whole dossier, or some lines of it."""
        leaving.suspend(self.db, self.person(by), number, ground=ground, reason="Có đơn khiếu nại.", lines=lines)

    def retries(self, number: str) -> None:
        """The administrator has the stopped element tried again."""
        incidents.retry(self.db, self.person("quan_tri"), number)

    def dossier_at(self, element: str | None = None, *, answers: Answers | None = None, by: str = "don_vi_a") -> str:
        """A dossier whose open task is `element`; None: it waits for a round. `answers` are those of its first task."""
        number = self.unit_opens_dossier(by, kind=(answers or {}).get("kind", "thematic"))
        self.attaches(number, *(*PAPERS, "achievement_summary"), by=by)
        if element != "prepare_dossier":
            self.completes("prepare_dossier", number, by=by, answers=answers)
            self.comes_to(number, element)
        return number

    def dossier_awarded(self, *, answers: Answers | None = None) -> str:
        """A dossier whose nominees are commended, with the result still to be announced."""
        number = self.dossier_at(None, answers=answers)
        self.comes_to(self.round_at("cast_ballot", number), None)
        self.comes_to(number, "announce_result")
        return number

    def round_at(self, element: str, *dossiers_of_it: str) -> str:
        """A review round of these dossiers whose open task is `element`."""
        number = self.office_opens_round()
        if element != "compile_summary":
            gathered = list(dossiers_of_it) or [self.dossier_at(None)]
            self.works()
            self.completes("compile_summary", number, answers=meeting(gathered, self.today))
            self.comes_to(number, element)
        return number

    def comes_to(self, number: str, element: str | None) -> None:
        """Everybody does the next task until `element` is open; None: until nothing is."""
        while (waiting := self._open(number)) and element not in waiting:
            if waiting == ("cast_ballot",):
                self.council_votes(number)
            elif "send_opinion" in waiting:
                self.absent_write(number)
            else:
                self.completes(waiting[0], number)
        self.works()

    def _open(self, number: str) -> tuple[str, ...]:
        """The open tasks of a matter; where there are none, those that open once the papers are set."""
        if not self.observed(number).open:
            self.works()
        return self.observed(number).open

    def observed(self, number: str) -> Observed:
        """How a matter stands."""
        return observe(self.db, number)

    def round_of(self, number: str) -> str:
        """The round that has a dossier."""
        found = round_of_dossier(self.db, number)
        assert found is not None, f"no round has {number}"
        return found

    def history(self, number: str, *kinds: str) -> list[dict[str, Any]]:
        """The bodies of a history, of these kinds of event where any is named."""
        rows = text(
            "select body from history where instance_id = (select id from instance where number = :number) order by seq"
        )
        with self.db.read() as tx:
            told = [json.loads(body) for body in tx.execute(rows, {"number": number}).scalars()]
        return [each for each in told if not kinds or each["kind"] in kinds]

    def verified(self, number: str) -> Verified:
        """The check of a history."""
        return verify(self.db, (number,))[0]


@pytest.fixture(scope="session")
def prepared_office(fresh_database: Callable[[], str]) -> str:
    """A database with people, the procedure and a clock that reads MONDAY; it is copied for each office."""
    url = fresh_database()
    prepare(db := Database(url), procedure(), MONDAY.astimezone(UTC))
    db.close()
    return url


@pytest.fixture(scope="session")
def new_office(prepared_office: str) -> Callable[[], Office]:
    """Opens an office on a database of its own."""
    return lambda: Office(schema.copy(prepared_office, f"office_{uuid.uuid4().hex[:12]}"))


@pytest.fixture
def office(new_office: Callable[[], Office]) -> Iterator[Office]:
    """An office for this test alone."""
    opened = new_office()
    yield opened
    opened.db.close()


@pytest.fixture(scope="module")
def shared_office(new_office: Callable[[], Office]) -> Iterator[Office]:
    """One office for the tests of a file that each look at their own dossiers only and move no clock."""
    opened = new_office()
    yield opened
    opened.db.close()
