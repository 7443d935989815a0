"""Every refusal of the rules and of the reader, and every finding, speaks Vietnamese and English, and does not mix."""

import ast
import pickle
import re
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from tests.unit.definitions.pairs import pair
from tests.unit.safety.corpus import Payload, payloads
from webapp.layout import catalogue
from workflows.definitions import load_bundle
from workflows.definitions.lint import RULES, Finding, inspect
from workflows.definitions.lint.finding import LONGEST
from workflows.domain.said import Said, table, vietnamese

SMALL = load_bundle(Path(__file__).parent / "small").files
ROOMS = ("workflows/rules", "workflows/definitions")
QUOTED = re.compile(r"«[^»]*»|\"[^\"]*\"")
ENGLISH = re.compile(r"\b(the|is|are|not|cannot|must|needed|allowed|which|its|write|only|Did|mean|row|column)\b")
PLACES = re.compile(r"(?<!\{)\{(\w+)\}")
SAID_IN_PLACES = {"why", "hint", "instead", "taken", "limit"}


def sources() -> Iterator[tuple[str, ast.Module]]:
    for room in ROOMS:
        for path in sorted((catalogue.ROOT / room).rglob("*.py")):
            yield path.relative_to(catalogue.ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def test_every_sentence_of_the_rules_and_of_the_reader_has_vietnamese() -> None:
    said = {
        text for path, text in catalogue.refusals() if path.relative_to(catalogue.ROOT).as_posix().startswith(ROOMS)
    }
    assert len(said) > 150
    assert said - table().keys() == set()


def test_no_sentence_of_the_table_is_out_of_date() -> None:
    assert table().keys() - {text for _, text in catalogue.refusals()} == set()


def test_no_reason_is_given_as_bare_english() -> None:
    bare = [
        f"{path}:{word.value.lineno}"
        for path, tree in sources()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        for word in call.keywords
        if word.arg in SAID_IN_PLACES
        and (isinstance(word.value, ast.JoinedStr) or (isinstance(word.value, ast.Constant) and word.value.value))
        and not (isinstance(word.value, ast.Constant) and not isinstance(word.value.value, str))
    ]
    assert bare == []


@pytest.mark.parametrize("english", table())
def test_a_sentence_has_no_place_that_its_english_has_not_and_no_english_word(english: str) -> None:
    said = table()[english]
    assert set(PLACES.findall(said)) <= set(PLACES.findall(english))
    assert said != english or english in {"null", "{place}: {why}"}


def mixed(findings: list[Finding]) -> list[str]:
    return [
        each.vi
        for each in findings
        if each.vi == each.en or ENGLISH.search(QUOTED.sub("", each.vi)) or ENGLISH.search(QUOTED.sub("", each.fix_vi))
    ]


@pytest.mark.parametrize("rule", [rule.RULE for rule in RULES])
def test_no_finding_of_a_pair_mixes_the_languages(rule: str) -> None:
    shown = pair(rule)
    found = inspect(shown.files(shown.wrong))
    assert found
    assert mixed(found) == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("bundle.toml", "key", "= "),
        ("bundle.toml", "key", "other"),
        ("bundle.toml", "[", "[[[ "),
        ("forms/ask_question.schema.json", "{", "["),
        ("decisions/weigh_answer/r1.dmn", "<decisionTable", "<decisionTable hitPolicy='ODD'"),
        ("decisions/weigh_answer/r1.dmn", "<decision ", "<decision2 "),
        ("walk.bpmn", "<", "<<"),
        ("calendar.toml", "", "off = 1"),
        ("calendar.toml", "", "[off]\n2022 = ['x']"),
        ("coverage.toml", "", "[[explained]]\nreason = ''"),
    ],
)
def test_what_cannot_be_read_is_told_in_each_language(file: str, old: str, new: str) -> None:
    found = inspect({**SMALL, file: SMALL.get(file, b"").decode().replace(old, new, 1).encode()})
    assert found
    assert mixed(found) == []


def test_what_is_said_says_its_parts_in_the_same_language() -> None:
    said = Said("{one} or {other}", one=Said("a date"), other="x{y}")
    assert (str(said), said.message(vietnamese)) == ("a date or x{y}", "ngày hoặc x{y}")
    assert pickle.loads(pickle.dumps(said)).message(vietnamese) == "ngày hoặc x{y}"


@pytest.mark.parametrize("written", payloads("conditions"), ids=str)
def test_a_condition_that_is_refused_is_refused_in_each_language(written: Payload) -> None:
    shown = pair("expressions")
    piece = shown.right.replace('decisions.weigh_answer.way = "enough"', escape(written.text))
    assert piece != shown.right
    assert [each.vi for each in inspect(shown.files(piece)) if each.vi == each.en] == []
    if "»" not in written.text:
        assert mixed([each for each in inspect(shown.files(piece)) if len(each.vi) <= LONGEST]) == []
