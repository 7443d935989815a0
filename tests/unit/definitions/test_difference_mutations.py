"""Whatever is altered in the shipped bundle is told at the right file and the right element, and nothing else is."""

import json
import random
import re
import time
from collections.abc import Callable

import pytest
from lxml import etree

from workflows.definitions import load_bundle, shipped
from workflows.definitions.diagram import BPMN, bpmn, tag
from workflows.definitions.difference import Change, _compared
from workflows.definitions.difference.names import Names

BUNDLE = load_bundle(shipped())
NAMES = Names(BUNDLE, BUNDLE)
Altered = tuple[str, bytes, str]
"""A file, what it now holds, and the element that was altered."""


def told(file: str, content: bytes) -> tuple[Change, ...]:
    return _compared(BUNDLE.files, {**BUNDLE.files, file: content}, NAMES).changes


def xml_of(file: str) -> etree._Element:
    return etree.fromstring(BUNDLE.files[file])


def written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def diagram(chosen: random.Random) -> Altered:
    """An element or a flow gets another word, loses a part or goes."""
    process = chosen.choice(list(BUNDLE.processes.values()))
    key = chosen.choice([*process.elements, *process.flows])
    root = xml_of(process.file)
    node = next(each for each in root.iter(etree.Element) if each.get("id") == key)
    match chosen.choice(["name", "word", "value", "gone", "new"]):
        case "name":
            node.set("name", "Tên khác")
        case "word":
            node.set(chosen.choice(["default", "attachedToRef", "camunda", "cancelActivity"]), "another")
        case "value":
            parts = [each for each in node.iter(etree.Element) if tag(each) == "property"]
            for part in parts[:1]:
                part.set("value", "another")
            if not parts:
                etree.SubElement(node, bpmn("documentation")).text = "Lời mới"
        case "gone":
            around = node.getparent()
            assert around is not None
            around.remove(node)
        case _:
            etree.SubElement(node, bpmn("terminateEventDefinition")).set("by", "tests")
    return process.file, written(root), key


def table(chosen: random.Random) -> Altered:
    """A cell of a row gets another answer, its source another article, or the row goes."""
    decision = chosen.choice(list(BUNDLE.tables))
    file = f"decisions/{decision}/{chosen.choice(list(BUNDLE.tables[decision]))}.dmn"
    root = xml_of(file)
    rows = [each for each in root.iter(etree.Element) if tag(each) == "rule"]
    row = chosen.choice(rows)
    if chosen.random() < 0.2 and len(rows) > 1:
        around = row.getparent()
        assert around is not None
        around.remove(row)
    else:
        inside = [each for each in row.iter(etree.Element) if tag(each) in {"text", "description"}]
        part = chosen.choice(inside)
        part.text = f"{part.text or ''} 7"
    return file, written(root), str(row.get("id"))


def form(chosen: random.Random) -> Altered:
    """A field is asked for or shown otherwise, or goes."""
    task = chosen.choice([key for key, form in BUNDLE.forms.items() if form.fields])
    kind, word = chosen.choice([("schema", "properties"), ("ui", "fields")])
    file = f"forms/{task}.{kind}.json"
    whole = json.loads(BUNDLE.files[file])
    name = chosen.choice(list(whole[word]))
    if chosen.random() < 0.3:
        del whole[word][name]
    else:
        whole[word][name][chosen.choice(["help", "maxLength", "label", "type", "x-new"])] = chosen.choice(
            [7, "khác", True]
        )
    return file, json.dumps(whole).encode(), name


def lines(chosen: random.Random) -> Altered:
    """A line of any file that is text gets another value."""
    file = chosen.choice([path for path in BUNDLE.files if path.endswith((".toml", ".typ"))])
    rows = BUNDLE.files[file].decode().split("\n")
    wanted = (
        [n for n, row in enumerate(rows) if re.fullmatch(r'[\w."]+ = "[^"]*"', row)] if file.endswith(".toml") else []
    )
    place = chosen.choice(wanted or range(len(rows)))
    rows[place] = f'{rows[place].partition(" = ")[0]} = "khác hẳn"' if wanted else f"{rows[place]} khác"
    return file, "\n".join(rows).encode(), ""


@pytest.mark.parametrize("kind", [diagram, table, form, lines])
def test_every_alteration_is_told_where_it_was_made(kind: Callable[[random.Random], Altered]) -> None:
    chosen = random.Random(11)
    for _ in range(60):
        file, content, element = kind(chosen)
        if content == BUNDLE.files[file]:
            continue
        found = told(file, content)
        assert found, (file, element)
        assert {change.file for change in found} == {file}
        assert all(change.said.vi and change.said.en for change in found)
        if element:
            assert element in {change.element for change in found if change.kind != "moved"}, (file, element)
        assert told(file, BUNDLE.files[file]) == ()


def test_no_damaged_file_stops_the_comparison() -> None:
    chosen = random.Random(12)
    for file in chosen.sample(sorted(BUNDLE.files), 60):
        damaged = bytearray(BUNDLE.files[file] or b" ")
        for _ in range(chosen.randint(1, 5)):
            damaged[chosen.randrange(len(damaged))] = chosen.randrange(256)
        cut = bytes(damaged[: chosen.randrange(len(damaged)) + 1])
        assert cut == BUNDLE.files[file] or told(file, cut)
        assert told(file, bytes(damaged)) or bytes(damaged) == BUNDLE.files[file]


def many_rows(value: str) -> bytes:
    return "\n".join(f'[[rows]]\nkey = "{row}"\nx = {value}' for row in range(4_000)).encode()


def many_choices(first: int) -> bytes:
    return json.dumps({"properties": {"f": {"enum": list(range(first, first + 15_000))}}}).encode()


def many_ways(step: int) -> bytes:
    inside = "".join(
        f'<exclusiveGateway id="g{n}"/><sequenceFlow id="f{n}" sourceRef="g{n}" targetRef="g{(n + step) % 3000}"/>'
        for n in range(3_000)
    )
    return f'<definitions xmlns="{BPMN}"><process id="p">{inside}</process></definitions>'.encode()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("movements/m.toml", many_rows("1"), many_rows("2")),
        ("forms/f.schema.json", many_choices(0), many_choices(9)),
        ("p.bpmn", many_ways(1), many_ways(2)),
        ("documents/d.typ", b"a\nb\n" * 20_000, b"b\na\na\n" * 20_000),
    ],
    ids=["rows", "choices", "ways", "lines"],
)
def test_files_at_their_limits_are_compared_in_seconds(file: str, old: bytes, new: bytes) -> None:
    begun = time.monotonic()
    assert _compared({file: old}, {file: new}, Names(None, None)).changes
    assert time.monotonic() - begun < 15
