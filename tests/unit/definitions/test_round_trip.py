"""What the editor reads and writes again is the same diagram: nothing we understand of it is lost on the way."""

import json
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

from tests.story import procedure
from workflows.definitions.diagram import read_process
from workflows.rules.table import parse_table

ROOT = Path(__file__).resolve().parents[3]
FRONTEND = ROOT / "webapp" / "frontend"
WRITE_AGAIN = """
import { BpmnModdle } from 'bpmn-moddle';
import spiffworkflow from './src/workshop/spiffworkflow.js';
const told = JSON.parse(await new Response(process.stdin).text());
const moddle = new BpmnModdle({ spiffworkflow });
const again = {};
for (const [path, xml] of Object.entries(told)) {
  const { rootElement, warnings } = await moddle.fromXML(xml);
  if (warnings.length) throw new Error(`${path}: ${warnings[0].message}`);
  again[path] = (await moddle.toXML(rootElement, { format: true })).xml;
}
console.log(JSON.stringify(again));
"""


def node() -> str:
    """The Node.js of the build."""
    found = subprocess.run(
        [sys.executable, "-c", "import frontend; print(frontend.find_node()[0])"],
        cwd=ROOT / "tools",
        capture_output=True,
        text=True,
        check=True,
    )
    return found.stdout.strip()


def again(told: dict[str, str], script: str) -> dict[str, str]:
    """The files as the editor's own reader and writer give them back."""
    assert (FRONTEND / "node_modules").is_dir(), "the packages of the pages are missing: run ./run setup"
    written = subprocess.run(
        [node(), "--input-type=module", "-e", script],
        cwd=FRONTEND,
        input=json.dumps(told),
        capture_output=True,
        text=True,
        check=False,
    )
    assert written.returncode == 0, written.stderr
    return dict(json.loads(written.stdout))


def test_every_diagram_that_is_shipped_survives_the_editor() -> None:
    told = {path: content.decode() for path, content in procedure().files.items() if path.endswith(".bpmn")}
    for path, xml in again(told, WRITE_AGAIN).items():
        assert meant(path, xml) == meant(path, told[path]), path


def meant(path: str, xml: str) -> dict[str, object]:
    """Everything a diagram says, without where in the file it says it."""
    process = read_process(path, xml.encode())
    return {
        "name": process.name,
        "documentation": process.documentation,
        "lanes": process.lanes,
        "elements": {key: {**asdict(each), "line": 0} for key, each in process.elements.items()},
        "flows": {key: {**asdict(each), "line": 0} for key, each in process.flows.items()},
    }


WRITE_TABLES_AGAIN = """
import { DmnModdle } from 'dmn-moddle';
const told = JSON.parse(await new Response(process.stdin).text());
const moddle = new DmnModdle();
const again = {};
for (const [path, xml] of Object.entries(told)) {
  const { rootElement, warnings } = await moddle.fromXML(xml);
  if (warnings.length) throw new Error(`${path}: ${warnings[0].message}`);
  again[path] = (await moddle.toXML(rootElement, { format: true })).xml;
}
console.log(JSON.stringify(again));
"""


def test_every_table_that_is_shipped_survives_the_editor() -> None:
    told = {path: content.decode() for path, content in procedure().files.items() if path.endswith(".dmn")}
    for path, xml in again(told, WRITE_TABLES_AGAIN).items():
        written, shipped = (parse_table(each.encode(), place=path) for each in (xml, told[path]))
        assert replace(written, sha256="") == replace(shipped, sha256=""), path
