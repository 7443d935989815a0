"""What no story can play, for the bundle holds one movement: what the tables of 2017 ask of every other one."""

from datetime import UTC, datetime

import pytest

from workflows.definitions import load_bundle, shipped
from workflows.definitions.applied import Applied, apply_decision
from workflows.domain.facts import Facts, Line

BUNDLE = load_bundle(shipped())
NOW = datetime(2021, 10, 25, tzinfo=UTC)
COUNTED = ("copies", "province_council_required")
PERSON = Line("HS-0001.1", "HS-0001", 1, {"kind": "person"}, {})


def told(decision: str, movement: str, kind: str, award_form: str) -> Applied:
    about = {"dossier.movement": movement, "dossier.kind": kind, "dossier.award_form": award_form}
    return apply_decision(BUNDLE, decision, Facts(about, (PERSON,)), NOW, line=PERSON)


def papers(movement: str, kind: str, award_form: str) -> dict[object, object]:
    found = told("required_papers", movement, kind, award_form)
    return {row["kind"]: row["mandatory"] for row in found.rows()}


def test_the_full_papers_go_to_the_prime_minister_but_for_the_movement_against_covid() -> None:
    other, covid = (papers(movement, "thematic", "bang_khen_ttg") for movement in ("khac-2021", "covid-2021"))
    assert (other["achievement_report"], other["meeting_minutes"]) == (True, True)
    assert "achievement_summary" not in other
    assert (covid["achievement_summary"], "achievement_report" in covid) == (True, False)


def test_who_recognised_it_is_told_of_an_ad_hoc_award_where_the_plan_of_the_movement_asks_for_it() -> None:
    assert papers("khac-2021", "ad_hoc", "bang_khen_tinh")["recognition"] is False
    assert papers("covid-2021", "ad_hoc", "bang_khen_tinh")["recognition"] is True


@pytest.mark.parametrize(
    ("movement", "answers"), [("khac-2021", ("gathered", True)), ("covid-2021", ("own_round", False))]
)
def test_the_department_meets_before_it_asks_the_prime_minister_but_for_the_movement_against_covid(
    movement: str, answers: tuple[str, bool]
) -> None:
    way, council = (told(each, movement, "thematic", "bang_khen_ttg") for each in ("review_way", "council_required"))
    assert (way.decided.outputs["way"], council.decided.outputs["required"]) == answers
    assert told("council_required", movement, "thematic", "hc_lao_dong_ba").decided.outputs["required"] is True


@pytest.mark.parametrize(("movement", "answers"), [("khac-2021", (2, True)), ("covid-2021", (3, False))])
def test_two_copies_and_the_provincial_council_but_for_the_movement_against_covid(
    movement: str, answers: tuple[int, bool]
) -> None:
    copies, council = (told(each, movement, "thematic", "bang_khen_ttg") for each in COUNTED)
    assert (copies.decided.outputs["count"], council.decided.outputs["required"]) == answers
