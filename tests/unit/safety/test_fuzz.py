"""Whatever is made up, the system answers or refuses: no other error, and nothing that takes long. Seeds are fixed."""

import resource
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.process.matter import Matter
from tests.unit.safety.places import ASK, FACTS, FILES, SHOWN, TABLE, WALK
from tests.unit.safety.strategies import (
    ANSWERS,
    EXPRESSIONS,
    FUZZ,
    JSON,
    POSTED,
    SCHEMAS,
    as_json,
    damaged,
    damaged_toml,
    tables,
)
from tests.unit.safety.strategies import FACTS as DECLARED
from workflows.definitions import files_in, load_files, shipped
from workflows.definitions.lint import inspect
from workflows.domain.errors import DefinitionRejected, DomainError, InvalidInput
from workflows.domain.form import clean, draft
from workflows.engine import procedure
from workflows.rules.coverage import coverage
from workflows.rules.decide import decide
from workflows.rules.feel import check, condition, evaluate
from workflows.rules.table import parse_table
from workflows.rules.table_plan import table_problems
from workflows.stories import read_story

MOST_SECONDS = 2
MOST_MIB = 512
PROCEDURE = {path: content for path, content in files_in(shipped()).items() if path.endswith((".toml", ".json"))}
CALENDAR = PROCEDURE["calendar.toml"]
KNOWN: Mapping[str, Any] = {
    "dossier": {"kind": "thematic", "note": None, "signed_on": date(2021, 11, 1)},
    "due": {"answer": datetime(2021, 11, 5, tzinfo=UTC)},
    "lines": {"open": 2, "any_open": True},
    "council": {"members": ["an", "binh"]},
}


@contextmanager
def within_limits() -> Iterator[None]:
    """Fails where what is inside takes too much of the processor, or more memory than everything before it."""
    began, peak = time.process_time(), _peak()
    yield
    assert time.process_time() - began < MOST_SECONDS
    assert _peak() - peak < MOST_MIB


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def refused(attempt: Callable[[], object], kind: type[DomainError] = DomainError) -> bool:
    """Whether an attempt ended in a refusal of this kind; any other error is raised."""
    try:
        with within_limits():
            attempt()
    except kind:
        return True
    return False


def judged(files: Mapping[str, bytes]) -> bool:
    """Whether the small bundle with these files passes the check, which never raises."""
    with within_limits():
        findings = inspect({**FILES, **files})
    assert all(finding.vi and finding.en for finding in findings)
    return not any(finding.severity == "error" for finding in findings)


@FUZZ
@given(content=damaged("walk.bpmn"))
def test_a_damaged_diagram_is_judged_and_runs_if_it_passes(content: bytes) -> None:
    if not judged({WALK: content}):
        return
    bundle = load_files({**FILES, WALK: content})
    if not refused(lambda: procedure(bundle), DefinitionRejected):
        matter = Matter(bundle, "walk", {**FACTS, "ask_question.words": 5})
        while matter.inbox and not matter.stopped:
            element = matter.inbox[0]
            is_job = bundle.element("walk", element).type == "serviceTask"
            matter.finishes(element) if is_job else matter.completes(element)


@FUZZ
@given(content=damaged_toml(FILES["bundle.toml"].decode()))
def test_a_damaged_manifest_is_judged_and_its_procedure_opens_if_it_passes(content: bytes) -> None:
    if judged({"bundle.toml": content}):
        bundle = load_files({**FILES, "bundle.toml": content})
        if not refused(lambda: procedure(bundle), DefinitionRejected):
            Matter(bundle, "walk", FACTS)


@FUZZ
@given(content=damaged_toml(CALENDAR.decode()))
def test_a_damaged_calendar_is_judged_and_counts_days_if_it_passes(content: bytes) -> None:
    if judged({"calendar.toml": content}):
        days = load_files({**FILES, "calendar.toml": content}).working_days()
        refused(lambda: days.after(date(2021, 12, 30), 20))


@FUZZ
@given(content=damaged_toml((shipped() / "bundle.toml").read_text(encoding="utf-8")))
def test_a_damaged_manifest_of_the_procedure_is_read_or_refused(content: bytes) -> None:
    refused(lambda: load_files({**PROCEDURE, "bundle.toml": content}), DefinitionRejected)


@FUZZ
@given(content=damaged("decisions/weigh_answer/r1.dmn"))
def test_a_damaged_table_is_judged_and_decides_if_it_passes(content: bytes) -> None:
    if judged({TABLE: content}):
        bundle = load_files({**FILES, TABLE: content})
        table = bundle.tables["weigh_answer"]["r1"]
        refused(lambda: decide(table, {"ask_question": {"words": 3}}, bundle.vocabulary("walk"), place=TABLE))


@FUZZ
@given(content=tables())
def test_a_table_that_is_made_up_is_refused_or_decides(content: bytes) -> None:
    def attempt() -> None:
        table = parse_table(content, place="made_up.dmn")
        if not table_problems(table, DECLARED, place="made_up.dmn"):
            refused(lambda: coverage(table, DECLARED, place="made_up.dmn"))
            decide(table, KNOWN, DECLARED, place="made_up.dmn")

    refused(attempt)


@FUZZ
@given(written=EXPRESSIONS)
def test_an_expression_that_passes_gives_a_value_or_a_refusal(written: str) -> None:
    accepted = not refused(lambda: check(written, DECLARED, place="here", expects="boolean"))
    assert refused(lambda: condition(written, KNOWN, DECLARED, place="here")) or accepted
    refused(lambda: evaluate(written, KNOWN, DECLARED, place="here"))


@FUZZ
@given(schema=SCHEMAS, answers=ANSWERS)
def test_answers_are_taken_or_refused_field_by_field(schema: dict[str, Any], answers: dict[str, Any]) -> None:
    refused(lambda: draft(schema, answers), InvalidInput)
    refused(lambda: clean(schema, answers), InvalidInput)


class Posted(dict[str, list[str]]):
    """What a browser posts."""

    def getlist(self, key: str) -> list[str]:
        """All values of a name."""
        return self[key]


@FUZZ
@given(schema=SCHEMAS, posted=POSTED)
def test_what_a_browser_posts_is_taken_or_refused(schema: dict[str, Any], posted: dict[str, list[str]]) -> None:
    refused(lambda: clean(schema, Posted(posted)), InvalidInput)


@FUZZ
@given(told=JSON)
def test_a_form_that_is_made_up_is_judged(told: Any) -> None:
    judged({ASK: as_json(told)})
    judged({SHOWN: as_json(told)})


@FUZZ
@given(
    schema=SCHEMAS,
    odd=st.dictionaries(st.sampled_from(["items", "allOf", "enum", "if", "properties", "x-verdict"]), JSON, max_size=2),
)
def test_a_form_that_is_almost_right_is_judged(schema: dict[str, Any], odd: dict[str, Any]) -> None:
    judged({ASK: as_json({**schema, **odd})})
    judged({ASK: as_json({**schema, "properties": {**schema["properties"], "words": odd}})})


@FUZZ
@given(step=st.dictionaries(st.sampled_from(["do", "look", "at", "wait", "by", "expect", "x"]), JSON, max_size=4))
def test_a_story_that_is_made_up_is_read_or_refused(step: dict[str, Any]) -> None:
    told = {"title": "x", "starts": "2021-10-25T08:00+07:00", "step": [step]}
    refused(lambda: read_story("made_up", told))


def test_a_failure_can_be_seen_again() -> None:
    suite = settings.get_profile("suite")
    assert (suite.derandomize, suite.print_blob) == (True, True)
