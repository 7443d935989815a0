"""The outlines of the TOML and JSON files of a bundle: what is a table, a list or a text there; it knows no meaning."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend

from workflows.definitions.errors import BundleRejected
from workflows.domain.said import Said

Outline = Mapping[str, Any]
STRING: Outline = {"type": "string"}
STRINGS: Outline = {"type": "array", "items": STRING}
TEXT: Outline = {"anyOf": [STRING, {"type": "object", "required": ["vi"], "additionalProperties": STRING}]}


def table(each: Outline) -> Outline:
    """A table whose entries all have this outline."""
    return {"type": "object", "additionalProperties": each}


def record(required: str = "", **fields: Outline) -> Outline:
    """A table with these entries, where they are there; `required` must be."""
    return {"type": "object", "properties": fields, "required": required.split()}


def rows(each: Outline) -> Outline:
    """A list whose entries all have this outline."""
    return {"type": "array", "items": each}


MANIFEST = record(
    "key title rule_sets",
    key=STRING,
    title=TEXT,
    authority=TEXT,
    legal_basis=STRINGS,
    rule_sets={
        "type": "array",
        "items": record(
            "key valid_from",
            key=STRING,
            title=TEXT,
            valid_from={"type": "date"},
            valid_to={"type": "date"},
            transition=TEXT,
        ),
    },
    decisions=table(record(legal_date=STRING)),
    regimes=table(record("title why", title=TEXT, why=TEXT, day=STRING, movement=STRING)),
    groups=table(TEXT),
    counted_with=table(STRING),
    lanes=table(record("group", group=STRING, scope=STRING, en=STRING)),
    messages=table(
        record(
            "to",
            to=STRING,
            body=STRING,
            title=TEXT,
            sent=TEXT,
            received=TEXT,
            carries=STRINGS,
            none_left=STRING,
        )
    ),
    bodies=table(TEXT),
    parameters=table(record("value values label source", value=STRING, values=table(TEXT), label=TEXT, source=TEXT)),
    series=table(record("format", format=STRING, title=TEXT)),
    linked=table(
        record("numbers opened_by about", numbers=STRING, opened_by=STRINGS, about=STRINGS, once={"type": "boolean"})
    ),
    papers=table(TEXT),
    notices=table(record("to body", to=STRING, title=TEXT, body=TEXT)),
    facts=table(
        record(
            "type",
            type={"enum": ["text", "number", "boolean", "date", "instant", "list", "context"]},
            values=STRINGS,
            of=STRING,
            label=TEXT,
        )
    ),
    wording=table(record(label=TEXT, values=table(TEXT), holds=STRING)),
    labels=table(STRING),
    lists=table(STRINGS),
    retention=record(years={"type": "integer"}),
)
PARAMETERS = table(STRING)
CALENDAR = record(
    off=table({"type": "array", "items": {"type": "date"}}),
    working=table({"type": "array", "items": {"type": "date"}}),
    predicted=table(TEXT),
    changes={
        "type": "array",
        "items": record("day working source", day={"type": "date"}, working={"type": "boolean"}, source=TEXT),
    },
)
DAY: Outline = {"type": "date"}
PART = record("key title", key=STRING, title=TEXT, paragraph=STRING)
STAGE = record("key title from to submit_by", key=STRING, title=TEXT, to=DAY, submit_by=DAY, **{"from": DAY})
CARRIER = record("kind title", kind=STRING, title=TEXT, note=TEXT)
CARRIED = record("paragraphs kind title", paragraphs=STRINGS, kind=STRING, of=STRING, title=TEXT)
RECIPIENTS = record("paragraph units", paragraph=STRING, units=STRINGS)
CITED = record("title at_hand", title=TEXT, says=TEXT, paragraphs=STRINGS, at_hand={"type": "boolean"})
PARAGRAPH = record("id as text", id=STRING, text=STRING, carried_by=rows(CARRIER), **{"as": STRING})
MOVEMENT = record(
    "title",
    title=TEXT,
    short_title=TEXT,
    paper=TEXT,
    law_on=DAY,
    law_on_note=TEXT,
    cited=rows(CITED),
    stages=rows(STAGE),
    targets=rows(PART),
    contents=rows(PART),
    award_forms=rows(PART),
    standards=rows(PART),
    recipients=rows(RECIPIENTS),
    carried=rows(CARRIED),
    text=rows(PARAGRAPH),
)
NAMES: Outline = {"anyOf": [STRING, STRINGS]}
PAPER = record(
    words=table({}),
    facts=table(NAMES),
    said=table(NAMES),
    lists=table(NAMES),
    entries=table(STRING),
    people=table(NAMES),
    signed_by=table(NAMES),
    signature=record("by capacity", by=NAMES, capacity=STRINGS, instead=table(STRINGS)),
    opinions=table(STRING),
    first=table(NAMES),
    rows=record("status", status=STRINGS),
    lines=table(NAMES),
    lines_said=table(NAMES),
)
STEP = record(at=STRING, wait=STRING, by={"anyOf": [STRING, STRINGS]}, on=STRING, expect={"type": "object"})
STORY = record(
    "title starts",
    title=TEXT,
    starts=STRING,
    also_from=rows({"type": "date"}),
    parameters=PARAMETERS,
    step=rows(STEP),
)
ROWS = rows({"type": "object"})
EXPLAINED = record(
    explained=rows(
        record(
            "reason",
            process=STRING,
            elements=STRINGS,
            flows=STRINGS,
            decision=STRING,
            rule_set=STRING,
            rows=STRINGS,
            reason=STRING,
        )
    )
)
EXAMPLES = table(ROWS)
COLUMN = record(type=STRING, format=STRING, enum={"type": "array", "items": {"type": ["string", "number", "boolean"]}})
FIELD = {**COLUMN, "properties": {**COLUMN["properties"], "items": {**COLUMN, **record(properties=table(COLUMN))}}}
SCHEMA = record(properties=table(FIELD))
SHOWN: Outline = record(
    label=table(STRING),
    help=TEXT,
    legal=TEXT,
    widget=STRING,
    values=table(TEXT),
    visibleIf=record("field in", field=STRING, **{"in": rows({})}),
    order=STRINGS,
    all=record("label set", label=TEXT, set={"type": "object"}),
)
UI = record(
    facts=STRING,
    title=TEXT,
    instructions=table(STRING),
    submit=TEXT,
    order=STRINGS,
    sections=rows(record("title fields", title=TEXT, fields=STRINGS)),
    fields=table({**SHOWN, "properties": {**SHOWN["properties"], "fields": table(SHOWN)}}),
    outcomes=record(field=STRING, values=table(record(label=TEXT, reason=STRING, kind=STRING))),
)

_Validator = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine("date", lambda _, value: type(value) is date),
)


def _names(required: object) -> list[str]:
    return [str(name) for name in required] if isinstance(required, list) else []


def _misshapen(where: str, wrong: ValidationError) -> Said:
    """What an entry should be, or lacks."""
    if wrong.validator == "required" and isinstance(wrong.instance, Mapping):
        lacks = ", ".join(name for name in _names(wrong.validator_value) if name not in wrong.instance)
        return Said("{where} has the wrong shape: it lacks {names}.", where=where, names=lacks)
    if wrong.validator == "type":
        return Said(
            "{where} has the wrong shape: it must be of the type {type}.", where=where, type=wrong.validator_value
        )
    if wrong.validator == "anyOf":
        return Said("{where} has the wrong shape: write a text, or a table with vi and en.", where=where)
    return Said("{where} has the wrong shape: {error}", where=where, error=wrong.message[:200])


def shaped(place: str, told: Any, outline: Outline) -> Any:
    """What a file holds, if it has this outline. Raises BundleRejected that names the first entry that has not."""
    wrong: ValidationError | None = next(_Validator(outline).iter_errors(told), None)
    if wrong is not None:
        where = ".".join(map(str, wrong.absolute_path))[:200] or Said("the file")
        raise BundleRejected(place=place, why=_misshapen(where, wrong))
    return told
