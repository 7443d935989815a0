"""The form of a user task: its schema, how it is shown, and which facts its answers become; it validates no answers."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from workflows.definitions.plain import read_json
from workflows.definitions.shape import SCHEMA, UI, shaped
from workflows.rules.vocabulary import FactType, Kind

KINDS: Mapping[str, Kind] = {"string": "text", "integer": "number", "number": "number", "boolean": "boolean"}


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """`schema` is JSON Schema 2020-12, `ui` says labels, order and outcomes; `sha256` is that of both files."""

    task_id: str
    schema: Mapping[str, Any]
    ui: Mapping[str, Any]
    sha256: str

    @property
    def prefix(self) -> str:
        """What the facts of this form begin with: `facts` of the ui file, else the task's own id."""
        return str(self.ui.get("facts") or self.task_id)

    @property
    def is_secret(self) -> bool:
        """Whether the answers are a secret ballot: kept nowhere but in the box."""
        return bool(self.schema.get("x-secret"))

    @property
    def fields(self) -> Mapping[str, Mapping[str, Any]]:
        """The fields of the schema by name."""
        return cast("Mapping[str, Mapping[str, Any]]", self.schema.get("properties", {}))

    @property
    def outcomes(self) -> Mapping[str, Mapping[str, Any]]:
        """The buttons that end the task, by the value of the outcome field; none for a plain form."""
        return cast("Mapping[str, Mapping[str, Any]]", self.ui.get("outcomes", {}).get("values", {}))

    def nominee_facts(self) -> Iterator[tuple[str, FactType]]:
        """What the form tells of each nominee: facts that go with the line into every process that handles it."""
        for field in self.fields.values():
            if field.get("x-rows") == "nominees":
                yield from _row(field, "line")

    def facts(self, *, many: bool = False) -> Iterator[tuple[str, FactType]]:
        """Every other fact that the answers become. `many`: each member of a group answers for itself."""
        for name, field in self.fields.items():
            match field.get("x-rows"):
                case "lines":
                    if not many:
                        yield from _row(field, f"line.{self.prefix}")
                case "standards":
                    yield from _sheet(field, f"line.{self.prefix}")
                case "nominees" | "dossiers":
                    pass
                case _:
                    if not many:
                        yield f"{self.prefix}.{name}", fact_type(field)


def read_form(task_id: str, schema: bytes, ui: bytes | None) -> Form:
    """The form of a task from its two files. Raises BundleRejected."""
    digest = hashlib.sha256(schema + b"\x00" + (ui or b"")).hexdigest()
    place = f"forms/{task_id}"
    asked, shown = f"{place}.schema.json", f"{place}.ui.json"
    return Form(
        task_id,
        shaped(asked, read_json(asked, schema), SCHEMA),
        shaped(shown, read_json(shown, ui or b"{}"), UI),
        digest,
    )


def fact_type(field: Mapping[str, Any]) -> FactType:
    """The kind of fact that a field of a schema gives."""
    declared = field.get("type")
    if declared == "array":
        inner = fact_type(field.get("items", {}))
        return FactType("list", inner.values, of=inner.kind)
    if field.get("format") == "date":
        return FactType("date")
    values = field.get("enum", ())
    return FactType(KINDS.get(str(declared), "text"), tuple(str(value) for value in values))


def _sheet(field: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, FactType]]:
    columns = field["items"]["properties"]
    for key in columns["criterion"].get("enum", ()):
        yield f"{prefix}.{str(key).lower()}", fact_type(columns["met"])
        yield f"{prefix}.{str(key).lower()}_evidence", FactType("text")


def _row(field: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, FactType]]:
    for name, column in field.get("items", {}).get("properties", {}).items():
        if name != "line":
            yield f"{prefix}.{name}", fact_type(column)
