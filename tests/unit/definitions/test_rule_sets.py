"""On each day one version of a table: gaps, overlaps and files of no rule set are found; `always.dmn` stands alone."""

import re
from datetime import date

import pytest

from tests.unit.definitions.test_lint import DUE, WEIGH, files, found
from workflows.definitions import load_bundle, load_files, shipped
from workflows.definitions.bundle import ALWAYS

FIRST = "valid_from = 2020-01-01"
SECOND = '\n\n[[rule_sets]]\nkey = "{key}"\nvalid_from = {start}'


def held(*, first: str = FIRST, second: str = "") -> dict[str, bytes]:
    """The small bundle with other periods; its tables follow no law by date."""
    given = files()
    given["bundle.toml"] = given["bundle.toml"].replace(FIRST.encode(), f"{first}{second}".encode())
    given["bundle.toml"] = re.sub(rb"legal_date = .*", b"", given["bundle.toml"])
    for path in (WEIGH, DUE):
        given[path.replace("r1.dmn", f"{ALWAYS}.dmn")] = given.pop(path)
    return given


def sentences(given: dict[str, bytes]) -> list[str]:
    return [finding.en for finding in found(load_files(given), "rule_sets")]


def test_rule_sets_that_follow_one_another_are_right() -> None:
    second = SECOND.format(key="r2", start="2022-01-01")
    assert sentences(held(first=f"{FIRST}\nvalid_to = 2022-01-01", second=second)) == []


@pytest.mark.parametrize(
    ("end", "start", "sentence"),
    [
        ("2021-12-31", "2022-01-01", "No rule set is in force on 31/12/2021."),
        ("2021-12-01", "2022-01-01", "No rule set is in force on 01/12/2021-31/12/2021."),
        ("2022-01-02", "2022-01-01", "From 01/01/2022 on both r1 and r2 are in force."),
        (None, "2022-01-01", "From 01/01/2022 on both r1 and r2 are in force."),
    ],
)
def test_a_gap_and_an_overlap_are_found(end: str | None, start: str, sentence: str) -> None:
    first = FIRST if end is None else f"{FIRST}\nvalid_to = {end}"
    assert sentences(held(first=first, second=SECOND.format(key="r2", start=start))) == [sentence]


def test_the_order_of_the_file_does_not_matter() -> None:
    second = SECOND.format(key="r0", start="2018-01-01") + "\nvalid_to = 2020-01-01"
    assert sentences(held(second=second)) == []


@pytest.mark.parametrize("key", ["r1", ALWAYS])
def test_a_rule_set_has_a_key_of_its_own(key: str) -> None:
    given = held(first=f"{FIRST}\nvalid_to = 2022-01-01", second=SECOND.format(key=key, start="2022-01-01"))
    assert f"The key «{key}» cannot name a rule set." in sentences(given)


def test_a_table_is_named_after_a_rule_set() -> None:
    given = files()
    given["decisions/weigh_answer/r9.dmn"] = given[WEIGH]
    assert sentences(given) == ["There is no rule set r9."]


def test_a_table_for_always_stands_alone_and_follows_no_date() -> None:
    given = files()
    given["decisions/weigh_answer/always.dmn"] = given[WEIGH]
    dated, double = (
        "«weigh_answer» follows no law by date, but has a legal_date.",
        "«weigh_answer» has tables by date and one for always.",
    )
    assert sorted(sentences(given)) == [dated, double]
    given.pop(WEIGH)
    assert sentences(given) == [dated]


def test_a_table_for_always_is_in_force_on_every_day_and_needs_no_other() -> None:
    bundle = load_files(held())
    for day in (date(1990, 1, 1), date(2021, 1, 1), date(2099, 1, 1)):
        assert bundle.rule_set("weigh_answer", day) == ALWAYS
    assert found(bundle, "decisions") == []
    assert "completeness" not in {finding.rule for finding in found(bundle, "completeness")}


@pytest.mark.parametrize("fact", ["ask_question.asked_when", "ask_question.words"])
def test_the_day_that_a_decision_follows_is_a_day(fact: str) -> None:
    given = files()
    given["bundle.toml"] = given["bundle.toml"].replace(b'"ask_question.asked_on"', f'"{fact}"'.encode())
    assert sentences(given) == [f"«weigh_answer» follows the day «{fact}», which is no day."]


def test_the_shipped_rules_change_on_the_days_of_the_law() -> None:
    bundle = load_bundle(shipped())
    for last, first, before, after in (
        (date(2023, 12, 31), date(2024, 1, 1), "r2017", "r2024"),
        (date(2025, 6, 30), date(2025, 7, 1), "r2024", "r2025"),
        (date(2026, 9, 30), date(2026, 10, 1), "r2025", "r2026"),
    ):
        assert bundle.rule_set("deadlines", last) == before
        assert bundle.rule_set("deadlines", first) == after


def test_what_was_not_verified_says_so_and_is_a_parameter() -> None:
    bundle = load_bundle(shipped())
    for decision, tables in bundle.tables.items():
        for key in {"r2025", "r2026"} & set(tables):
            for rule in tables[key].rules:
                told, place = rule.description, f"{decision}/{key} {rule.id}"
                if "NĐ 98/2023" in told or "hưa xác minh" in told:
                    assert "hưa xác minh" in told, place
                    assert "do cơ quan quy định" in told, place
                    assert "[D]" in told, place
