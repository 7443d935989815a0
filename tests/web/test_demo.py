"""The whole demo: every state is there, everybody has work, what the door promises opens for the one invited."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from tests.web.conftest import Browser
from webapp.app import create_app
from workflows.definitions import load_bundle, shipped
from workflows.queries.accounts import actor_named, counts, demo_people
from workflows.queries.clock import is_half_loaded
from workflows.queries.dossiers import dossiers
from workflows.queries.inbox import inbox
from workflows.queries.incidents import incidents
from workflows.queries.observation import numbers, observe
from workflows.queries.rounds import round_page, rounds
from workflows.queries.trace import trace
from workflows.queries.verification import verify
from workflows.settings import Settings
from workflows.store.session import Database
from workflows.stories import load_demo

KEY = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b|\b[HĐ][SX]-\d{4}\.\d|\[[VKDU]\]|\b(?:True|False|None|null)\b")
NUMBER = re.compile(r"(?:HS|ĐX)-\d{4}")


@pytest.fixture(scope="module")
def whole(fresh_database: Callable[[], str], reachable_tmp: Path) -> Iterator[tuple[Flask, Database, list[str]]]:
    """The whole demo, its pages, and what was said while it was loaded."""
    settings = Settings(data_dir=reachable_tmp / "whole", secret_key="k" * 40)
    db, said = Database(fresh_database()), list[str]()
    load_demo(db, settings, load_bundle(shipped()), said.append)
    yield create_app(settings, db), db, said
    db.close()


@pytest.fixture(scope="module")
def demo(whole: tuple[Flask, Database, list[str]]) -> Database:
    """Its database."""
    return whole[1]


def test_sixty_four_dossiers_are_in_every_state_of_the_procedure(demo: Database) -> None:
    auditor = actor_named(demo, "kiem_tra")
    assert auditor
    rows = [row for row in dossiers(demo, auditor, size=100).rows if row.number.startswith("HS-")]
    assert Counter(row.status for row in rows) == {
        "dang-soan": 4,
        "cho-tiep-nhan": 4,
        "da-tiep-nhan": 2,
        "tra-lai": 4,
        "dang-tham-dinh": 8,
        "cho-hoi-dong": 14,
        "cho-ky": 8,
        "cho-cap-so": 1,
        "tam-dung": 1,
        "da-khen": 5,
        "da-luu": 9,
        "khong-dat": 2,
        "da-rut": 1,
        "huy-bo": 1,
    }
    assert len(rows) == 64


def test_the_demo_names_two_hundred_and_fifty_nominees() -> None:
    told = load_bundle(shipped()).demo["examples"]
    kinds = Counter(each["name"].split()[0] for example in told for each in example["nominees"])
    assert (kinds["Ông"] + kinds["Bà"] + 1, kinds["Gia"]) == (205, 5)
    assert kinds.total() + 1 == 250


def test_rounds_are_open_outside_decided_and_stopped(demo: Database) -> None:
    officer, admin = actor_named(demo, "chuyen_vien"), actor_named(demo, "quan_tri")
    assert officer
    assert admin
    there = Counter(row.status for row in rounds(demo, officer, size=100).rows)
    assert (there["cho-hoi-dong"], there["co-quan-ngoai"]) == (1, 5)
    assert there["cho-ky"] >= 3
    (stopped,) = incidents(demo, admin)
    assert "2032-01-11" in stopped.reason
    assert [number for number in numbers(demo) if observe(demo, number).stopped] == [stopped.number]


def test_five_of_nine_ballots_are_in_and_the_rest_are_due_on_the_day_of_the_meeting(demo: Database) -> None:
    officer = actor_named(demo, "chuyen_vien")
    assert officer
    (number,) = [row.number for row in rounds(demo, officer).rows if row.status == "cho-hoi-dong"]
    page = round_page(demo, officer, number)
    assert (page.ballots_cast, page.ballots_total, len(page.dossiers)) == (5, 9, 8)
    assert len(page.lines) == 31
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


def test_what_the_door_invites_to_opens_for_the_one_invited(whole: tuple[Flask, Database, list[str]]) -> None:
    app, demo, _ = whole
    door = Browser(app.test_client()).get("/sign-in")
    for person in demo_people(demo):
        assert len(person.tries) == 3
        for invitation in person.tries:
            browser = Browser(app.test_client())
            form = f"//form[button[@value='{person.login}'] and input[@name='next' and @value='{invitation.to}']]"
            page = browser.send(browser.get("/sign-in"), form, {"login": person.login})
            assert (page.status, page.path) == (200, invitation.to), (person.login, invitation.to)
            assert invitation.said.vi in door.text
            missing = [number for number in NUMBER.findall(invitation.said.vi) if number not in page.text]
            assert missing == [] or invitation.to == "/rounds/new", (person.login, invitation.to)
            if "/tasks/" in invitation.to:
                assert page.tree.xpath("//main//form//button"), (person.login, invitation.to)


def test_a_dossier_of_which_nobody_is_commended_names_no_decision(demo: Database) -> None:
    auditor = actor_named(demo, "kiem_tra")
    assert auditor
    for status, has in (("khong-dat", False), ("da-khen", True)):
        for row in dossiers(demo, auditor, status=status).rows:
            assert (observe(demo, row.number).facts.get("number_decision.number") is not None) is has, row.number


def test_every_history_is_whole_and_the_load_says_how_far_it_is(whole: tuple[Flask, Database, list[str]]) -> None:
    _, demo, said = whole
    assert all(found.ok for found in verify(demo, ()))
    assert said[-1].startswith("demo: 64 of 64 dossiers")
    assert len(said) > 20
    assert not is_half_loaded(demo)


def test_no_trace_shows_a_key_a_login_or_an_id(demo: Database) -> None:
    auditor = actor_named(demo, "kiem_tra")
    assert auditor
    shown: list[str] = []
    for number in numbers(demo):
        if observe(demo, number).stopped:
            continue  # an incident says in which table and file, for who administers
        page = trace(demo, auditor, number)
        shown += [page.sentence.vi, page.sentence.en]
        for step in page.steps:
            shown += [step.title.vi, step.title.en or step.title.vi]
            shown += [step.detail.vi, step.detail.en] if step.detail else []
            shown += [text for entry in step.entries for text in (entry.label.vi, entry.line, entry.old, entry.new)]
    assert [text for text in shown if KEY.search(text)] == []
