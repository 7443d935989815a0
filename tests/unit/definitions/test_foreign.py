"""A diagram drawn elsewhere is told element by element: what runs, what it lacks, what must be drawn otherwise."""

import json
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.unit.definitions.vendors import BIZAGI, CAMUNDA, HOSTILE, MODELS, PLAIN
from webapp.cli.foreign import import_bpmn
from workflows.definitions import shipped
from workflows.definitions.foreign import ForeignElement, ForeignReport, inspect_foreign


def elements(report: ForeignReport) -> dict[str, ForeignElement]:
    return {each.id: each for process in report.processes for each in process.elements}


def verdicts(name: str) -> dict[str, str]:
    report = inspect_foreign(f"{name}.bpmn", MODELS[name].encode())
    assert report.refused is None
    return {key: each.verdict for key, each in elements(report).items()}


def test_a_model_of_camunda_is_told_element_by_element() -> None:
    report = inspect_foreign("office.bpmn", CAMUNDA.encode())
    assert (report.vendor, [each.id for each in report.processes]) == (
        "Camunda Modeler 5.20.0",
        ["Process_office", "Process_unit"],
    )
    found = elements(report)
    broken = {key for key, each in found.items() if each.verdict == "cannot"}
    assert {"Task_code", "Task_send", "Gate_any", "Sub_event"} <= broken
    assert not {"Task_check", "Gate", "Begin", "Ende"} & broken
    check = found["Task_check"]
    assert (check.verdict, check.line, check.name) == ("needs", 13, "Check")
    assert set(check.ignored) >= {
        "camunda:assignee",
        "camunda:candidateGroups",
        "camunda:formData",
        "camunda:taskListener",
    }
    assert {"forms", "legal_basis"} <= {why.rule for why in check.why}
    assert {why.rule for process in report.processes for why in process.why} == {"lanes", "extension"}
    assert found["Begin"].verdict == "runs"
    assert any("${approved == true}" in why.what.vi for why in found["f3"].why)
    assert {(each.id, each.type) for each in report.beside} == {
        ("Pool_bank", "participant"),
        ("Flow_letter", "messageFlow"),
    }
    assert all(why.what.vi != why.what.en for each in found.values() for why in each.why)


def test_models_of_other_programs_are_told_too() -> None:
    zeebe = verdicts("zeebe")
    assert (zeebe["s"], zeebe["mail"], zeebe["wait"], zeebe["e"]) == ("runs", "needs", "needs", "cannot")
    assert zeebe["ask"] == "cannot"
    assert {"sid-B": "cannot", "sid-D": "cannot", "sid-A": "runs"}.items() <= verdicts("signavio").items()
    assert {"show": "cannot", "call": "cannot", "fill": "cannot", "other": "needs"}.items() <= verdicts("arena").items()


def test_elements_without_ids_or_with_the_same_are_each_told() -> None:
    report = inspect_foreign("b.bpmn", BIZAGI.encode())
    assert report.vendor == "Bizagi Modeler 4.0"
    assert [each.id for each in report.processes] == ["Id_1", "Id_1_2", "line_11_process"]
    first = report.processes[0].elements
    assert {each.type for each in first} >= {
        "startEvent",
        "userTask",
        "complexGateway",
        "task",
        "adHocSubProcess",
        "transaction",
    }
    assert {each.id for each in first} >= {"twice", "twice_2", "lost", "line_4_userTask"}
    assert ("c", "cannot") in {(each.id, each.verdict) for each in report.beside}


def test_our_own_diagrams_lack_only_what_stands_beside_them() -> None:
    for file in sorted(shipped().glob("*.bpmn")):
        report = inspect_foreign(file.name, file.read_bytes())
        assert report.refused is None
        assert report.count("cannot") == 0, file.name
        assert report.count("runs") > 0


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_no_diagram_is_refused_by_its_line(kind: str) -> None:
    content, line = HOSTILE[kind]
    report = inspect_foreign("brought.bpmn", content)
    assert report.refused is not None
    assert report.refused.line == line, report.refused
    assert report.refused.what.vi != report.refused.what.en


def test_words_of_a_model_are_only_words() -> None:
    inside = (
        '<bpmn:userTask id="a" name="{0} %s &lt;script&gt;alert(1)&lt;/script&gt;" /><bpmn:startEvent id="{why}" />'
    )
    report = inspect_foreign("{file}.bpmn", PLAIN.replace("{inside}", inside).encode())
    assert elements(report)["a"].name == "{0} %s <script>alert(1)</script>"


def test_no_damaged_model_stops_the_report() -> None:
    chosen = random.Random(5)
    for number in range(160):
        model = bytearray(chosen.choice(list(MODELS.values())).encode())
        for _ in range(chosen.randint(1, 6)):
            place = chosen.randrange(len(model))
            if number % 2:
                model[place] = chosen.randrange(32, 127)
            else:
                del model[place : place + chosen.randrange(60)]
        report = inspect_foreign("damaged.bpmn", bytes(model))
        assert report.refused is not None or report.processes


def test_the_command_says_it_as_text_and_as_json(tmp_path: Path) -> None:
    file = tmp_path / "office.bpmn"
    file.write_text(CAMUNDA, encoding="utf-8")
    told = CliRunner().invoke(import_bpmn, [str(file), "--json"])
    assert told.exit_code == 1
    whole = json.loads(told.output)
    assert whole["counts"]["cannot"] >= 6
    assert whole["processes"][0]["elements"][0]["why"] is not None
    said = CliRunner().invoke(import_bpmn, [str(file), "--lang", "en"]).output
    assert "- line 22: inclusive gateway (Gate_any)" in said
    file.write_bytes(HOSTILE["laughs"][0])
    refused = CliRunner().invoke(import_bpmn, [str(file)])
    assert (refused.exit_code, "dòng 2: Tệp có DOCTYPE." in refused.output) == (1, True)
