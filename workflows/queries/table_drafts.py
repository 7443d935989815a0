"""A table while somebody writes it: its rows as sentences, what it asks, what it would answer; nothing is saved."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from workflows.definitions import Bundle
from workflows.definitions.difference import compare_files
from workflows.definitions.difference.cells import cell
from workflows.domain.actor import Actor
from workflows.domain.days import day_asked
from workflows.domain.errors import InvalidInput
from workflows.domain.text import Text
from workflows.queries.drafting import readable
from workflows.queries.workshop import base_of
from workflows.rules.decide import decide
from workflows.rules.table import Input, Rule, Table, parse_table
from workflows.rules.vocabulary import FactType
from workflows.store.session import Database

NAME = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')


class NoNumber(InvalidInput):
    """«{value}» is no number."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A fact that a table looks at: its kind, and the values to choose from with what they are called."""

    name: str
    label: Text
    kind: str
    values: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class RowTold:
    """A row as a sentence, with the article it stands on."""

    rule: str
    said: Text
    article: str


@dataclass(frozen=True, slots=True)
class TableTold:
    """A table in words; `changed` says what differs from the version below the draft."""

    rows: tuple[RowTold, ...]
    asked: tuple[Asked, ...]
    changed: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """What a table answers: by output label, with the rows that say so; `defaulted`: none fitted."""

    outputs: tuple[tuple[Text, str], ...]
    rules: tuple[str, ...]
    defaulted: bool


def told(db: Database, actor: Actor, draft: int, path: str, content: bytes) -> TableTold:
    """A table in words. Raises TableRejected."""
    bundle, base = readable(db, actor, draft), base_of(db, actor, draft)
    table = parse_table(content, place=path)
    before = {path: base.files[path]} if path in base.files else {}
    difference = compare_files({**base.files, **before}, {**base.files, path: content})
    return TableTold(
        tuple(RowTold(rule.id, _sentence(bundle, table, rule), rule.description) for rule in table.rules),
        tuple(_asked(bundle, table).values()),
        tuple(change.said for change in difference.changes if change.file == path),
    )


def tried(db: Database, actor: Actor, draft: int, path: str, content: bytes, answers: Mapping[str, str]) -> Answered:
    """What a table answers for these facts, as they were typed. Raises TableRejected, RuleFailed, NoNumber, NoDay."""
    bundle = readable(db, actor, draft)
    table = parse_table(content, place=path)
    asked = _asked(bundle, table)
    facts: dict[str, Any] = {name: _typed(each, answers.get(name, "").strip()) for name, each in asked.items()}
    vocabulary = {**bundle.vocabulary(None), **{name: FactType(each.kind) for name, each in asked.items()}}  # type: ignore[arg-type]
    now = datetime.now(UTC)
    decided = decide(table, {"now": now, "today": now.date(), **facts}, vocabulary, place=path)
    labels = {each.name: bundle.label(f"decisions.{table.id}.{each.name}") for each in table.outputs}
    said = tuple((labels.get(name, Text(name)), _shown(value)) for name, value in decided.outputs.items())
    return Answered(said, decided.rules, decided.defaulted)


def _sentence(bundle: Bundle, table: Table, rule: Rule) -> Text:
    conditions = [
        (_column(bundle, column), cell(written, _values(bundle, column.expression, column.values), asks=True))
        for column, written in zip(table.inputs, rule.inputs, strict=True)
        if written not in {"", "-"}
    ]
    names = [f"decisions.{table.id}.{output.name}" for output in table.outputs]
    answers = [
        (bundle.label(name), cell(written, _values(bundle, name, output.values), asks=False))
        for name, output, written in zip(names, table.outputs, rule.outputs, strict=True)
    ]
    vi = " và ".join(f"{label.vi} là {value.vi}" for label, value in conditions)
    en = " and ".join(f"{label.of('en')} is {value.of('en')}" for label, value in conditions)
    then_vi = "; ".join(f"{label.vi}: {value.vi}" for label, value in answers)
    then_en = "; ".join(f"{label.of('en')}: {value.of('en')}" for label, value in answers)
    return Text(
        f"{f'Nếu {vi} thì' if vi else 'Trong mọi trường hợp'} {then_vi}.",
        f"{f'If {en}, then' if en else 'In every case'} {then_en}.",
    )


def _column(bundle: Bundle, column: Input) -> Text:
    """What a condition asks: the fact it names, where it names one alone, else what its column is called."""
    named = bundle.label(column.expression)
    return named if named.vi != column.expression else Text(column.label or column.expression)


def _values(bundle: Bundle, fact: str, values: tuple[str, ...]) -> dict[str, Text]:
    names = [name for name in NAME.findall(QUOTED.sub("", fact)) if bundle.worded(name).values]
    worded = {value: said for name in names for value, said in bundle.worded(name).values.items()}
    return {value: worded.get(value, Text(value)) for value in values} | worded


def _asked(bundle: Bundle, table: Table) -> dict[str, Asked]:
    """The declared facts that columns and cells name, in the order in which they stand there."""
    known = bundle.vocabulary(None)
    written = [column.expression for column in table.inputs]
    written += [text for rule in table.rules for text in (*rule.inputs, *rule.outputs)]
    kinds = {column.expression: column for column in table.inputs}
    found: dict[str, Asked] = {}
    for text in written:
        for name in NAME.findall(QUOTED.sub("", text)):
            if name in found or (name not in known and name not in kinds):
                continue
            column, fact = kinds.get(name), known.get(name)
            kind = str(fact.kind if fact else (column.kind if column else "text") or "text")
            values = tuple(fact.values if fact and fact.values else column.values if column else ())
            words = bundle.worded(name).values
            choices = tuple((each, words.get(each, Text(each))) for each in values)
            found[name] = Asked(name, bundle.label(name), kind, choices)
    return found


def _typed(asked: Asked, answer: str) -> Any:
    if not answer:
        return None
    match asked.kind:
        case "number":
            try:
                return Decimal(answer.replace(",", "."))
            except InvalidOperation as error:
                raise NoNumber({f"/{asked.name}": "This must be corrected."}, value=answer) from error
        case "boolean":
            return answer == "true"
        case "date":
            return day_asked(answer)
        case "list":
            return [each.strip() for each in answer.split(",")]
        case _:
            return answer


def _shown(value: object) -> str:
    match value:
        case None:
            return "–"
        case bool():
            return "true" if value else "false"
        case date():
            return f"{value:%d/%m/%Y}"
        case list() | tuple():
            return ", ".join(_shown(each) for each in value) or "–"
        case _:
            return str(value)
