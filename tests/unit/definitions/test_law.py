"""The tables of the procedure say what the law says; each test is one rule, named after it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from workflows.definitions import load_bundle, shipped
from workflows.domain.money import bonus_amount
from workflows.rules.decide import Decided, decide
from workflows.rules.errors import InputOutside

BUNDLE = load_bundle(shipped())
ONE_LINE = {"lines": {"total": 1}}
IN_2021, IN_2024 = date(2021, 10, 25), date(2024, 3, 1)
COUNCIL = ("giam_doc", "chanh_vp", *(f"uy_vien_{n}" for n in range(1, 8)))


def decided(decision: str, facts: Mapping[str, object], on: date = IN_2021) -> Decided:
    return decide(BUNDLE.decision(decision, on), facts, BUNDLE.vocabulary(None), place=decision)


def papers(kind: str, on: date = IN_2021) -> dict[str, bool]:
    outputs = decided("required_papers", {"dossier": {"kind": kind}}, on).outputs
    return dict(zip(outputs["kind"], outputs["mandatory"], strict=True))


def limit(key: str, kind: str | None = None, on: date = IN_2021) -> tuple[int, str]:
    outputs = decided("deadlines", {"dossier": {"kind": kind}}, on).outputs
    row = list(outputs["key"]).index(key)
    return int(outputs["days"][row]), str(outputs["starts"][row])


def reached(present: int, size: int = 9) -> bool:
    facts = {"council": {"size": size, "present": COUNCIL[:present]}}
    return bool(decided("quorum", facts).outputs["reached"])


def passed(yes: int, size: int = 9, excluded: int = 0) -> bool:
    threshold = decided("vote_threshold", {"dossier": {"award_form": "giay_khen"}}).outputs
    votes = {"yes": yes, "excluded": excluded}
    known = {"council": {"size": size}, "line": {"council": votes}, "decisions": {"vote_threshold": threshold}}
    outputs = decided("line_result", known).outputs
    assert (outputs["counted_by"], outputs["reachable"]) == (size, size - excluded)
    assert (outputs["verdict"] == "open") == outputs["passed"]
    return bool(outputs["passed"])


def bonus(kind: str, on: date, form: str = "giay_khen") -> int | None:
    coefficient = decided("bonus", {"line": {"kind": kind}, "dossier": {"award_form": form}}, on).outputs
    assert coefficient["ask"] == (coefficient["coefficient"] is None)
    base = decided("base_salary", {"number_decision": {"decision_date": on}}, on).outputs
    if coefficient["coefficient"] is None:
        return None
    return bonus_amount(Decimal(coefficient["coefficient"]), base["amount"], coefficient["round_up_to"])


def test_an_ad_hoc_award_is_reviewed_at_once_and_without_the_council() -> None:
    for on in (IN_2021, IN_2024):
        assert decided("review_way", {"dossier": {"kind": "ad_hoc"}}, on).outputs["way"] == "own_round"
        assert decided("council_required", {"dossier": {"kind": "ad_hoc"}, **ONE_LINE}, on).outputs["required"] is False


def test_a_thematic_dossier_waits_for_a_round_with_a_meeting() -> None:
    for on in (IN_2021, IN_2024):
        assert decided("review_way", {"dossier": {"kind": "thematic"}}, on).outputs["way"] == "gathered"
        assert (
            decided("council_required", {"dossier": {"kind": "thematic"}, **ONE_LINE}, on).outputs["required"] is True
        )


def test_a_round_opened_before_its_dossiers_are_chosen_meets() -> None:
    assert decided("council_required", {"dossier": {}, "lines": {"total": 0}}).outputs["required"] is True
    chosen = {"kind": "thematic", "award_form": "bang_khen_ttg", "movement": "covid-2021"}
    for lines, meets in ((0, True), (1, False)):
        assert decided("council_required", {"dossier": chosen, "lines": {"total": lines}}).outputs["required"] is meets


def test_two_thirds_of_the_council_must_attend() -> None:
    assert not reached(5)
    assert reached(6)
    assert not reached(4, size=7)
    assert reached(5, size=7)


def test_four_fifths_of_all_members_must_agree_the_absent_included() -> None:
    assert not passed(7)
    assert passed(8)


def test_exactly_four_fifths_is_enough() -> None:
    assert passed(8, size=10)
    assert passed(4, size=5)
    assert not passed(3, size=5)


@pytest.mark.parametrize(
    ("kind", "on", "amount"),
    [
        ("person", IN_2021, 450_000),
        ("collective", IN_2021, 900_000),
        ("person", date(2023, 7, 3), 540_000),
        ("person", IN_2024, 540_000),
        ("household", IN_2024, 810_000),
        ("person", date(2024, 7, 1), 710_000),
    ],
)
def test_the_bonus_follows_the_base_salary_on_the_day_of_the_decision(kind: str, on: date, amount: int) -> None:
    assert bonus(kind, on) == amount


def test_before_2024_the_law_names_no_bonus_for_a_family() -> None:
    for form in ("giay_khen", "bang_khen_tinh", "bang_khen_ttg"):
        assert bonus("household", IN_2021, form) is None
        assert bonus("household", IN_2024, form) is not None


@pytest.mark.parametrize(
    ("form", "person", "collective"),
    [
        ("giay_khen", 450_000, 900_000),
        ("bang_khen_tinh", 1_490_000, 2_980_000),
        ("bang_khen_ttg", 5_220_000, 10_430_000),
        ("hc_dung_cam", 6_710_000, None),
        ("hc_lao_dong_ba", 6_710_000, 13_410_000),
        ("hc_lao_dong_nhi", 11_180_000, 22_350_000),
        ("hc_lao_dong_nhat", 13_410_000, 26_820_000),
    ],
)
def test_the_bonus_of_each_form_in_2021(form: str, person: int, collective: int | None) -> None:
    assert bonus("person", IN_2021, form) == person
    assert bonus("collective", IN_2021, form) == collective


@pytest.mark.parametrize(
    ("on", "kind", "amount"),
    [
        (date(2023, 12, 31), "person", 1_800_000),
        (date(2024, 1, 1), "person", 2_700_000),
        (date(2024, 1, 1), "collective", 5_400_000),
        (date(2024, 6, 28), "household", 4_050_000),
        (date(2024, 7, 1), "household", 5_270_000),
    ],
)
def test_the_bonus_of_a_provincial_award_follows_the_law_of_the_decision(on: date, kind: str, amount: int) -> None:
    assert bonus(kind, on, "bang_khen_tinh") == amount


def test_state_awards_are_paid_by_the_authority_that_submitted_them() -> None:
    for on in (IN_2021, IN_2024):
        for form, payer in (("giay_khen", "deciding"), ("bang_khen_tinh", "deciding"), ("bang_khen_ttg", "submitting")):
            facts = {"line": {"kind": "person"}, "dossier": {"award_form": form}}
            assert decided("bonus", facts, on).outputs["payer"] == payer


def test_after_the_last_base_salary_that_was_read_no_bonus_is_guessed() -> None:
    with pytest.raises(InputOutside, match="2026-06-30"):
        bonus("person", date(2026, 7, 1))


def test_a_base_salary_that_was_not_read_is_not_guessed() -> None:
    with pytest.raises(InputOutside):
        decided("base_salary", {"number_decision": {"decision_date": date(2018, 5, 1)}})


def test_a_thematic_dossier_holds_letter_report_and_minutes() -> None:
    told = papers("thematic")
    assert {kind for kind, mandatory in told.items() if mandatory} == {
        "request_letter",
        "achievement_report",
        "meeting_minutes",
    }


def test_an_ad_hoc_dossier_needs_no_minutes() -> None:
    told = papers("ad_hoc")
    assert {kind for kind, mandatory in told.items() if mandatory} == {"request_letter", "achievement_summary"}


def test_every_paper_asked_for_has_a_name() -> None:
    for on in (IN_2021, IN_2024):
        for kind in ("thematic", "ad_hoc"):
            assert papers(kind, on).keys() <= BUNDLE.papers.keys()


def test_appraisal_takes_twenty_working_days_from_the_full_dossier() -> None:
    assert limit("appraise", "thematic") == (20, "dossier.full_on")
    assert limit("appraise", "thematic", IN_2024) == (20, "dossier.full_on")


def test_a_decision_is_numbered_at_the_latest_on_the_next_working_day() -> None:
    assert limit("number") == (1, "task")


def test_the_result_is_notified_within_ten_working_days() -> None:
    assert limit("notice") == (10, "task")


def test_a_deadline_says_what_it_counts_from() -> None:
    for on in (IN_2021, IN_2024):
        starts = decided("deadlines", {"dossier": {"kind": "ad_hoc"}}, on).outputs["starts"]
        assert set(starts) <= {"task", *BUNDLE.vocabulary(None)}


def test_the_limits_after_a_decision_are_kept_in_october_2026() -> None:
    on = date(2026, 10, 5)
    assert limit("notice", on=on)[0] == 10
    assert limit("recover", on=on) == (15, "number_revocation.decision_date")
