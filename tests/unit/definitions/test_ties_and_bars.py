"""What no story can play of the tables of conflicts and of blocks: each row is asked for what it says."""

from datetime import UTC, date, datetime

import pytest

from workflows.definitions import load_bundle, shipped
from workflows.definitions.blocks import blocks
from workflows.definitions.conflicts import conflicts
from workflows.domain.facts import Facts, Line, Value
from workflows.domain.register import AWARDED, Earlier
from workflows.domain.ties import Relative, Ties

BUNDLE = load_bundle(shipped())
LAWS = (datetime(2021, 10, 25, tzinfo=UTC), datetime(2024, 3, 4, tzinfo=UTC), datetime(2025, 10, 6, tzinfo=UTC))
ALL_LAWS = (*LAWS, datetime(2026, 10, 5, tzinfo=UTC))
HANDLING = ("assign", "appraise", "complete", "count")


def nominee(kind: str = "person", name: str = "Vũ Hư Cấu", **more: Value) -> Line:
    return Line("HS-0001.1", "HS-0001", 1, {"kind": kind, "name": name, "achieved_on": date(2021, 10, 15)}, more)


def bars(award_form: str, line: Line, now: datetime, *known: Earlier) -> dict[str, str]:
    facts = Facts({"dossier.award_form": award_form, "dossier.kind": "thematic"}, (line,))
    found = blocks(BUNDLE, "award_blocks", facts, known, ["Vũ Hư Cấu"], now)
    return {each.rule: each.effect for each in found}


@pytest.mark.parametrize("now", ALL_LAWS)
def test_who_signs_does_not_commend_himself_but_may_be_proposed_higher_up(now: datetime) -> None:
    assert bars("giay_khen", nominee(), now) == {"signs_own": "block"}
    assert bars("bang_khen_tinh", nominee(), now) == {}


@pytest.mark.parametrize("now", ALL_LAWS)
def test_who_is_not_managed_gets_no_award_of_the_state(now: datetime) -> None:
    line = nominee(name="Ai Khác", managed=False)
    assert bars("hc_lao_dong_ba", line, now) == {"outside_management": "block"}
    assert bars("bang_khen_tinh", line, now) == {}


@pytest.mark.parametrize("now", ALL_LAWS)
def test_a_second_award_of_the_state_waits_a_year(now: datetime) -> None:
    for months, barred in ((11, True), (12, False)):
        year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
        on = now.date().replace(year=year, month=month + 1)
        award = Earlier(
            "HS-0000.1",
            "HS-0000",
            {"kind": "person", "name": "Vũ Hư Cấu"},
            "bang_khen_ttg",
            "thematic",
            "khac",
            None,
            None,
            None,
            "1/QĐ-TTg",
            on,
            AWARDED,
        )
        assert ("state_within_year" in bars("hc_lao_dong_ba", nominee(), now, award)) is barred


def effects(ties: Ties, line: Line, unit: str | None = None) -> dict[str, str]:
    acts = ("propose", "register", *HANDLING, "vote", "sign")
    found = {act: conflicts(BUNDLE, ties, (line,), act, ALL_LAWS[0], unit=unit) for act in acts}
    return {act: each[0].effect for act, each in found.items() if each}


def test_who_is_nominated_may_only_write_the_own_proposal() -> None:
    told = effects(Ties("a", "Vũ Hư Cấu"), nominee())
    assert told == {
        "propose": "shown",
        "register": "task",
        **dict.fromkeys(HANDLING, "task"),
        "vote": "line",
        "sign": "task",
    }


@pytest.mark.parametrize("tie", ["relative", "head"])
def test_a_relative_and_the_head_of_a_collective_do_not_judge_it(tie: str) -> None:
    line = nominee("collective", "Phòng Mẫu") if tie == "head" else nominee()
    head = Ties("a", "Ai Khác", heads=frozenset({"Phòng Mẫu"}))
    relative = Ties("a", "Ai Khác", relatives=(Relative("Vũ Hư Cấu"),))
    told = effects(head if tie == "head" else relative, line)
    assert told == {
        "propose": "shown",
        "register": "shown",
        **dict.fromkeys(HANDLING, "task"),
        "vote": "line",
        "sign": "shown",
    }


def test_the_head_of_the_proposing_unit_is_only_shown() -> None:
    told = effects(Ties("a", "Ai Khác", units=frozenset({"phong_ncc"})), nominee(), "phong_ncc")
    assert set(told.values()) == {"shown"}
    assert len(told) == 8


def test_who_appraised_does_not_sign_and_who_was_asked_to_stand_aside_only_does_not_vote() -> None:
    assert effects(Ties("a", "Ai Khác"), nominee(appraised_by="a")) == {"sign": "task"}
    assert effects(Ties("a", "Ai Khác"), nominee(recused=("a",))) == {"vote": "line"}
