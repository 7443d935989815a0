"""A form as it is shown: its schema and its ui file made into fields and outcome buttons; it validates nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import gettext

from webapp.layout.language import say
from webapp.layout.words import day
from workflows.domain.form_fields import kind_of, properties, resolve
from workflows.domain.form_sentences import Complaint, RuleSaid

Json = Any
Choices = Mapping[str, Sequence[tuple[str, Any]]]
FEW = 4
LONG = 200
WIDE = 5
CHOSEN_ELSEWHERE = ("x-person", "x-stage", "x-content", "x-target", "x-line", "x-paper")


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be chosen; `mark` is the verdict it means for a line, if it means one."""

    value: str
    label: str
    chosen: bool
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what is asked, what is there, what is wrong with it."""

    name: str
    pointer: str
    label: str
    widget: str
    value: str = ""
    help: str = ""
    legal: str = ""
    error: str = ""
    required: bool = False
    optional: bool = True
    options: tuple[Option, ...] = ()
    limits: Mapping[str, Json] = field(default_factory=dict)
    shown_if: str = ""
    shown_for: str = ""

    @property
    def id(self) -> str:
        """The id of its control, and the target of the error summary."""
        return f"f-{self.name}"

    @property
    def said(self) -> str:
        """The answer in words; empty where there is none."""
        if not self.options:
            return self.value
        return ", ".join(option.label for option in self.options if option.chosen)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One button that ends the task; `kind` is forward, return or refuse."""

    value: str
    label: str
    kind: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Everything a form is shown from."""

    schema: Mapping[str, Json]
    ui: Mapping[str, Json]
    answers: Mapping[str, Json]
    errors: Mapping[str, str] = field(default_factory=dict)
    choices: Choices = field(default_factory=dict)
    asked: Sequence[Any] = ()

    def complaint(self, pointer: str) -> str:
        """What is wrong at this place, in the language of this request."""
        found = self.errors.get(pointer, "")
        if isinstance(found, RuleSaid):
            return say(found.said)
        return found.message(gettext) if isinstance(found, Complaint) else gettext(found) if found else ""


@dataclass(frozen=True, slots=True)
class Ask:
    """One property of the schema with its words, on the way to becoming a Field."""

    key: str
    name: str
    pointer: str
    schema: Mapping[str, Json]
    words: Mapping[str, Json]
    answer: Json
    required: bool
    sometimes: bool
    choices: Sequence[tuple[str, Any]] | None


def make_field(ask: Ask, source: Source) -> Field:
    """The field of one property."""
    condition = ask.words.get("visibleIf") or {}
    return Field(
        name=ask.name,
        pointer=ask.pointer,
        label=say(ask.words.get("label")) or ask.key,
        widget=_widget(ask),
        value=_text(ask),
        help=say(ask.words.get("help")),
        legal=say(ask.words.get("legal")),
        error=source.complaint(ask.pointer),
        required=ask.required,
        optional=not ask.required and not ask.sometimes,
        options=_kept(ask, tuple(_options(ask))),
        limits=_limits(ask.schema),
        shown_if=ask.name.removesuffix(ask.key) + str(condition["field"]) if condition.get("field") else "",
        shown_for=" ".join(str(each) for each in condition.get("in", ())),
    )


def _widget(ask: Ask) -> str:
    schema, kind, named = ask.schema, kind_of(ask.schema), str(ask.words.get("widget", ""))
    chosen = ask.choices is not None or "enum" in schema
    few = ask.choices is None and len(schema.get("enum", ())) <= FEW
    cases = (
        (schema.get("x-series"), "series"),
        (schema.get("readOnly"), "readonly"),
        (kind == "array", "checklist"),
        (kind == "boolean", "radio"),
        (chosen and named in {"radio", "choice"}, named),
        (chosen, "radio" if few else "choice"),
        (schema.get("format") == "date", "date"),
        (kind in {"integer", "number"}, named if named in {"money", "readonly"} else "number"),
        (named in {"textarea", "text", "readonly"}, named),
        (schema.get("maxLength", 0) > LONG, "textarea"),
    )
    return next((widget for holds, widget in cases if holds), "text")


def _text(ask: Ask) -> str:
    if ask.answer is None or isinstance(ask.answer, bool | list | dict):
        return ""
    if ask.schema.get("format") == "date":
        with suppress(ValueError):
            return day(date.fromisoformat(str(ask.answer)))
    return str(ask.answer)


def _kept(ask: Ask, offered: tuple[Option, ...]) -> tuple[Option, ...]:
    """What is offered, after a word that was typed elsewhere and is not: it is refused on sending, but not lost."""
    word = ask.answer if isinstance(ask.answer, str) and offered else ""
    return offered if not word or any(each.chosen for each in offered) else (Option(word, word, True), *offered)


def _options(ask: Ask) -> Iterable[Option]:
    schema = ask.schema
    items = schema.get("items")
    inner = items if kind_of(schema) == "array" and isinstance(items, Mapping) else schema
    chosen = {str(each) for each in ask.answer} if isinstance(ask.answer, list) else {_plain(ask.answer)}
    words = ask.words.get("values") or {}
    marks = schema.get("x-verdict") or {}
    if ask.choices is not None:
        named = schema.get("x-rows") == "dossiers"
        return (
            Option(str(value), f"{value} · {say(label)}" if named else say(label), str(value) in chosen)
            for value, label in ask.choices
        )
    if kind_of(schema) == "boolean":
        both = {"true": words.get("true") or gettext("Yes"), "false": words.get("false") or gettext("No")}
        return (Option(value, say(label), value in chosen) for value, label in both.items())
    values = [str(value) for value in inner.get("enum", ())]
    return (Option(each, say(words.get(each)) or each, each in chosen, marks.get(each, "")) for each in values)


def _plain(answer: Json) -> str:
    return str(answer).lower() if isinstance(answer, bool) else str(answer)


def _limits(schema: Mapping[str, Json]) -> Mapping[str, Json]:
    names = {"maxLength": "maxlength", "minimum": "min", "maximum": "max"}
    return {html: schema[name] for name, html in names.items() if name in schema}


def field_choices(key: str, schema: Mapping[str, Json], choices: Choices) -> Sequence[tuple[str, Any]] | None:
    """Answers that come with the page (people, stages, waiting dossiers) rather than from the schema."""
    elsewhere = any(schema.get(name) for name in CHOSEN_ELSEWHERE) or schema.get("x-rows") == "dossiers"
    return choices.get(key, ()) if elsewhere or key in choices else None


def required_names(schema: Mapping[str, Json]) -> frozenset[str]:
    """The names a schema demands without a condition."""
    wanted = schema.get("required")
    return frozenset(wanted) if isinstance(wanted, list) else frozenset()


def sometimes_required(schema: Mapping[str, Json]) -> frozenset[str]:
    """The names a schema demands under a condition, so that they are not called optional."""
    rules = [schema, *(each for each in schema.get("allOf") or () if isinstance(each, Mapping))]
    branches = [rule[branch] for rule in rules for branch in ("then", "else") if isinstance(rule.get(branch), Mapping)]
    return frozenset().union(*(required_names(branch) for branch in branches))


def is_table(root: Mapping[str, Json], schema: Mapping[str, Json]) -> bool:
    """Whether a property is a table of rows."""
    items = schema.get("items")
    return kind_of(schema) == "array" and isinstance(items, Mapping) and kind_of(resolve(root, items)) == "object"


def plain_fields(source: Source, skip: frozenset[str]) -> dict[str, Field]:
    """The fields of a form by name, without its tables and those in `skip`."""
    fields = {key: resolve(source.schema, schema) for key, schema in properties(source.schema).items()}
    wanted, sometimes = required_names(source.schema), sometimes_required(source.schema)
    words = source.ui.get("fields") or {}
    return {
        key: make_field(
            Ask(
                key=key,
                name=key,
                pointer=f"/{key}",
                schema=schema,
                words=words.get(key) or {},
                answer=source.answers.get(key),
                required=key in wanted,
                sometimes=key in sometimes,
                choices=field_choices(key, schema, source.choices),
            ),
            source,
        )
        for key, schema in fields.items()
        if key not in skip and not is_table(source.schema, schema) and "x-everyone" not in schema
    }


def outcomes(ui: Mapping[str, Json]) -> tuple[str, tuple[Outcome, ...]]:
    """The field that the buttons answer, and the buttons: forward, return, refuse, always in this order."""
    declared = ui.get("outcomes") or {}
    order = ("forward", "return", "refuse")
    found = [
        Outcome(
            str(value),
            say(each.get("label")) or str(value),
            str(each.get("kind", "forward")),
            str(each.get("reason") or ""),
        )
        for value, each in (declared.get("values") or {}).items()
    ]
    ranked: Callable[[Outcome], int] = lambda each: order.index(each.kind) if each.kind in order else 0  # noqa: E731
    return str(declared.get("field", "outcome")), tuple(sorted(found, key=ranked))
