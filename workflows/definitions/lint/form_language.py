"""A form asks in a small part of JSON Schema: nothing that fetches, takes too long, or has no meaning."""

from collections.abc import Iterator, Mapping
from typing import Any

from workflows.definitions.bundle import Bundle
from workflows.definitions.form import Form
from workflows.definitions.lint.finding import Finding, reason, within
from workflows.domain.facts import STATUSES
from workflows.domain.form import LARGEST, MOST_ROWS, NAME, RESERVED
from workflows.domain.form_pattern import refusal
from workflows.domain.text import Text

RULE = "form_language"
KEYWORDS = frozenset(
    "$schema $id title description type properties required additionalProperties items enum const default format "
    "pattern minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minItems maxItems "
    "uniqueItems allOf if then else readOnly x-rows x-verdict x-verdict-all x-person x-series x-stage x-content "
    "x-target x-sheet x-count x-secret x-everyone x-lines x-line x-paper x-of x-today x-period-since "
    "x-not-before x-in-year-of x-verdict-reason".split()
)
YES_NO = tuple("x-secret x-stage x-content x-target x-today x-paper x-verdict-reason readOnly uniqueItems".split())
ONE, MANY, NAMED = ("items", "if", "then", "else"), ("allOf",), ("properties",)
FORMATS = frozenset({"date", "email"})
ROWS = frozenset({"nominees", "lines", "dossiers", "standards", "entries"})
VERDICTS = frozenset(STATUSES)
MOST_PARTS = 2_000
MOST_WORK = 200_000
"""Parts of a schema times the rows they are tried on."""
Schema = Mapping[str, Any]
Place = tuple[str, Schema]


def check(bundle: Bundle) -> Iterator[Finding]:
    """Keywords, patterns, names and meanings that a form may not have; forms whose check would take too long."""
    for form in bundle.forms.values():
        places = list(_parts("", form.schema))
        for where, schema in places:
            for what in (*_strange(schema), *_limits(schema), *_meanings(bundle, schema)):
                yield _finding(form, where, what)
        work = len(places) + sum(len(list(_parts("", each["items"]))) * _rows(each) for _, each in places if _row(each))
        if len(places) > MOST_PARTS or work > MOST_WORK:
            yield _finding(form, "", Text("biểu mẫu quá lớn để kiểm tra", "it is too large to be checked"))


def _finding(form: Form, where: str, what: Text) -> Finding:
    place = where or form.task_id
    told = Text(f"Biểu mẫu, tại «{place}»: {what.vi}.", f"The form, at «{place}»: {what.en}.")
    fix = Text(
        "Chỉ dùng các từ khóa trong bpmn/lint/form_language.md.",
        "Use only the keywords of bpmn/lint/form_language.md.",
    )
    return within(RULE, f"forms/{form.task_id}.schema.json", where.rpartition("/")[2], told, fix)


def _parts(where: str, schema: Any) -> Iterator[Place]:
    """A schema and those inside it, each with its place."""
    if not isinstance(schema, Mapping):
        return
    yield where, schema
    for keyword in ONE:
        yield from _parts(where, schema.get(keyword))
    for keyword in MANY:
        for each in _list(schema.get(keyword)):
            yield from _parts(where, each)
    for keyword in NAMED:
        inner = schema.get(keyword)
        for name, each in inner.items() if isinstance(inner, Mapping) else ():
            yield from _parts(f"{where}/{name}", each)


def _row(schema: Schema) -> bool:
    return isinstance(schema.get("items"), Mapping)


def _rows(schema: Schema) -> int:
    most = schema.get("maxItems")
    return min(most, MOST_ROWS) if isinstance(most, int) else MOST_ROWS


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _strange(schema: Schema) -> Iterator[Text]:
    for keyword in sorted(schema.keys() - KEYWORDS):
        yield Text(f"từ khóa «{keyword[:40]}» không được dùng", f"the keyword «{keyword[:40]}» is not allowed")
    wrong = [keyword for keyword in ONE if keyword in schema and not isinstance(schema[keyword], Mapping)]
    wrong += [keyword for keyword in MANY if not all(isinstance(each, Mapping) for each in _list(schema.get(keyword)))]
    for keyword in wrong:
        yield Text(f"«{keyword}» không phải là lược đồ", f"«{keyword}» is no schema")
    fields = schema.get("properties")
    for name in fields if isinstance(fields, Mapping) else ():
        if name in RESERVED or not NAME.fullmatch(name):
            yield Text(f"trường không được tên là «{name[:40]}»", f"a field cannot be called «{name[:40]}»")


def _limits(schema: Schema) -> Iterator[Text]:
    pattern = schema.get("pattern")
    if isinstance(pattern, str) and (why := refusal(pattern)):
        told = reason(why)
        yield Text(
            f"mẫu «{pattern[:40]}» không được dùng: {told.vi}",
            f"the pattern «{pattern[:40]}» is not allowed: {told.en}",
        )
    if str(schema.get("format", "date")) not in FORMATS:
        yield Text(
            "định dạng không được dùng; chỉ có date và email", "the format is not allowed; there are date and email"
        )
    if schema.get("uniqueItems") and not (_row(schema) and schema["items"].get("type") == "string"):
        yield Text("uniqueItems chỉ dùng cho danh sách chữ", "uniqueItems is for lists of texts only")
    if _row(schema) and "properties" in schema["items"] and "maxItems" not in schema:
        yield Text("bảng phải có maxItems", "a table needs maxItems")
    if any(isinstance(value, int | float) and abs(value) > LARGEST for value in schema.values()):
        yield Text("có số quá lớn", "a number is too large")
    values = _list(schema.get("enum"))
    if values and not (schema.get("type", "string") == "string" and all(isinstance(each, str) for each in values)):
        yield Text("enum chỉ gồm chữ", "an enum holds texts only")


def _meanings(bundle: Bundle, schema: Schema) -> Iterator[Text]:
    known = {"x-rows": ROWS, "x-lines": VERDICTS, "x-line": VERDICTS, "x-person": bundle.groups.keys()}
    known["x-series"] = bundle.series.keys()
    known["x-period-since"], known["x-everyone"] = _days(bundle), bundle.groups.keys()
    known["x-not-before"], known["x-in-year-of"] = known["x-period-since"], bundle.series.keys()
    known["x-of"] = bundle.vocabulary(None).keys()
    for keyword, values in known.items():
        if keyword in schema and not {str(each) for each in _many(schema[keyword])} <= set(values):
            yield _means_nothing(keyword, schema[keyword])
    if "x-count" in schema and f"{schema['x-count']}.members" not in bundle.vocabulary(None):
        yield _means_nothing("x-count", schema["x-count"])
    for keyword in YES_NO:
        if not isinstance(schema.get(keyword, False), bool):
            yield _means_nothing(keyword, schema[keyword])
    for keyword in ("x-verdict", "x-verdict-all"):
        told = schema.get(keyword, {})
        if not isinstance(told, Mapping) or not set(map(str, told.values())) <= VERDICTS:
            yield _means_nothing(keyword, told)


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _days(bundle: Bundle) -> frozenset[str]:
    """The facts that hold a day."""
    return frozenset(name for name, fact in bundle.vocabulary(None).items() if fact.kind == "date")


def _means_nothing(keyword: str, value: Any) -> Text:
    return Text(f"{keyword} = «{str(value)[:40]}» không có nghĩa", f"{keyword} = «{str(value)[:40]}» means nothing")
