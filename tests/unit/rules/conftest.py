"""The facts of one dossier and a decision table as dmn-js writes it, for every test of the rules."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pytest

from workflows.rules.table import Table, parse_table
from workflows.rules.vocabulary import FactType, Vocabulary

Column = tuple[str, str] | tuple[str, str, str]
DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
KIND: Column = ("dossier.kind", "string")
OPEN: Column = ("lines.open", "number")


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """The facts that the diagram of a dossier declares."""
    return {
        "dossier.kind": FactType("text", ("thematic", "regular", "sudden")),
        "dossier.note": FactType("text"),
        "dossier.signed": FactType("date"),
        "legal date": FactType("date"),
        "due.appraisal": FactType("instant"),
        "appraise_dossier.outcome": FactType("text", ("accept", "return", "refuse")),
        "lines.total": FactType("number"),
        "lines.open": FactType("number"),
        "lines.all": FactType("list", of="context"),
        "lines.all.verdict": FactType("text", ("passed", "failed")),
        "lines.all.votes": FactType("number"),
        "line.coefficient": FactType("number"),
        "council.members": FactType("list", of="text"),
        "council.size": FactType("number"),
        "council.present": FactType("number"),
        "council.required": FactType("boolean"),
    }


@pytest.fixture
def facts() -> dict[str, Any]:
    """A thematic dossier with two open lines before a council of nine."""
    return {
        "dossier": {"kind": "thematic", "note": None, "signed": date(2024, 5, 1)},
        "legal date": date(2024, 5, 1),
        "due": {"appraisal": datetime(2024, 5, 20, 10, 0, tzinfo=UTC)},
        "appraise_dossier": {"outcome": "accept"},
        "lines": {
            "total": 3,
            "open": 2,
            "all": [{"verdict": "passed", "votes": 7}, {"verdict": "failed", "votes": 2}],
        },
        "council": {"members": ["an", "binh"], "size": 9, "present": 6, "required": True},
    }


DmnXml = Callable[..., bytes]
TableOf = Callable[..., Table]


@pytest.fixture(scope="session")
def dmn() -> DmnXml:
    """`dmn(rows, hit="FIRST", inputs=…, outputs=…, aggregation="SUM")`: the bytes of a DMN 1.3 file."""

    def build(
        rows: Sequence[Sequence[str]],
        hit: str = "UNIQUE",
        *,
        inputs: Sequence[Column] = (KIND, OPEN),
        outputs: Sequence[Column] = (("stage", "string"),),
        aggregation: str = "",
    ) -> bytes:
        aggregated = f' aggregation="{aggregation}"' if aggregation else ""
        columns = "".join(_input(*column) for column in inputs) + "".join(_output(*column) for column in outputs)
        written = "".join(_rule(number, row, len(inputs)) for number, row in enumerate(rows, 1))
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="{DMN}" id="d" name="d" namespace="n">'
            f'<decision id="route" name="Route"><decisionTable id="t" hitPolicy="{hit}"{aggregated}>'
            f"{columns}{written}</decisionTable></decision></definitions>"
        ).encode()

    return build


@pytest.fixture(scope="session")
def table(dmn: DmnXml) -> TableOf:
    """The same table, parsed."""
    return lambda *args, **options: parse_table(dmn(*args, **options), place="route.dmn")


def _input(expression: str, kind: str, values: str = "") -> str:
    allowed = f"<inputValues><text>{escape(values)}</text></inputValues>" if values else ""
    asked = f'<inputExpression typeRef="{kind}"><text>{escape(expression)}</text></inputExpression>'
    return f"<input label={quoteattr(expression)}>{asked}{allowed}</input>"


def _output(name: str, kind: str, values: str = "") -> str:
    allowed = f"<outputValues><text>{escape(values)}</text></outputValues>" if values else ""
    return f'<output name="{name}" typeRef="{kind}">{allowed}</output>'


def _rule(number: int, cells: Sequence[str], inputs: int) -> str:
    entries = "".join(f"<inputEntry><text>{escape(cell)}</text></inputEntry>" for cell in cells[:inputs])
    answers = "".join(f"<outputEntry><text>{escape(cell)}</text></outputEntry>" for cell in cells[inputs:])
    return f'<rule id="row{number}"><description>Art. {number}</description>{entries}{answers}</rule>'
