"""DMN files as dmn-js writes them are read; files that attack, or say what cannot be run, are refused."""

from collections.abc import Callable

import pytest

from workflows.rules.errors import TableRejected
from workflows.rules.table import Table, parse_table
from workflows.rules.table_plan import check_table, table_problems
from workflows.rules.vocabulary import Vocabulary

DMN_JS = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/"
  xmlns:biodi="http://bpmn.io/schema/dmn/biodi/2.0" id="def" name="def" namespace="http://camunda.org/schema/1.0/dmn">
  <inputData id="kind" name="Kind" />
  <decision id="council_required" name="Phải họp Hội đồng?">
    <informationRequirement id="r"><requiredInput href="#kind" /></informationRequirement>
    <decisionTable id="t">
      <input id="i1" label="Loại hồ sơ" biodi:width="192">
        <inputExpression id="e1" typeRef="string"><text>dossier.kind</text></inputExpression>
        <inputValues id="v1"><text>"thematic","regular"</text></inputValues>
      </input>
      <output id="o1" label="Phải họp" name="required" typeRef="boolean" />
      <annotation name="Căn cứ" />
      <rule id="dieu_13">
        <description>Điều 13 khoản 2</description>
        <inputEntry id="c1"><text>"thematic"</text></inputEntry>
        <outputEntry id="a1"><text>true</text></outputEntry>
        <annotationEntry><text>chắc chắn</text></annotationEntry>
      </rule>
      <rule id="rest">
        <inputEntry id="c2"><text></text></inputEntry>
        <outputEntry id="a2"><text>false</text></outputEntry>
      </rule>
    </decisionTable>
  </decision>
  <dmndi:DMNDI><dmndi:DMNDiagram /></dmndi:DMNDI>
</definitions>
"""
DmnXml = Callable[..., bytes]
TableOf = Callable[..., Table]


def test_a_file_of_dmn_js_is_read() -> None:
    table = parse_table(DMN_JS.encode(), place="council_required.dmn")

    assert (table.id, table.name, table.hit_policy) == ("council_required", "Phải họp Hội đồng?", "UNIQUE")
    assert table.inputs[0].label == "Loại hồ sơ"
    assert table.inputs[0].values == ("thematic", "regular")
    assert table.outputs[0].name == "required"
    assert table.outputs[0].kind == "boolean"
    assert [rule.id for rule in table.rules] == ["dieu_13", "rest"]
    assert table.rules[0].description == "chắc chắn\nĐiều 13 khoản 2"
    assert table.rules[1].inputs == ("",)
    assert len(table.sha256) == 64


@pytest.mark.parametrize(
    ("written", "instead", "why"),
    [
        ('<decision id="council_required"', '<businessKnowledgeModel id="x"', "not XML"),
        ("<decisionTable", '<decisionTable hitPolicy="BEST"', "hit policy «BEST» is unknown"),
        ("<decisionTable", '<decisionTable aggregation="SUM"', "fits only COLLECT"),
        ("<decisionTable", '<decisionTable hitPolicy="PRIORITY"', "best first"),
        ("<text>dossier.kind</text>", "<text> </text>", "«Loại hồ sơ» has no expression"),
        ('typeRef="boolean"', 'typeRef="tKind"', "type «tKind» is not known"),
        ('name="required" ', 'name="" ', None),
        ("<text>true</text>", "<text></text>", "row 1 gives nothing for «required»"),
        ('id="rest"', 'id="dieu_13"', "rule id «dieu_13» is there twice"),
        ('"thematic","regular"', "thematic", "Write texts in quotes"),
        ('"thematic","regular"', '"thematic","thematic"', "is there twice"),
        ('"thematic","regular"', "1,2", "Write texts in quotes"),
        ('<inputEntry id="c2"><text></text></inputEntry>', "", "row 2 has 0 \\+ 1 cells"),
        ('<inputEntry id="c1">', '<inputEntry id="c1" expressionLanguage="juel">', "Only FEEL is run"),
        ("</definitions>", "", "not XML"),
        ("</decision>", '</decision><decision id="b"/>', "2 decisions"),
        ("definitions", "html", "decisions"),
    ],
)
def test_what_cannot_be_run_is_refused_with_what_to_change(written: str, instead: str, why: str | None) -> None:
    changed = DMN_JS.replace(written, instead).encode()

    if why is None:
        assert parse_table(changed, place="x.dmn").outputs[0].name == "council_required"
        return
    with pytest.raises(TableRejected, match=why) as refused:
        parse_table(changed, place="x.dmn")
    assert str(refused.value).startswith("x.dmn: the decision table is rejected: ")


@pytest.mark.parametrize(
    ("attack", "why"),
    [
        (b"", "not XML"),
        (b"not xml", "not XML"),
        (b"<a>&undefined;</a>", "not XML"),
        (b"<a>" * 300 + b"</a>" * 300, "not XML"),
        (b"<a>\x00</a>", "not UTF-8"),
        ("<a/>".encode("utf-16"), "not UTF-8"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "DOCTYPE"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "DOCTYPE"),
        (b"<a>" + b"<b/>" * 20_001 + b"</a>", "more than 20000 parts"),
        (b"<a>" + b" " * 2_000_000 + b"</a>", "2000000 are allowed"),
    ],
    ids=["empty", "text", "undefined", "depth", "nul", "utf-16", "entity", "external", "nodes", "size"],
)
def test_a_file_that_attacks_is_refused(attack: bytes, why: str) -> None:
    with pytest.raises(TableRejected, match=why):
        parse_table(attack, place="x.dmn")


def test_all_problems_of_a_table_are_told_at_once(table: TableOf, vocabulary: Vocabulary) -> None:
    wrong = table(
        [('"tematic"', "> x", '"council"'), ("-", "1,5", "3"), ('"regular"', "-", '"direct"')],
        inputs=[("dossier.kind", "string"), ("lines.open", "number")],
    )

    problems = [str(problem) for problem in table_problems(wrong, vocabulary, place="route.dmn")]

    assert [problem.split(": ")[0] for problem in problems] == [
        "route.dmn, table route, row 1, column «dossier.kind»",
        "route.dmn, table route, row 1, column «lines.open»",
        "route.dmn, table route, row 2, column «lines.open»",
        "route.dmn, table route, row 2, column «stage»",
    ]


def test_a_column_that_is_wrong_is_told_once_and_its_cells_are_left(table: TableOf, vocabulary: Vocabulary) -> None:
    wrong = table([('"a"', '"council"'), ('"b"', '"direct"')], inputs=[("dossier.knd", "string")])

    (problem,) = table_problems(wrong, vocabulary, place="route.dmn")
    assert str(problem) == (
        "route.dmn, table route, column «dossier.knd»: «dossier.knd» in «dossier.knd» is not a declared fact."
        " Did you mean dossier.kind?"
    )


def test_an_output_without_a_type_is_told_as_no_fact_can_be_declared_by_it(
    table: TableOf, vocabulary: Vocabulary
) -> None:
    untyped = table([("-", "-", '"council"')], outputs=[("stage", "")])

    (problem,) = table_problems(untyped, vocabulary, place="route.dmn")
    assert str(problem).startswith("route.dmn, table route, column «stage»: the output column has no type.")


def test_the_facts_a_table_names_are_told(table: TableOf, vocabulary: Vocabulary) -> None:
    asked = table([('"thematic"', "> council.size", "lines.total")], outputs=[("n", "number")])

    assert check_table(asked, vocabulary, place="route.dmn") == {
        "dossier.kind",
        "lines.open",
        "council.size",
        "lines.total",
    }


def test_a_column_of_the_wrong_kind_or_values_is_refused(table: TableOf, vocabulary: Vocabulary) -> None:
    of_kind = table([("1", '"a"')], inputs=[("dossier.kind", "number")])
    of_values = table([("-", '"a"')], inputs=[("dossier.kind", "string", '"thematic", "tematic"')])
    inexact = table([("> 1", '"a"')], inputs=[("lines.open * 0.7", "number")])

    for wrong, why in ((of_kind, "is needed"), (of_values, '"tematic"'), (inexact, "not exact")):
        problems = table_problems(wrong, vocabulary, place="route.dmn")
        assert why in str(problems[0])
