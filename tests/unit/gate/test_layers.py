"""The check before publishing names each planted fault in its layer, and ends with a report for any files at all."""

import json
from pathlib import Path

import pytest

from tests.unit.definitions.sketch import files
from workflows.domain.gated import Layer, report_from
from workflows.gate import gate

DEADLOCK = """start begun
xor choice
user ask_unit
user ask_other
and both
end done
begun > choice > ask_unit > both > done
choice > ask_other > both"""
SMALL = Path(__file__).parents[1] / "definitions" / "small"


def layer(held: dict[str, bytes], key: str) -> Layer:
    return next(each for each in gate(None, held).layers if each.key == key)


def test_a_planted_deadlock_is_found_with_the_shortest_way_to_it() -> None:
    found = next(each for each in layer(files(DEADLOCK), "reading").findings if each.rule == "soundness")
    assert found.path == ("begun", "choice", "ask_unit")
    assert found.element == "both"


def test_a_name_nobody_declared_is_found_among_the_expressions() -> None:
    asked = files(
        """start begun
xor way
end done
end stopped
begun > way > done
way > stopped [go.nowhere = true]"""
    )
    found = layer(asked, "expressions")
    assert found.state == "failed"
    assert any("go.nowhere" in each.en for each in found.findings)


def test_a_table_that_leaves_a_question_open_is_found_among_the_decisions() -> None:
    held = {path.relative_to(SMALL).as_posix(): path.read_bytes() for path in SMALL.rglob("*") if path.is_file()}
    table = "decisions/weigh_answer/r1.dmn"
    text = held[table].decode()
    held[table] = (text[: text.rindex("<rule ")] + text[text.rindex("</rule>") + 7 :]).encode()
    found = layer(held, "decisions")
    assert found.state == "warned"
    assert "completeness" in {each.rule for each in found.findings}


@pytest.mark.parametrize(
    "held",
    [
        {},
        {"bundle.toml": b"\x00"},
        {"bundle.toml": b"key = 1", "walk.bpmn": b"<"},
        {"../bundle.toml": b"", "bundle.toml": b"key = 'a'"},
    ],
)
def test_whatever_the_files_are_the_check_ends_with_a_report_that_refuses_them(held: dict[str, bytes]) -> None:
    found = gate(None, held)
    assert not found.ok
    assert found.errors()
    assert report_from(json.loads(json.dumps(found.as_json()))) == found
