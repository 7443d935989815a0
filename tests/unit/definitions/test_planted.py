"""The procedure that is shipped is clean, and each fault planted into it is named: by its rule, at its place."""

from dataclasses import dataclass

import pytest

from workflows.definitions import load_bundle, shipped
from workflows.definitions.lint import RULES, inspect

HANDLING, APPRAISAL, ROUND, TOML = "handling.bpmn", "appraisal.bpmn", "review_round.bpmn", "bundle.toml"
MEETING, VOTE = "council_meeting.bpmn", "council_vote.bpmn"
COUNCIL = "decisions/council_required/r2017.dmn"
FORMAL = '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">'
OFFICER = '<spiffworkflow:property name="assignee" value="assign_officer.officer" />'


@dataclass(frozen=True)
class Plant:
    """In `file`, `old` became `new`; the finding of `rule` names `element`."""

    rule: str
    file: str
    old: str
    new: str
    element: str

    def __str__(self) -> str:
        return f"{self.rule}-{self.element}"


FILES = load_bundle(shipped()).files


def retyped(element: str, tag: str, file: str = HANDLING) -> tuple[str, str]:
    """An exclusive gateway as it stands, and the same as another kind of gateway."""
    drawn = FILES[file].decode()
    begins = drawn.index(f'<bpmn:exclusiveGateway id="{element}"')
    ends = drawn.index("</bpmn:exclusiveGateway>", begins) + len("</bpmn:exclusiveGateway>")
    return drawn[begins:ends], drawn[begins:ends].replace("exclusiveGateway", tag)


PLANTS = [
    Plant("xml_limits", HANDLING, "<bpmn:definitions", "<!DOCTYPE x>\n<bpmn:definitions", ""),
    Plant("readable", TOML, "[groups]", "[groups", ""),
    Plant("unique_ids", APPRAISAL, 'id="supplement_due_timer"', 'id="supplement_dossier"', "supplement_dossier"),
    Plant("references", VOTE, ">cast_ballot</bpmn:flowNodeRef>", ">cast_vote</bpmn:flowNodeRef>", "lane_council"),
    Plant("allowed_elements", ROUND, "bpmn:intermediateThrowEvent", "bpmn:sendTask", "report_conclusion"),
    Plant(
        "allowed_elements",
        VOTE,
        '<bpmn:multiInstanceLoopCharacteristics id="cast_ballot_members">',
        '<bpmn:multiInstanceLoopCharacteristics id="cast_ballot_members" isSequential="true">',
        "cast_ballot",
    ),
    Plant("no_scripts", APPRAISAL, OFFICER, f"{OFFICER}<spiffworkflow:postScript>1</spiffworkflow:postScript>", ""),
    Plant("connections", HANDLING, 'targetRef="choose_review"', 'targetRef="join_round"', "choose_review"),
    Plant("soundness", HANDLING, *retyped("review_over", "parallelGateway"), "review_over"),
    Plant("parallel_cycle", HANDLING, *retyped("appraisal_entry", "parallelGateway"), "appraisal_entry"),
    Plant("event_choice", MEETING, *retyped("quorum_reached", "eventBasedGateway", MEETING), "vote_on_lines"),
    Plant(
        "caught",
        APPRAISAL,
        '<bpmn:endEvent id="appraisal_refused" name="Không đạt">',
        '<bpmn:endEvent id="appraisal_refused" name="Không đạt"><bpmn:errorEventDefinition />',
        "appraisal_refused",
    ),
    Plant(
        "condition_placement",
        APPRAISAL,
        'targetRef="appraisal_point" />',
        f'targetRef="appraisal_point">{FORMAL}lines.any_open</bpmn:conditionExpression></bpmn:sequenceFlow>',
        "appraisal_begun__appraisal_point",
    ),
    Plant("gateway_default", MEETING, ' default="quorum_reached__meeting_entry"', "", "quorum_reached"),
    Plant("no_numerals", APPRAISAL, "not(lines.any_open)", "lines.open = 0", "appraisal_result__appraisal_refused"),
    Plant("expressions", APPRAISAL, '"forward"', '"forwards"', "appraisal_result__appraisal_passed"),
    Plant("tables", COUNCIL, "<text>true</text>", '<text>"có"</text>', "council_required"),
    Plant("completeness", COUNCIL, '<text>"covid"</text>', '<text>"other"</text>', "council_required"),
    Plant("completeness", COUNCIL, '<text>"ad_hoc"</text>', '<text>"ad_hoc","any"</text>', "nd91_2017_d55"),
    Plant("lanes", TOML, '[lanes."Giám đốc"]', '[lanes."Ban Giám đốc"]', "Ban Giám đốc"),
    Plant("forms", "forms/write_minutes.schema.json", '"additionalProperties": false', '"title": "x"', ""),
    Plant("form_language", "forms/appraise_dossier.schema.json", '"maxItems": 100,', "", "lines"),
    Plant("fact_names", TOML, '[facts."dossier.unit"]', '[facts."dossier.for"]', "dossier.for"),
    Plant("decisions", HANDLING, "DecisionId>review_way<", "DecisionId>review_ways<", "choose_review"),
    Plant("messages", TOML, "[messages.dossier_ready]", "[messages.dossier_done]", "join_round"),
    Plant("deadlines", APPRAISAL, "due.supplement<", "due.supplements<", "supplement_due"),
    Plant(
        "deadlines",
        APPRAISAL,
        '<bpmn:timeDate xsi:type="bpmn:tFormalExpression">due.supplement</bpmn:timeDate>',
        '<bpmn:timeDuration xsi:type="bpmn:tFormalExpression">due.supplement</bpmn:timeDuration>',
        "supplement_due",
    ),
    Plant("rule_sets", TOML, "valid_to = 2024-01-01", "valid_to = 2023-12-31", "r2024"),
    Plant("rule_sets", TOML, "valid_to = 2026-10-01", "valid_to = 2026-10-02", "r2026"),
    Plant("identifiers", HANDLING, "choose_review", "activity_1f5x", "activity_1f5x"),
    Plant("operations", "dossier.bpmn", 'value="send_notice"', 'value="send_notices"', ""),
    Plant(
        "operations", "documents/decision.toml", '"draft_decision.fund"', '"draft_decision.funds"', "render_decision"
    ),
    Plant("operations", "documents/decision.toml", 'work = "work"', 'work = "works"', "render_decision"),
    Plant("leftovers", "issue_decision.bpmn", 'value="decision.typ"', 'value="replacing_decision.typ"', "decision"),
    Plant("legal_basis", HANDLING, "NĐ 30/2020 Điều 23 [K]", "NĐ 30/2020 Điều 23 [U]", "assign_officer"),
    Plant("citations", COUNCIL, "[V]: hồ sơ phải có", ": hồ sơ phải có", "luat_tdkt_2013_d84_k2c"),
    Plant("properties", APPRAISAL, 'value="tra-lai"', 'value="tra-về"', "supplement_dossier"),
    Plant("properties", "province_answer.bpmn", 'value="outside_answer"', 'value="letter"', "record_province_reply"),
    Plant("properties", APPRAISAL, 'value="supplement_overdue"', 'value="late"', "supplement_overdue"),
    Plant("lanes", TOML, "[linked.revocation]", "[linked.recall]", "recall"),
    Plant(
        "leftovers", TOML, "[series.decision]", '[series.outgoing]\nformat = "{number}"\n[series.decision]', "outgoing"
    ),
    Plant(
        "explained",
        "coverage.toml",
        "# What no story",
        '[[explained]]\nprocess = "handling"\nflows = ["gone"]\nreason = "."\n# What no story',
        "gone",
    ),
    Plant("drawing", APPRAISAL, ' name="Thẩm định hồ sơ"', "", "appraise_dossier"),
]


def test_the_procedure_that_is_shipped_is_clean() -> None:
    assert [str(finding) for finding in inspect(FILES)] == []


@pytest.mark.parametrize("plant", PLANTS, ids=str)
def test_a_fault_planted_into_the_procedure_is_named(plant: Plant) -> None:
    text = FILES[plant.file].decode()
    assert plant.old in text
    findings = inspect({**FILES, plant.file: text.replace(plant.old, plant.new).encode()})
    found = {(finding.rule, finding.element) for finding in findings}
    assert plant.rule in {rule for rule, _ in found}
    assert not plant.element or (plant.rule, plant.element) in found


def test_every_rule_finds_a_fault_in_the_procedure_but_that_of_size() -> None:
    assert {rule.RULE for rule in RULES} - {plant.rule for plant in PLANTS} == {"tree_size"}
