"""Both sides of the law: every source of the register is carried by a row, and every row cites a registered source."""

import re
import tomllib
from collections import Counter, defaultdict
from datetime import date
from typing import Any

import pytest

from workflows.definitions import load_bundle, shipped

BUNDLE = load_bundle(shipped())
REGISTER: dict[str, Any] = tomllib.loads(BUNDLE.files["sources.toml"].decode())
SOURCES: list[dict[str, Any]] = REGISTER["sources"]
ACTS = {name: act for act, names in REGISTER["acts"].items() for name in names}
ARTICLE = r"\d+(?:\.\d+[a-zđ]?)*[a-zđ]?(?:-\d+)?"
CITED = re.compile(
    rf"({'|'.join(re.escape(name) for name in sorted(ACTS, key=len, reverse=True))})"
    rf" ((?:(?:, | và |; )?(?:Điều )?{ARTICLE}\b)+)"
)
STARTS = {rules.key: rules.valid_from for rules in BUNDLE.rule_sets}


def cited(text: str) -> set[tuple[str, str]]:
    """The articles a sentence cites, as (act, article)."""
    return {(ACTS[name], each) for name, told in CITED.findall(text) for each in re.findall(ARTICLE, told)}


def rows() -> dict[str, str]:
    """Every rule row of every table, `decision/rule_set/rule`, with its description."""
    return {
        f"{decision}/{key}/{rule.id}": rule.description
        for decision, tables in BUNDLE.tables.items()
        for key, table in tables.items()
        for rule in table.rules
    }


def carried() -> dict[str, list[str]]:
    """The rows that carry each source, by its key."""
    keys = {(source["act"], article): source["key"] for source in SOURCES for article in source["articles"]}
    found = defaultdict(list)
    for row, description in rows().items():
        for citation in cited(description) & keys.keys():
            found[keys[citation]].append(row)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NĐ 91/2017 Điều 48.2a, áp dụng tương tự [V]: 20 ngày", {("s2", "48.2a")}),
        ("NĐ 30/2020 Điều 15, Điều 18 [V]", {("s10", "15"), ("s10", "18")}),
        ("NĐ 91/2017 Điều 73 và Điều 68 [V]", {("s2", "73"), ("s2", "68")}),
        ("NĐ 98/2023 Điều 52-58 [V]; TT 12/2019 Điều 11.2", {("s7", "52-58"), ("s3", "11.2")}),
    ],
)
def test_a_citation_is_read_as_act_and_article(text: str, expected: set[tuple[str, str]]) -> None:
    assert cited(text) == expected


def test_a_source_stands_once_in_the_register_and_says_what_it_says() -> None:
    assert [key for key, n in Counter(source["key"] for source in SOURCES).items() if n > 1] == []
    articles = Counter((source["act"], article) for source in SOURCES for article in source["articles"])
    assert [each for each, n in articles.items() if n > 1] == []
    for source in SOURCES:
        assert source["confidence"] in {"V", "K"}
        assert source["says"]
        assert source["act"] in REGISTER["acts"]


def test_every_row_cites_registered_sources_only() -> None:
    known = {(source["act"], article) for source in SOURCES for article in source["articles"]}
    unknown = {row: cited(text) - known for row, text in rows().items() if cited(text) - known}
    assert unknown == {}, "register these articles in sources.toml"


def test_every_source_is_carried_by_a_row_or_says_why_not() -> None:
    held = carried()
    without = [
        source["key"] for source in SOURCES if source["key"] not in held and not source.keys() & {"no_row", "rule_set"}
    ]
    assert without == []


def test_a_period_of_the_register_is_a_rule_set_of_the_bundle() -> None:
    for source in SOURCES:
        if "rule_set" in source:
            day = re.search(r"từ (\d\d)/(\d\d)/(\d{4})", source["says"])
            assert day, source["key"]
            assert STARTS[source["rule_set"]] == date(int(day[3]), int(day[2]), int(day[1]))


def test_a_row_is_not_surer_than_its_sources() -> None:
    sure = {(source["act"], article): source["confidence"] for source in SOURCES for article in source["articles"]}
    for row, text in rows().items():
        if "[V]" in text and cited(text):
            assert "V" in {sure[each] for each in cited(text)}, row
