"""Rows of a form that are no lines, such as the defects of a dossier, and the answers to them one by one."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workflows.domain.facts import Facts, Value, typed
from workflows.domain.form import EntriesRefused
from workflows.domain.form_sentences import Complaint


def as_fact(schema: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> Value:
    """The rows of a table of entries as one fact: a row for each, its columns in the order of the schema."""
    columns = schema["items"]["properties"]
    return tuple(tuple(typed(row.get(name), told) for name, told in columns.items()) for row in rows)


def read(schema: Mapping[str, Any], fact: Value) -> Iterator[dict[str, Value]]:
    """The rows that `as_fact` made, by the names of their columns; none where nothing is known."""
    columns = tuple(schema["items"]["properties"])
    for row in fact if isinstance(fact, tuple) else ():
        yield dict(zip(columns, row, strict=False)) if isinstance(row, tuple) else {}


def require_answered(facts: Facts, schema: Mapping[str, Any], answers: Mapping[str, Any]) -> None:
    """Raises EntriesRefused unless a table with `x-of` answers each row of the fact that this keyword names once."""
    for name, field in schema["properties"].items():
        if "x-of" not in field:
            continue
        asked = facts.get(field["x-of"])
        count = len(asked) if isinstance(asked, tuple) else 0
        said = [row["line"] for row in answers.get(name, ())]
        if sorted(said) != list(range(1, count + 1)):
            raise EntriesRefused(fields={f"/{name}": Complaint("required")})
