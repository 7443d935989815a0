"""How each place takes what is typed there: the check of a bundle first, and where it passes, a run with it."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from tests.process.matter import NOON, Matter
from tests.unit.safety.corpus import Payload, written
from workflows.connectors import render_document
from workflows.connectors.contract import Request
from workflows.definitions import Bundle, load_bundle, load_files
from workflows.definitions.lint import inspect
from workflows.domain.errors import DomainError
from workflows.domain.facts import Facts, Line, Value
from workflows.domain.form import clean
from workflows.engine import procedure
from workflows.rules.decide import decide
from workflows.stories import read_story

FILES: Mapping[str, bytes] = load_bundle(Path(__file__).parents[1] / "definitions" / "small").files
WALK, VOTE, TOML, TABLE = "walk.bpmn", "vote.bpmn", "bundle.toml", "decisions/weigh_answer/r1.dmn"
ASK, SHOWN = "forms/ask_question.schema.json", "forms/ask_question.ui.json"
FACTS: Mapping[str, Value] = {"council.members": ("an", "binh"), "due.answer": NOON + timedelta(days=5)}
LONGEST_SENTENCE = 700


class Refused(Exception):
    """The payload was refused, with a sentence for whoever typed it."""


def checked(files: Mapping[str, str | bytes]) -> Bundle:
    """The small bundle with some files changed. Raises Refused with what the check finds."""
    changes = {path: each.encode() if isinstance(each, str) else each for path, each in files.items()}
    errors = [finding for finding in inspect({**FILES, **changes}) if finding.severity == "error"]
    for each in errors:
        sentences = (each.vi, each.en, each.fix_vi, each.fix_en)
        assert all(sentences)
        assert each.vi != each.en
        assert max(map(len, sentences)) <= LONGEST_SENTENCE
    if errors:
        raise Refused("; ".join(f"{each.rule}: {each.en}" for each in errors))
    return load_files({**FILES, **changes})


def swapped(path: str, old: str, new: str) -> dict[str, str | bytes]:
    """A file of the small bundle with something else in one place."""
    text = FILES[path].decode()
    assert old in text, f"{path} does not hold {old}"
    return {path: text.replace(old, new)}


def walk(bundle: Bundle) -> None:
    """The small procedure from its beginning to where somebody is told."""
    procedure(bundle)
    Matter(bundle, "walk", FACTS).completes("ask_question", ask_question__words=5)


def condition(payload: Payload) -> None:
    """A flow's condition."""
    walk(checked(swapped(WALK, 'decisions.weigh_answer.way = "enough"', escape(payload.text))))


def count(payload: Payload) -> None:
    """The number of times a task is done, run with the members and the answer that the payload names."""
    declared = FILES[TOML].decode() + '\n[facts."asked.times"]\ntype = "number"\n'
    bundle = checked({**swapped(VOTE, "count(council.members)", escape(payload.text)), TOML: declared})
    members = tuple(f"member_{number}" for number in range(payload.told.get("members", 2)))
    Matter(bundle, "vote", {**FACTS, "council.members": members, "asked.times": payload.told.get("times")})


def timer(payload: Payload) -> None:
    """The day of a deadline."""
    Matter(checked(swapped(VOTE, ">due.answer<", f">{escape(payload.text)}<")), "vote", FACTS)


def named_property(payload: Payload) -> None:
    """A property of an element, after those that it has."""
    text, on = FILES[WALK].decode(), payload.told["on"]
    told = f'<spiffworkflow:property name="{payload.told["property"]}" value={quoteattr(payload.text)} />'
    found = re.search(rf' id="{on}".*?(</spiffworkflow:properties>|</bpmn:extensionElements>)', text, re.DOTALL)
    assert found
    if found[1] == "</bpmn:extensionElements>":
        told = f"<spiffworkflow:properties>{told}</spiffworkflow:properties>"
    walk(checked({WALK: text[: found.start(1)] + told + text[found.start(1) :]}))


def decision(payload: Payload) -> None:
    """The decision that a rule task asks."""
    walk(checked(swapped(WALK, "DecisionId>weigh_answer<", f"DecisionId>{escape(payload.text)}<")))


def cell(payload: Payload) -> None:
    """Anything in a table."""
    bundle = checked(swapped(TABLE, payload.told["old"], payload.text))
    known = {"ask_question": {"words": 2}, "council": {"members": ["an"]}}
    decide(bundle.tables["weigh_answer"]["r1"], known, bundle.vocabulary("walk"), place=TABLE)


def literal(payload: Payload) -> None:
    """Something else than a table in a decision."""
    table = re.compile(r"<decisionTable.*</decisionTable>", re.DOTALL)
    checked({TABLE: table.sub(lambda _: payload.text, FILES[TABLE].decode())})


def form(payload: Payload) -> None:
    """A field of a form, or a part of the form itself, then the answer that the payload names."""
    name, ui = payload.told.get("field", "extra"), json.loads(FILES[SHOWN])
    fields = json.dumps(json.loads(FILES[ASK])["properties"])[1:-1]
    if payload.told.get("at") == "root":
        told = f'"properties": {{{fields}}}, {payload.text[1:-1]}'
    else:
        told = f'"properties": {{{json.dumps(name)}: {payload.text}, {fields}}}'
        ui["fields"][name] = {"label": {"vi": "Thêm", "en": "More"}}
    schema = f'{{"type": "object", "additionalProperties": false, {told}}}'
    bundle = checked({ASK: schema, SHOWN: json.dumps(ui)})
    answer = payload.told.get("answer_number") or written(payload.told, "answer") or 1
    clean(bundle.forms["ask_question"].schema, {"words": 3, name: answer})


def manifest(payload: Payload) -> None:
    """Something in bundle.toml."""
    if "bytes" in payload.told:
        walk(checked({TOML: FILES[TOML] + bytes.fromhex(payload.told["bytes"])}))
    elif "old" in payload.told:
        walk(checked(swapped(TOML, payload.told["old"], payload.text)))
    else:
        walk(checked({TOML: FILES[TOML].decode() + payload.text}))


def movement(payload: Payload) -> None:
    """A movement."""
    checked({"movements/x.toml": payload.text})


def story(payload: Payload) -> None:
    """A story of the bundle, which is read before it is played."""
    told = checked({"scenarios/x.toml": payload.text}).scenarios["x"]
    try:
        read_story("x", told)
    except DomainError as refused:
        raise Refused(str(refused)) from refused


def document(payload: Payload) -> None:
    """The template of a paper, which is refused when it is set."""
    template = bytes.fromhex(payload.told["bytes"]) if "bytes" in payload.told else payload.text.encode()
    try:
        render_document.typeset({"payload.typ": b'#set document(title: "x")\n' + template}, "payload.typ", {})
    except DomainError as refused:
        raise Refused(str(refused)) from refused


def calendar(payload: Payload) -> None:
    """The days off."""
    days = checked({"calendar.toml": payload.text}).working_days()
    days.deadline(NOON, 30)


def paper(payload: Payload) -> None:
    """Which facts stand where in a paper."""
    operation = '<spiffworkflow:property name="operation" value="'
    told = f'{operation}render_document" /><spiffworkflow:property name="template" value="x.typ" />'
    changes = swapped(WALK, f'{operation}send_notice" />', told)
    shown = b'#set document(title: "x")\n#json(bytes(sys.inputs.data)).at("number", default: "")'
    bundle = checked({**changes, "documents/x.typ": shown, "documents/x.toml": payload.text})
    line = Line("HS-1.1", "HS-1", 1, {"kind": "person"}, {"verdict": "passed"})
    facts = Facts(dict(FACTS), (line,))
    render_document.perform(
        Request("HS-1", "tell_unit", {"template": "x.typ", "paper": "letter"}, facts, bundle, NOON, {})
    )


def diagram(payload: Payload) -> None:
    """An id, a name or anything else in the file of a diagram."""
    walk(checked(swapped(WALK, payload.told["old"], payload.text)))


def markup(payload: Payload) -> None:
    """The file of a diagram, and of a table, as such."""
    told, refused = payload.told, 0
    for path in (WALK, TABLE):
        text = FILES[path].decode().replace("?>", f"?>{told.get('head', '')}", 1)
        text = text.replace('encoding="UTF-8"', f'encoding="{told.get("declared", "UTF-8")}"')
        before, closing, after = text.rpartition("</")
        content = f"{before}{written(told, 'body')}{closing}{after}".encode(told.get("encoding", "utf-8"), "replace")
        try:
            checked({path: bytes.fromhex(told["bytes"]) if "bytes" in told else content})
        except Refused:
            refused += 1
    if refused:
        assert refused == len((WALK, TABLE)), "refused in one file only"
        raise Refused("in both files")


def path_of_file(payload: Payload) -> None:
    """The path of a file."""
    checked({payload.text: b"x"})


PLACES: Mapping[str, Callable[[Payload], None]] = {
    "conditions": condition,
    "counts": count,
    "timers": timer,
    "properties": named_property,
    "decisions": decision,
    "tables": cell,
    "literals": literal,
    "forms": form,
    "manifests": manifest,
    "movements": movement,
    "stories": story,
    "documents": document,
    "papers": paper,
    "calendars": calendar,
    "diagrams": diagram,
    "markup": markup,
    "paths": path_of_file,
}


def outcome(payload: Payload) -> tuple[str, str]:
    """Where the payload ended, «refused» or «run», and what was said."""
    try:
        PLACES[payload.place](payload)
    except Refused as refused:
        return "refused", str(refused)
    except DomainError as stopped:
        return "run", str(stopped)
    return "run", ""
