"""Answers to a form: admitted within fixed limits, read and checked by its schema; nothing else may enter a dossier."""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, Final

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend
from referencing import Registry

from workflows.domain.errors import InvalidInput
from workflows.domain.form_fields import Answer, Encoded, Schema, kind_of, properties, read, resolve
from workflows.domain.form_pattern import LONGEST_TEXT
from workflows.domain.form_sentences import SENTENCES, Complaint

Answers = dict[str, Answer]

MOST_BYTES: Final = 64 * 1024
MOST_ROWS: Final = 1_000
DEEPEST: Final = 8
LARGEST: Final = 10**18
NAME = re.compile(r"[a-z][A-Za-z0-9_]{0,63}")
RESERVED: Final = frozenset({"typename", "data_objects"})
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
FILLED_BY_SYSTEM: Final = ("x-series", "x-everyone", "x-today", "x-period-since", "readOnly")
NOTHING_FROM_OUTSIDE: Final[Registry[Any]] = Registry()


class EntriesRefused(InvalidInput):
    """Some entries have to be corrected before this can be sent."""


def _pattern(_validator: object, pattern: str, answer: Answer, _schema: object) -> Iterator[ValidationError]:
    """A text beyond the limit fits no pattern, so that none is tried on it."""
    if isinstance(answer, str) and (len(answer) > LONGEST_TEXT or not re.search(pattern, answer)):
        yield ValidationError(f"it is not like {pattern}")


Validator = extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]


def clean(schema: Schema, raw: Encoded | Mapping[str, Answer]) -> Answers:
    """The answers of a form ready to be recorded; EntriesRefused names each wrong one by its JSON pointer.

    `raw` is what a browser posted (names like `nominees-0-name`) or answers as JSON. Fields that the system fills
    (FILLED_BY_SYSTEM) are not read and not demanded.
    """
    answers = draft(schema, raw)
    validator = Validator(
        _asked(schema), format_checker=Draft202012Validator.FORMAT_CHECKER, registry=NOTHING_FROM_OUTSIDE
    )
    complaints: dict[str, str] = {}
    for error in validator.iter_errors(answers):
        for pointer, complaint in _complaints(error):
            complaints.setdefault(pointer, complaint)
    if complaints:
        raise EntriesRefused(fields=complaints)
    return answers


def draft(schema: Schema, raw: Encoded | Mapping[str, Answer]) -> Answers:
    """The same reading without the check, so that half a form can be kept; the limits of intake hold here too."""
    schema = _asked(schema)
    answers: Answers
    unknown: list[str] = []
    if isinstance(raw, Mapping) and not hasattr(raw, "getlist"):
        answers = dict(raw)
    else:
        answers, unknown = read(schema, raw)
    if unknown:
        raise EntriesRefused(fields={f"/{_escape(name)}": Complaint("unknown", name=name[:64]) for name in unknown})
    _admit(answers)
    _refuse_unknown(schema, schema, answers, "")
    return {name: _compose(answer) for name, answer in answers.items()}


def _asked(schema: Schema) -> Schema:
    filled = {name for name, field in properties(schema).items() if any(field.get(key) for key in FILLED_BY_SYSTEM)}
    if not filled:
        return schema
    required = schema.get("required")
    return {
        **schema,
        "properties": {name: field for name, field in properties(schema).items() if name not in filled},
        "required": [name for name in required if name not in filled] if isinstance(required, list) else [],
    }


def _admit(answers: Mapping[str, Answer]) -> None:
    """Within the limits of intake, looked at without recursion: the entries may be nested a thousand deep."""
    waiting: list[tuple[str, Answer, int]] = [("", answers, 1)]
    while waiting:
        pointer, value, depth = waiting.pop()
        if depth > DEEPEST:
            raise EntriesRefused(fields={"": Complaint("depth", limit=DEEPEST)})
        if isinstance(value, Mapping):
            for name, inner in value.items():
                _admit_name(pointer, name)
                waiting.append((f"{pointer}/{name}", inner, depth + 1))
        elif isinstance(value, list):
            waiting.extend((f"{pointer}/{index}", inner, depth + 1) for index, inner in enumerate(value))
        else:
            _admit_scalar(pointer, value)
    if len(json.dumps(answers, ensure_ascii=False).encode()) > MOST_BYTES:
        raise EntriesRefused(fields={"": Complaint("size", limit=MOST_BYTES // 1024)})


def _admit_name(pointer: str, name: object) -> None:
    if not isinstance(name, str) or name in RESERVED or not NAME.fullmatch(name):
        shown = repr(name)[1:-1][:64]
        raise EntriesRefused(fields={f"{pointer}/{_escape(shown)}": Complaint("name", name=shown)})


def _admit_scalar(pointer: str, value: Answer) -> None:
    if isinstance(value, str):
        reason = "character" if UNSTORABLE.search(value) else ""
    elif value is None or isinstance(value, bool):
        reason = ""
    elif isinstance(value, int | float):
        reason = "" if -LARGEST < value < LARGEST else "finite"
    else:
        reason = "json"
    if reason:
        raise EntriesRefused(fields={pointer: Complaint(reason)})


def _refuse_unknown(root: Schema, schema: Schema, value: Answer, pointer: str) -> None:
    """Only fields the schema names, at every level, whatever the schema says about additional ones."""
    schema = resolve(root, schema)
    if isinstance(value, Mapping):
        fields = properties(schema)
        for name, inner in value.items():
            if name not in fields:
                raise EntriesRefused(fields={f"{pointer}/{name}": Complaint("unknown", name=name)})
            _refuse_unknown(root, fields[name], inner, f"{pointer}/{name}")
    elif isinstance(value, list):
        items, limit = schema.get("items"), min(int(str(schema.get("maxItems", MOST_ROWS))), MOST_ROWS)
        if len(value) > limit:
            raise EntriesRefused(fields={pointer: Complaint("maxItems", limit=limit, found=len(value))})
        for index, inner in enumerate(value):
            _refuse_unknown(root, items if isinstance(items, Mapping) else {}, inner, f"{pointer}/{index}")


def _compose(value: Answer) -> Answer:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {name: _compose(inner) for name, inner in value.items()}
    return [_compose(inner) for inner in value] if isinstance(value, list) else value


def _complaints(error: ValidationError) -> Iterator[tuple[str, Complaint]]:
    """Where the answer is that the error is about, and what to say there."""
    pointer = "".join(f"/{_escape(str(part))}" for part in error.absolute_path)
    keyword = str(error.validator)
    limit: Any = error.validator_value
    instance: Any = error.instance
    if keyword in {"required", "dependentRequired"}:
        wanted = (
            limit if keyword == "required" else [n for key, names in limit.items() if key in instance for n in names]
        )
        for name in wanted:
            if name not in instance:
                yield f"{pointer}/{name}", Complaint("required")
    elif keyword == "type":
        yield pointer, Complaint(f"type.{kind_of({'type': limit})}")
    elif keyword == "format":
        yield pointer, Complaint(f"format.{limit}" if f"format.{limit}" in SENTENCES else "format")
    elif keyword in {"enum", "const"}:
        yield pointer, Complaint("enum")
    elif keyword == "minLength" and not instance:
        yield pointer, Complaint("required")
    elif keyword in SENTENCES:
        found = len(instance) if isinstance(instance, str | list) else instance
        yield pointer, Complaint(keyword, limit=limit, found=found)
    else:
        yield pointer, Complaint("other")


def _escape(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1")
