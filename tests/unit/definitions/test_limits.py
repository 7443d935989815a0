"""Files that grow, reach outside or hide are refused with a sentence before anything is made of them."""

import itertools
import time

import pytest

from tests.unit.definitions.pairs import SMALL
from workflows.definitions import load_bundle
from workflows.definitions.lint import Finding, inspect, xml_limits

FILES = dict(load_bundle(SMALL).files)
WALK, TABLE = "walk.bpmn", "decisions/weigh_answer/r1.dmn"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def found(path: str, content: bytes) -> list[Finding]:
    """What is said of the small bundle with one file replaced, within two seconds."""
    began = time.monotonic()
    findings = inspect({**FILES, path: content})
    assert time.monotonic() - began < 2
    return findings


def text(path: str) -> str:
    return FILES[path].decode()


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
EXCESSES = {
    "a doctype": text(WALK).replace(HEAD, f"{HEAD}<!DOCTYPE x>"),
    "a doctype elsewhere": text(WALK).replace(HEAD, f'{HEAD}<!DOCTYPE x SYSTEM "http://example.org/x.dtd">'),
    "an entity that grows": text(WALK).replace(HEAD, f'{HEAD}<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'),
    "an entity of a file": text(WALK).replace(HEAD, f'{HEAD}<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'),
    "a parameter entity": text(WALK).replace(HEAD, f'{HEAD}<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///x"> %p;]>'),
    "an entity without a doctype": f'{text(WALK)}<!ENTITY f "x">',
    "two million bytes": text(WALK) + " " * 2_000_000,
    "too many elements": text(WALK).replace("</bpmn:process>", "<bpmn:a/>" * 20_001 + "</bpmn:process>"),
    "too deep": text(WALK).replace("</bpmn:process>", "<bpmn:a>" * 70 + "</bpmn:a>" * 70 + "</bpmn:process>"),
    "much too deep": text(WALK).replace(
        "</bpmn:process>", "<bpmn:a>" * 9_000 + "</bpmn:a>" * 9_000 + "</bpmn:process>"
    ),
    "too many namespaces": text(WALK).replace(
        "</bpmn:process>", "".join(f'<a xmlns="urn:{n}"/>' for n in range(200)) + "</bpmn:process>"
    ),
    "another encoding": text(WALK).replace('encoding="UTF-8"', 'encoding="ISO-8859-1"'),
    "a forgotten encoding": text(WALK).replace('encoding="UTF-8"', "encoding='utf-7'"),
}


@pytest.mark.parametrize("path", [WALK, TABLE])
@pytest.mark.parametrize("excess", EXCESSES)
def test_a_file_beyond_a_limit_is_refused_in_diagrams_and_tables_alike(path: str, excess: str) -> None:
    findings = found(path, EXCESSES[excess].encode())
    assert {(finding.rule, finding.file) for finding in findings} == {("xml_limits", path)}
    assert all(finding.vi and finding.en and finding.fix_vi and finding.fix_en for finding in findings)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "cp1258", "latin-1"])
def test_a_file_that_is_not_utf8_is_refused_whatever_it_says_of_itself(encoding: str) -> None:
    content = text(WALK).encode(encoding, errors="xmlcharrefreplace")
    if encoding in {"cp1258", "latin-1"}:
        content = content.replace(b"UTF-8", b"UTF-8 ").replace(b"UTF-8 ", b"UTF-8") + b"<!-- \xe9 -->"
    assert [finding.rule for finding in found(WALK, content)] == ["xml_limits"]


def test_a_byte_order_mark_is_no_excess() -> None:
    assert found(WALK, b"\xef\xbb\xbf" + FILES[WALK]) == []


def test_the_line_of_a_doctype_is_told() -> None:
    content = text(WALK).replace("<bpmn:collaboration", "\n\n<!DOCTYPE x>\n<bpmn:collaboration", 1)
    (finding,) = found(WALK, content.encode())
    assert content.splitlines()[finding.line - 1] == "<!DOCTYPE x>"


def test_the_limits_are_those_of_the_reader() -> None:
    bundle = load_bundle(SMALL)
    assert list(xml_limits.check(bundle)) == []


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("bundle.toml", b"\xff"),
        ("bundle.toml", b"key = 'small'"),
        ("bundle.toml", b"a = " + b"[" * 5_000),
        ("forms/ask_question.schema.json", b"{"),
        ("forms/ask_question.schema.json", b"[" * 50_000),
        ("forms/ask_question.schema.json", b"\xff\xfe"),
        (WALK, b""),
        (WALK, b"<bpmn:definitions"),
        (WALK, b"<definitions/>"),
        (WALK, FILES[WALK].replace("Hỏi".encode(), b"&strange;")),
        (TABLE, FILES[TABLE][:-40]),
        (TABLE, FILES[WALK]),
        ("decisions/other/r1.dmn", FILES[TABLE]),
        ("again.bpmn", FILES[WALK]),
        ("../outside.bpmn", FILES[WALK]),
    ],
)
def test_what_cannot_be_read_is_one_finding_that_says_why(path: str, content: bytes) -> None:
    (finding,) = found(path, content)
    assert finding.rule == "readable"
    assert finding.en.startswith("It cannot be read: ")


@pytest.mark.parametrize("key", ["s' or '1'='1", "a b", "1st", "", "đơn_vị", "a" * 200, "x&quot;y"])
def test_an_id_with_strange_signs_is_named(key: str) -> None:
    findings = found(WALK, text(WALK).replace('id="walk_left_di"', f'id="{key}"').encode())
    assert {finding.rule for finding in findings} == {"unique_ids"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('messageRef="message_word_sent"', 'messageRef="message_lost"'),
        ('messageRef="message_word_sent"', 'messageRef="walk_done"'),
        ('processRef="walk"', 'processRef="wlak"'),
        ('default="is_enough__walk_refused"', 'default="is_enough__walk_left"'),
        ('bpmnElement="walk_left"', 'bpmnElement="walk_lost"'),
        ("<bpmn:outgoing>send_word__walk_done<", "<bpmn:outgoing>send_word__walk_gone<"),
        (">walk_left</bpmn:flowNodeRef>", ">walk_lost</bpmn:flowNodeRef>"),
    ],
)
def test_a_reference_that_leads_nowhere_is_named(old: str, new: str) -> None:
    assert old in text(WALK)
    assert "references" in {finding.rule for finding in found(WALK, text(WALK).replace(old, new).encode())}


def test_a_large_diagram_of_small_steps_is_judged_in_time() -> None:
    names = [f"step_{n}_of_many" for n in range(900)]
    tasks = "".join(f'<bpmn:exclusiveGateway id="{name}" name="x" />' for name in names)
    flows = "".join(
        f'<bpmn:sequenceFlow id="{a}__{b}" sourceRef="{a}" targetRef="{b}" />' for a, b in itertools.pairwise(names)
    )
    content = text(WALK).replace("</bpmn:process>", f"{tasks}{flows}</bpmn:process>")
    assert "drawing" in {finding.rule for finding in found(WALK, content.encode())}
