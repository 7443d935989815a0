"""The demo as loaded: every state is there, everybody has work, what the door promises exists, no page shows a key."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from workflows.definitions import load_bundle, shipped
from workflows.queries.accounts import actor_named, counts, demo_people
from workflows.queries.dossiers import dossiers
from workflows.queries.inbox import inbox
from workflows.queries.observation import numbers, observe
from workflows.queries.rounds import round_page, rounds
from workflows.queries.scope import sees
from workflows.queries.trace import trace
from workflows.queries.verification import verify
from workflows.settings import Settings
from workflows.store.session import Database
from workflows.stories import load_demo

KEY = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b|\b[HĐ][SX]-\d{4}\.\d|\[[VKDU]\]|\b(?:True|False|None|null)\b")
NUMBER = re.compile(r"(?:HS|ĐX)-\d{4}")


@pytest.fixture(scope="module")
def demo(fresh_database: Callable[[], str]) -> Iterator[Database]:
    """The demo, loaded once for this file."""
    db = Database(fresh_database())
    load_demo(db, Settings(), load_bundle(shipped()), lambda _said: None)
    yield db
    db.close()


def test_every_state_of_the_procedure_is_there(demo: Database) -> None:
    auditor = actor_named(demo, "kiem_tra")
    assert auditor
    rows = dossiers(demo, auditor, size=100).rows
    assert Counter(row.status for row in rows) == {
        "dang-soan": 3,
        "cho-tiep-nhan": 3,
        "da-tiep-nhan": 2,
        "tra-lai": 2,
        "dang-tham-dinh": 6,
        "cho-hoi-dong": 8,
        "cho-ky": 2,
        "cho-cap-so": 1,
        "da-khen": 2,
        "khong-dat": 2,
        "da-rut": 1,
        "da-luu": 2,
    }
    assert 60 <= sum(row.lines_count for row in rows) <= 70


def test_five_of_nine_ballots_are_in_and_the_rest_are_due_on_the_day_of_the_meeting(demo: Database) -> None:
    officer = actor_named(demo, "chuyen_vien")
    assert officer
    (number,) = [row.number for row in rounds(demo, officer).rows if row.status == "cho-hoi-dong"]
    page = round_page(demo, officer, number)
    assert (page.ballots_cast, page.ballots_total, len(page.dossiers)) == (5, 9, 6)
    assert {task.due_at for task in page.open_tasks} == {datetime(2022, 1, 14, 10, tzinfo=UTC)}


def test_everybody_who_handles_dossiers_has_work_and_the_office_has_it_late_and_today(demo: Database) -> None:
    for person in demo_people(demo):
        actor = actor_named(demo, person.login)
        assert actor
        waiting = counts(demo, actor)
        assert waiting.mine + waiting.pool > 0 or person.group != "work", person.login
    officer = actor_named(demo, "chuyen_vien")
    assert officer
    assert {-2, 0} <= {row.due_working_days for row in inbox(demo, officer).rows}


def test_what_the_door_invites_to_is_there_for_the_one_invited(demo: Database) -> None:
    for person in demo_people(demo):
        actor = actor_named(demo, person.login)
        assert actor
        assert len(person.tries) == 3
        for invitation in person.tries if person.group != "admin" else ():
            for number in NUMBER.findall(invitation.vi):
                with demo.read() as tx:
                    assert sees(tx, actor, number), f"{person.login} cannot see {number}"


def test_a_dossier_of_which_nobody_is_commended_names_no_decision(demo: Database) -> None:
    auditor = actor_named(demo, "kiem_tra")
    assert auditor
    for status, has in (("khong-dat", False), ("da-khen", True)):
        for row in dossiers(demo, auditor, status=status).rows:
            assert (observe(demo, row.number).facts.get("number_decision.number") is not None) is has, row.number


def test_nothing_has_stopped_and_every_history_is_whole(demo: Database) -> None:
    assert [number for number in numbers(demo) if observe(demo, number).stopped] == []
    assert all(found.ok for found in verify(demo, ()))


def test_no_trace_shows_a_key_a_login_or_an_id(demo: Database) -> None:
    auditor = actor_named(demo, "kiem_tra")
    assert auditor
    shown: list[str] = []
    for number in numbers(demo):
        page = trace(demo, auditor, number)
        shown += [page.sentence.vi, page.sentence.en]
        for step in page.steps:
            shown += [step.title.vi, step.title.en or step.title.vi]
            shown += [step.detail.vi, step.detail.en] if step.detail else []
            shown += [text for entry in step.entries for text in (entry.label.vi, entry.line, entry.old, entry.new)]
    assert [text for text in shown if KEY.search(text)] == []
