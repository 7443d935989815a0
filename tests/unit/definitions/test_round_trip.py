"""A diagram read and written by the browser's own library keeps everything: what admins save is what they drew."""

import json
import runpy
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import etree

ROOT = Path(__file__).parents[3]
FRONTEND = ROOT / "webapp" / "frontend"
Saved = dict[str, object]
SCHEMA = "schema-instance"
DIAGRAMS = sorted((ROOT / "bpmn" / "commendation").glob("*.bpmn"))
SCRIPT = """
import { BpmnModdle } from 'bpmn-moddle';
import { readFileSync } from 'node:fs';
const moddle = new BpmnModdle();
const written = {};
for (const path of process.argv.slice(2)) {
  const { rootElement, warnings } = await moddle.fromXML(readFileSync(path, 'utf8'));
  const { xml } = await moddle.toXML(rootElement, { format: true });
  written[path] = { xml, warnings: warnings.map(each => each.message) };
}
console.log(JSON.stringify(written));
"""


def node() -> str:
    """The Node program that builds the pages."""
    found = runpy.run_path(str(ROOT / "tools" / "frontend.py"))["find_node"]()
    return str(found[0])


@pytest.fixture(scope="module")
def written() -> dict[str, Saved]:
    """Every diagram, read and written again by bpmn-moddle."""
    script = FRONTEND / "node_modules" / ".round-trip.mjs"
    script.write_text(SCRIPT, encoding="utf-8")
    command = [node(), str(script), *map(str, DIAGRAMS)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    found: dict[str, Saved] = json.loads(done.stdout)
    return found


def contents(xml: bytes) -> set[tuple[str, str, str, str]]:
    """Of every element: whose child it is, its tag, its attributes and its text."""
    return {
        (
            _name(element.getparent()),
            etree.QName(element).localname,
            str(sorted((name, value) for name, value in element.attrib.items() if SCHEMA not in name)),
            (element.text or "").strip(),
        )
        for element in etree.fromstring(xml).iter()
        if isinstance(element.tag, str)
    }


def _name(element: etree._Element | None) -> str:
    return "" if element is None else str(element.get("id") or etree.QName(element).localname)


@pytest.mark.parametrize("path", DIAGRAMS, ids=lambda path: path.stem)
def test_a_saved_diagram_keeps_elements_attributes_and_shapes(path: Path, written: Mapping[str, Saved]) -> None:
    saved = written[str(path)]
    assert saved["warnings"] == []
    assert contents(str(saved["xml"]).encode()) == contents(path.read_bytes())
