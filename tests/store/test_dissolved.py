"""A unit is dissolved midway: what it has open passes to its successor whole, or nothing changes at all."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.answers import PAPERS
from tests.answers import dossier as dossier_answers
from tests.store.tables import broken, everything
from tests.story import MOVEMENT, Office
from workflows.domain.errors import DomainError, NotAllowed, NotFound, UnitHasEnded
from workflows.operations import linked, participations, user_tasks
from workflows.operations.blocking import LineBarred
from workflows.operations.units import (
    DissolutionReasonNeeded,
    LastDayAhead,
    SameUnit,
    SuccessorHasNobody,
    dissolve_unit,
)
from workflows.queries.awards import register
from workflows.queries.dossiers import dossier, dossiers
from workflows.queries.follow_up import board
from workflows.queries.inbox import inbox
from workflows.queries.trace import trace
from workflows.queries.units import every_unit

OLD, NEW, ITS = "phong_ncc", "phong_ldvl", "don_vi_b"
REASON = "Quyết định sắp xếp (giả định)."


def merges(office: Office, unit: str = OLD, into: str = NEW, *, by: str = "quan_tri", reason: str = REASON) -> None:
    dissolve_unit(office.db, office.person(by), unit, into, office.today, reason)


def test_an_open_draft_goes_on_with_the_successor_and_what_was_typed(office: Office) -> None:
    number = office.dossier_at("prepare_dossier")
    typed = {"letter_signer": "Trưởng phòng Mẫu A"}
    user_tasks.save_draft(office.db, office.person("don_vi_a"), office.task(number, "prepare_dossier"), typed)
    merges(office)
    assert office.asks("select answers from draft where login = :login", login=ITS) == typed
    facts = office.observed(number).facts
    assert (facts.text("dossier.unit"), facts.text("dossier.preparer")) == (NEW, ITS)
    with pytest.raises(DomainError):
        office.completes("prepare_dossier", number, task=office.task(number, "prepare_dossier", ITS))
    office.completes("prepare_dossier", number, by=ITS)
    assert office.observed(number).open == ("receive_dossier",)
    assert office.verified(number).ok


def test_a_dossier_handed_in_before_comes_back_to_the_successor(office: Office) -> None:
    number = office.dossier_at(None)
    found = office.round_at("sign_decision", number)
    merges(office)
    office.comes_to(found, None)
    assert number in {each.number for each in inbox(office.db, office.person(ITS), "pool").rows}
    office.completes("confirm_spelling", number, by=ITS)
    assert number in {each.number for each in dossiers(office.db, office.person(ITS)).rows}


def test_history_and_pages_say_it_in_both_languages(office: Office) -> None:
    number = office.dossier_at("receive_dossier")
    merges(office)
    (event,) = office.history(number, "UnitDissolved")
    assert (event["actor"]["login"], event["event"]["successor"]) == ("quan_tri", NEW)
    (said,) = dossier(office.db, office.person("chuyen_vien"), number).mergers
    assert "sáp nhập vào" in said.vi
    assert "became part of" in said.of("en")
    told = [step.detail for step in trace(office.db, office.person("chuyen_vien"), number).steps]
    assert said in told
    assert office.verified(number).ok


def test_the_ended_unit_opens_nothing_and_leaves_the_board(office: Office) -> None:
    officer = office.person("chuyen_vien")
    participations.launch_movement(office.db, officer, MOVEMENT)
    merges(office)
    with pytest.raises(UnitHasEnded):
        office.unit_opens_dossier()
    assert OLD not in {row.unit for row in board(office.db, officer, MOVEMENT).rows}
    told = "select count(*) from instance where process = 'participation' and unit = :unit"
    assert (office.asks(told, unit=OLD), office.asks(told, unit=NEW)) == (0, 2)
    units = {each.code: (each.valid_to, each.successor) for each in every_unit(office.db)}
    assert (units[OLD], units[NEW]) == ((office.today, NEW), (None, None))


def test_merits_are_found_under_the_successor_and_its_people_complain(office: Office) -> None:
    number = office.dossier_awarded()
    office.comes_to(number, None)
    assert office.observed(number).is_closed
    merges(office)
    (name,) = (each.name for each in every_unit(office.db) if each.code == NEW)
    assert number in {each.dossier for each in register(office.db, office.person(ITS), search=name).rows}
    opened = linked.open_procedure(office.db, office.person(ITS), number, "complaint", [1], "Sai thành tích")
    facts = office.observed(opened).facts
    assert (facts.text("dossier.unit"), facts.text("dossier.preparer")) == (NEW, ITS)
    with pytest.raises(NotFound):
        linked.open_procedure(office.db, office.person("don_vi_a"), number, "complaint", [1], "Sai thành tích")


def test_what_a_unit_was_awarded_bars_the_unit_that_took_over(office: Office) -> None:
    def proposed(name: str, of: str) -> tuple[str, dict[str, object]]:
        number = office.unit_opens_dossier(of)
        office.attaches(number, *PAPERS, by=of)
        told = dossier_answers(office.today, name)
        told["nominees"] = [{**each, "kind": "collective"} for each in told["nominees"]]
        for each in told["nominees"]:
            del each["title"], each["citizen_id"]
        return number, told

    names = {each.code: each.name for each in every_unit(office.db)}
    first, told = proposed(f"Tập thể {names[OLD]}", "don_vi_a")
    office.completes("prepare_dossier", first, answers=told)
    office.comes_to(first, None)
    office.comes_to(office.round_at("cast_ballot", first), None)
    second, told = proposed(names["phong_btxh"], "don_vi_e")
    office.completes("prepare_dossier", second, by="don_vi_e", answers=told)
    merges(office, OLD, NEW)
    merges(office, NEW, "phong_te")

    third, told = proposed(names["phong_te"], "don_vi_h")
    with pytest.raises(LineBarred, match="01/QĐ-SLĐTBXH"):
        office.completes("prepare_dossier", third, by="don_vi_h", answers=told)


def test_whoever_moved_to_the_successor_before_stays_the_preparer(office: Office) -> None:
    number = office.dossier_at("prepare_dossier")
    with office.tables() as tx:
        tx.execute(text("update account set unit = :unit where login = 'don_vi_a'"), {"unit": NEW})
    merges(office)
    assert office.observed(number).facts.text("dossier.preparer") == "don_vi_a"
    office.looks_again()
    office.completes("prepare_dossier", number)


def _on_a_day_ahead(office: Office) -> None:
    dissolve_unit(office.db, office.person("quan_tri"), OLD, NEW, office.today + timedelta(days=1), REASON)


REFUSED: dict[str, tuple[type[DomainError], Callable[[Office], None]]] = {
    "not an administrator": (NotAllowed, lambda office: merges(office, by="chanh_vp")),
    "into itself": (SameUnit, lambda office: merges(office, into=OLD)),
    "into nothing": (NotFound, lambda office: merges(office, into="nowhere")),
    "no reason": (DissolutionReasonNeeded, lambda office: merges(office, reason=" ")),
    "nobody to take over": (SuccessorHasNobody, lambda office: merges(office, into="thanh_tra")),
    "a day ahead": (
        LastDayAhead,
        _on_a_day_ahead,
    ),
}


@pytest.mark.parametrize("why", list(REFUSED))
def test_a_refusal_changes_nothing(shared_office: Office, why: str) -> None:
    office, (refusal, act) = shared_office, REFUSED[why]
    office.dossier_at("receive_dossier")
    before = everything(office)
    with pytest.raises(refusal):
        act(office)
    assert everything(office) == before


def test_no_circle_arises(office: Office) -> None:
    merges(office)
    with pytest.raises(UnitHasEnded):
        merges(office, NEW, OLD)
    with pytest.raises(UnitHasEnded):
        merges(office, "coso_btxh", OLD)
    with pytest.raises(UnitHasEnded):
        merges(office)


def test_a_chain_of_mergers_leads_to_the_last_one(office: Office) -> None:
    number = office.dossier_at("receive_dossier")
    merges(office)
    merges(office, NEW, "coso_btxh")
    assert office.observed(number).facts.text("dossier.preparer") == "don_vi_c"
    assert len(office.history(number, "UnitDissolved")) == 2
    assert office.verified(number).ok


@pytest.mark.parametrize(("table", "at_commit"), [("history", False), ("instance", True)])
def test_a_failure_leaves_nothing_behind(office: Office, table: str, *, at_commit: bool) -> None:
    office.dossier_at("prepare_dossier", answers=dossier_answers(office.today))
    before = everything(office)
    with broken(office, table, at_commit=at_commit), pytest.raises(DBAPIError):
        merges(office)
    assert everything(office) == before


def vinhdanh(office: Office, *told: str) -> str:
    """What a command says about this office."""
    environment = {**os.environ, "VINHDANH_DATABASE_URL": office.db.url}
    command = [sys.executable, "-m", "webapp.cli", *told]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def test_the_command_ends_a_unit_and_lists_it(office: Office) -> None:
    number = office.dossier_at("receive_dossier")
    told = ("--into", NEW, "--on", f"{office.today}", "--reason", REASON)
    assert number in vinhdanh(office, "unit", "dissolve", OLD, *told)
    assert f"now {NEW}" in vinhdanh(office, "unit", "list")
    rows = {each["code"]: each for each in json.loads(vinhdanh(office, "unit", "list", "--json"))}
    assert (rows[OLD]["valid_to"], rows[OLD]["successor"]) == (f"{office.today}", NEW)
    assert office.verified(number).ok
