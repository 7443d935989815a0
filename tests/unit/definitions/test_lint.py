"""Each rule finds its own mistake in an otherwise clean bundle, and says in two languages what to do about it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from workflows.definitions import Bundle, load_bundle, load_files, shipped
from workflows.definitions.lint import RULES, Finding, operations, run

SMALL = Path(__file__).parent / "small"
WALK, VOTE, MANIFEST = "walk.bpmn", "vote.bpmn", "bundle.toml"
WEIGH, DUE = "decisions/weigh_answer/r1.dmn", "decisions/deadlines/r1.dmn"
ASK, BALLOT = "forms/ask_question", "forms/cast_vote"
SPIFF = "spiffworkflow:"


@dataclass(frozen=True)
class Mistake:
    """One slip: in `file`, `old` became `new`; the finding names `element`."""

    rule: str
    file: str
    old: str
    new: str
    element: str

    def __str__(self) -> str:
        return f"{self.rule}-{self.element}"


def files() -> dict[str, bytes]:
    return dict(load_bundle(SMALL).files)


def bundle_with(mistake: Mistake) -> Bundle:
    held = files()
    text = held[mistake.file].decode()
    assert mistake.old in text, f"{mistake.file} does not hold {mistake.old!r}"
    held[mistake.file] = text.replace(mistake.old, mistake.new).encode()
    return load_files(held)


def found(bundle: Bundle, rule: str) -> list[Finding]:
    return [finding for finding in run(bundle) if finding.rule == rule]


def prop(name: str, value: str) -> str:
    return f'<{SPIFF}property name="{name}" value="{value}" />'


ENOUGH = 'decisions.weigh_answer.way = "enough"'
MISTAKES = [
    Mistake("allowed_elements", WALK, "bpmn:exclusiveGateway", "bpmn:inclusiveGateway", "is_enough"),
    Mistake(
        "allowed_elements", WALK, 'attachedToRef="ask', 'cancelActivity="false" attachedToRef="ask', "walk_withdrawn"
    ),
    Mistake(
        "allowed_elements",
        WALK,
        '<bpmn:endEvent id="walk_done" name="Đã xong">',
        '<bpmn:endEvent id="walk_done" name="Đã xong"><bpmn:signalEventDefinition />',
        "walk_done",
    ),
    Mistake(
        "allowed_elements",
        VOTE,
        'Characteristics id="cast_vote_members"',
        'Characteristics id="cast_vote_members" isSequential="true"',
        "cast_vote",
    ),
    Mistake(
        "no_scripts",
        WALK,
        f"<{SPIFF}properties>",
        f"<{SPIFF}preScript>x = 1</{SPIFF}preScript><{SPIFF}properties>",
        "ask_question",
    ),
    Mistake(
        "no_scripts",
        WALK,
        'xsi:type="bpmn:tFormalExpression">decisions',
        'xsi:type="bpmn:tFormalExpression" language="python" expressionLanguage="python">decisions',
        "is_enough__tell_unit",
    ),
    Mistake(
        "condition_placement",
        WALK,
        'sourceRef="walk_opened" targetRef="ask_question" />',
        'sourceRef="walk_opened" targetRef="ask_question"><bpmn:conditionExpression>true</bpmn:conditionExpression>'
        "</bpmn:sequenceFlow>",
        "walk_opened__ask_question",
    ),
    Mistake("gateway_default", WALK, ' default="is_enough__walk_refused"', "", "is_enough"),
    Mistake(
        "gateway_default",
        WALK,
        'default="is_enough__walk_refused"',
        'default="is_enough__tell_unit"',
        "is_enough__tell_unit",
    ),
    Mistake("no_numerals", WALK, ENOUGH, "ask_question.words &gt; 3", "is_enough__tell_unit"),
    Mistake("expressions", WALK, ENOUGH, "decisions.weigh_answer.weight", "is_enough__tell_unit"),
    Mistake("expressions", WALK, ENOUGH, 'decisions.weigh_answer.way = "enuff"', "is_enough__tell_unit"),
    Mistake("expressions", VOTE, "count(council.members)", "council.members", "cast_vote"),
    Mistake("tables", WEIGH, "ask_question.words", "ask_question.letters", "weigh_answer"),
    Mistake("tables", WEIGH, '<text>"enough"</text>', '<text>"plenty"</text>', "weigh_answer"),
    Mistake("lanes", WALK, 'name="Đơn vị"', 'name="Đơn vị khác"', "walk"),
    Mistake("lanes", WALK, "<bpmn:flowNodeRef>tell_unit</bpmn:flowNodeRef>", "", "tell_unit"),
    Mistake("lanes", MANIFEST, 'group = "council"', 'group = "nobody"', "Hội đồng"),
    Mistake("forms", WALK, 'userTask id="ask_question"', 'userTask id="ask_questions"', "ask_questions"),
    Mistake("forms", f"{ASK}.ui.json", '"en": "Words"', '"en": ""', "words"),
    Mistake("forms", f"{ASK}.schema.json", '"additionalProperties": false', '"additionalProperties": true', ""),
    Mistake("forms", f"{ASK}.schema.json", '"type": "integer"', '"type": "whole"', "properties/words/type"),
    Mistake("forms", f"{ASK}.schema.json", '"asked_on"', '"asked_when"', "asked_on"),
    Mistake("forms", f"{BALLOT}.schema.json", '"no"', '"never"', "outcome"),
    Mistake(
        "decisions", WALK, f"<{SPIFF}calledDecisionId>weigh_answer", f"<{SPIFF}calledDecisionId>weigh", "weigh_answer"
    ),
    Mistake(
        "decisions",
        MANIFEST,
        "valid_from = 2020-01-01",
        'valid_from = 2020-01-01\nvalid_to = 2021-01-01\n\n[[rule_sets]]\nkey = "r2"\nvalid_from = 2021-01-01',
        "r2",
    ),
    Mistake("messages", MANIFEST, "[messages.word_sent]", "[messages.word_spoken]", "send_word"),
    Mistake("messages", MANIFEST, '"starts:vote"', '"starts:nothing"', "word_sent"),
    Mistake("messages", MANIFEST, '"person"', '"gathered"', "walk_withdrawn"),
    Mistake("deadlines", VOTE, "due.answer", "due.question", "vote_due"),
    Mistake("deadlines", VOTE, "due.answer", 'date and time("2021-10-25T00:00:00Z")', "vote_due"),
    Mistake("deadlines", WALK, prop("due", "answer"), prop("due", "question"), "ask_question"),
    Mistake("identifiers", WALK, 'process id="walk"', 'process id="walks"', "walks"),
    Mistake("identifiers", WALK, 'endEvent id="walk_left"', 'endEvent id="End"', "End"),
    Mistake("operations", WALK, prop("operation", "send_notice"), prop("operation", "send_pigeon"), "tell_unit"),
    Mistake("operations", WALK, prop("notice", "told"), prop("template", "letter.typ"), "tell_unit"),
    Mistake("legal_basis", WALK, "Luật thử Điều 1 [D]", "", "ask_question"),
    Mistake("legal_basis", WALK, "Luật thử Điều 1 [D]", "Luật thử Điều 1 [U]", "ask_question"),
    Mistake("citations", WEIGH, "Luật thử Điều 1 [D]", "vì vậy", "luat_thu_d1_du"),
    Mistake("citations", DUE, "Luật thử Điều 3 [D]", "Luật thử Điều 3 [U]", "luat_thu_d3"),
    Mistake(
        "connections",
        WALK,
        'sourceRef="send_word" targetRef="walk_done"',
        'sourceRef="send_word" targetRef="tell_unit"',
        "walk_done",
    ),
    Mistake(
        "connections",
        WALK,
        'sourceRef="send_word" targetRef="walk_done"',
        'sourceRef="send_word" targetRef="away"',
        "send_word__walk_done",
    ),
    Mistake(
        "connections",
        WALK,
        '<bpmn:startEvent id="walk_opened"',
        '<bpmn:startEvent id="other" /><bpmn:startEvent id="walk_opened"',
        "walk",
    ),
    Mistake(
        "connections",
        WALK,
        '<bpmn:serviceTask id="tell_unit"',
        '<bpmn:callActivity id="call_it" calledElement="gone" /><bpmn:serviceTask id="tell_unit"',
        "call_it",
    ),
    Mistake("properties", WALK, prop("due", "answer"), prop("dew", "answer"), "ask_question"),
    Mistake("properties", WALK, prop("due", "answer"), prop("notBy", "nobody"), "ask_question"),
    Mistake("properties", WALK, prop("verdict", "withdrawn"), prop("verdict", "forgotten"), "walk_left"),
    Mistake("drawing", WALK, 'bpmnElement="tell_unit"', 'bpmnElement="walk"', "tell_unit"),
    Mistake("drawing", WALK, ' name="Báo tin"', "", "tell_unit"),
]


def test_a_clean_bundle_has_no_findings() -> None:
    assert run(load_bundle(SMALL)) == []


def test_the_procedure_that_is_shipped_has_no_errors() -> None:
    assert [str(finding) for finding in run(load_bundle(shipped())) if finding.severity == "error"] == []


@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_a_mistake_is_found_by_its_rule(mistake: Mistake) -> None:
    findings = found(bundle_with(mistake), mistake.rule)
    assert mistake.element in {finding.element for finding in findings}


@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_a_finding_speaks_both_languages_and_says_what_to_do(mistake: Mistake) -> None:
    for finding in found(bundle_with(mistake), mistake.rule):
        assert finding.vi.strip()
        assert finding.en.strip()
        assert finding.fix_vi.strip()
        assert finding.fix_en.strip()
        assert finding.vi != finding.en


def test_every_rule_is_named_after_its_file_and_explained_to_authors() -> None:
    told = (shipped().parent / "README.md").read_text(encoding="utf-8")
    for rule in RULES:
        assert rule.__name__.rpartition(".")[2] == rule.RULE
        assert f"[`{rule.RULE}`]" in told


def test_a_finding_in_a_diagram_names_the_line() -> None:
    (finding,) = found(bundle_with(MISTAKES[0]), "allowed_elements")[:1]
    lines = bundle_with(MISTAKES[0]).files[WALK].decode().splitlines()
    assert 'id="is_enough"' in lines[finding.line - 1]


def test_the_operations_may_be_those_of_another_installation() -> None:
    bundle = load_bundle(SMALL)
    assert list(operations.check(bundle, {"send_notice"})) == []
    assert [finding.element for finding in operations.check(bundle, set())] == ["tell_unit"]


def test_a_diagram_larger_than_a_page_is_a_finding() -> None:
    extra = "".join(f'<bpmn:userTask id="extra_{n}" name="Thêm" />' for n in range(20))
    text = (
        files()[WALK].decode().replace('<bpmn:startEvent id="walk_opened"', f'{extra}<bpmn:startEvent id="walk_opened"')
    )
    findings = found(load_files({**files(), WALK: text.encode()}), "drawing")
    assert "walk" in {finding.element for finding in findings}


def test_the_tables_of_a_decision_give_the_same_outputs() -> None:
    held = files()
    held["bundle.toml"] += b'\n[[rule_sets]]\nkey = "r2"\nvalid_from = 2030-01-01\n'
    held["decisions/deadlines/r2.dmn"] = held[DUE]
    held["decisions/weigh_answer/r2.dmn"] = held[WEIGH].replace(b'name="way"', b'name="manner"')
    findings = found(load_files(held), "decisions")
    assert [finding.file for finding in findings] == ["decisions/weigh_answer"]


def test_a_finding_reads_as_one_line() -> None:
    (finding,) = found(bundle_with(next(m for m in MISTAKES if m.rule == "operations")), "operations")
    assert str(finding).startswith(f"{WALK}:")
    assert "send_pigeon" in str(finding)


def test_two_processes_may_not_have_the_same_task() -> None:
    text = files()[VOTE].decode().replace('"cast_vote"', '"ask_question"').replace(">cast_vote<", ">ask_question<")
    findings = found(load_files({**files(), VOTE: text.encode()}), "identifiers")
    assert {finding.element for finding in findings} == {"ask_question"}


@pytest.mark.parametrize("edit", [lambda held: held.pop(f"{ASK}.schema.json"), lambda held: held.pop(WALK)])
def test_forms_and_tasks_must_match_both_ways(edit: Callable[[dict[str, bytes]], bytes]) -> None:
    held = files()
    edit(held)
    assert found(load_files(held), "forms")
