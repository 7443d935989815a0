"""Every rule is shown by a wrong and a right picture: its page tells both, and the rule finds the wrong one alone."""

import textwrap

import pytest

from tests.unit.definitions.pairs import PAIRS, pair
from workflows.definitions import shipped
from workflows.definitions.lint import RULES, inspect

NAMES = [rule.RULE for rule in RULES]
PAGES = shipped().parent / "lint"
README = shipped().parent / "README.md"


def page(rule: str) -> str:
    return (PAGES / f"{rule}.md").read_text(encoding="utf-8")


def test_every_rule_has_a_pair_and_a_page_and_nothing_else_has() -> None:
    assert {path.stem for path in PAIRS.glob("*.toml")} == set(NAMES)
    assert {path.stem for path in PAGES.glob("*.md")} == set(NAMES)


@pytest.mark.parametrize("rule", NAMES)
def test_the_wrong_picture_is_found_by_its_rule_and_no_other(rule: str) -> None:
    shown = pair(rule)
    findings = inspect(shown.files(shown.wrong))
    assert {finding.rule for finding in findings} == {rule, *shown.beside}
    assert shown.element in {finding.element for finding in findings if finding.rule == rule}


@pytest.mark.parametrize("rule", NAMES)
def test_the_right_picture_is_clean(rule: str) -> None:
    shown = pair(rule)
    assert {finding.rule for finding in inspect(shown.files(shown.right))} == set(shown.beside)


@pytest.mark.parametrize("rule", NAMES)
def test_the_page_shows_both_pictures_and_what_the_check_says(rule: str) -> None:
    shown, told = pair(rule), page(rule)
    for piece in (shown.wrong, shown.right):
        assert textwrap.dedent(piece).strip() in told
    finding = next(each for each in inspect(shown.files(shown.wrong)) if each.rule == rule)
    for sentence in (finding.vi, finding.en, finding.fix_vi, finding.fix_en):
        assert sentence in told


@pytest.mark.parametrize("rule", NAMES)
def test_the_table_of_rules_leads_to_the_page(rule: str) -> None:
    assert f"[`{rule}`](lint/{rule}.md)" in README.read_text(encoding="utf-8")


@pytest.mark.parametrize("rule", NAMES)
def test_a_pair_shows_its_own_rule_alone(rule: str) -> None:
    assert pair(rule).beside == ()
