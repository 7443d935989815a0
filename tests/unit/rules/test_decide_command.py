"""`vinhdanh decide` tells what was decided by which rows; wrong use and bad files are told, never traced back."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.unit.rules.drawn import AMOUNT, BASE_SALARY, BONUS, FACTS, PLACE, REGION, dmn, literal
from webapp.cli import main

Console = Callable[..., Result]


@pytest.fixture
def console(tmp_path: Path) -> Console:
    """`console(file, *arguments)`: what `vinhdanh decide` says of a file with this content."""

    def ask(content: bytes, *arguments: str) -> Result:
        file = tmp_path / PLACE
        file.write_bytes(content)
        return CliRunner().invoke(main, ["decide", str(file), *arguments, "--json"])

    return ask


def test_the_command_decides_what_nobody_requires_and_tells_every_decision_made(console: Console) -> None:
    told = console(dmn(AMOUNT, BONUS, REGION, BASE_SALARY), "--input", json.dumps({**FACTS, "bonus": 5}))

    answer = json.loads(told.output)
    assert (told.exit_code, answer["decision"], answer["outputs"], answer["rules"]) == (
        0,
        "amount",
        {"amount": 7200000},
        [],
    )
    assert [(each["decision"], each["rules"]) for each in answer["decided"]] == [
        ("base_salary", ["mountains"]),
        ("bonus", ["fighter"]),
        ("amount", []),
    ]
    assert "«bonus» was given" in answer["warnings"][0]


def test_the_command_takes_types_from_the_input_data_and_the_columns(console: Console) -> None:
    day = '<inputData id="s" name="signed"><variable name="signed" typeRef="date"/></inputData>'
    late = literal("late", 'signed > date("2021-01-01")', kind="boolean")

    assert json.loads(console(dmn(late, day), "--input", '{"signed": "2021-10-25"}').output)["outputs"] == {
        "late": True
    }
    assert json.loads(console(dmn(late, day), "--input", '{"signed": "soon"}').output)["error"] == "FactOfWrongKind"
    assert json.loads(console(dmn(BASE_SALARY, REGION)).output)["error"] == "FactMissing"
    assert json.loads(console(dmn(BASE_SALARY, BONUS, REGION), "--input", '{"region": "mountains"}').output)["error"]


def test_a_file_of_several_last_decisions_wants_one_named(console: Console) -> None:
    two = dmn(literal("a", "1"), literal("b", "2"))

    assert (console(two).exit_code, console(two, "x").exit_code) == (2, 2)
    assert "a, b" in console(two).output
    assert json.loads(console(two, "b").output)["outputs"] == {"b": 2}


@pytest.mark.parametrize(
    "facts",
    [
        *("nothing", "[]", "NaN", '{"a": Infinity}', '{"a": {"date": "soon"}}', '{"a": {"decimal": "x"}}'),
        *("[" * 100_000, '{"a":' * 900 + "1" + "}" * 900, '{"a": {"date": 1}}', '{"a": ' + "9" * 5000 + "}"),
    ],
)
def test_facts_that_cannot_be_read_are_wrong_use(console: Console, facts: str) -> None:
    told = console(dmn(literal("a", "1")), "--input", facts)

    assert (told.exit_code, "Error:" in told.output, "Traceback" in told.output) == (2, True, False)


@pytest.mark.parametrize("content", [b"", b"<x/>", b"\x00", b"<definitions>", dmn(), dmn("<decision/>"), dmn(AMOUNT)])
def test_a_file_that_cannot_be_decided_is_an_answer_not_a_traceback(console: Console, content: bytes) -> None:
    told = console(content)

    assert (told.exit_code, set(json.loads(told.output))) == (1, {"error", "message"})


def test_nothing_of_the_facts_reaches_further_than_their_names(console: Console) -> None:
    facts = '{"__proto__": {"a": 1}, "a b": 1, "constructor": 2, "": 3, "x.y": 4, "été": {"": []}}'
    told = console(dmn(literal("a", "1")), "--input", facts)

    assert json.loads(told.output)["outputs"] == {"a": 1}
