"""What facts are called on a page, what their values mean and what they hold: forms, tables and bundle.toml say it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from workflows.definitions.form import Form
from workflows.definitions.manifest import Manifest
from workflows.domain.text import Text
from workflows.rules.table import Table

FROM_SCHEMA = {
    "x-person": "person",
    "x-stage": "stages",
    "x-content": "contents",
    "x-target": "targets",
    "x-paper": "papers",
}


@dataclass(frozen=True, slots=True)
class Worded:
    """A fact for people: its label, its chosen values, and what it `holds` where that is not plain (see Wording)."""

    label: Text
    values: Mapping[str, Text] = field(default_factory=dict)
    holds: str = ""
    concealed: bool = False


def gather(
    manifest: Manifest, forms: Mapping[str, Form], tables: Mapping[str, Mapping[str, Table]]
) -> dict[str, Worded]:
    """Every fact that is called something, by its name; a column about nominees is `nominee.<column>`."""
    found: dict[str, Worded] = {}
    for form in forms.values():
        for name, worded in _of_form(form):
            found.setdefault(name, worded)
    for name, fact in manifest.facts.items():
        found[name] = replace(found.get(name, Worded(fact.label)), label=fact.label)
    for name, parameter in manifest.parameters.items():
        found[name] = Worded(parameter.label, parameter.values)
    titles = {rules.key: rules.title for rules in manifest.rule_sets}
    for regime in manifest.regimes:
        day = Text(f"{regime.title.vi}: {regime.why.vi}", f"{regime.title.of('en')}: {regime.why.of('en')}")
        found[f"regime.{regime.key}"] = Worded(regime.title, titles)
        found[f"regime.{regime.key}_on"] = Worded(day)
    for table in (each for sets in tables.values() for each in sets.values()):
        for output in table.outputs:
            found.setdefault(f"decisions.{table.id}.{output.name}", Worded(Text(output.label or output.name)))
    for name, title in manifest.papers.items():
        found[f"paper.{name}.number"] = Worded(Text(f"Số: {title.vi}", f"Number: {title.of('en')}"))
        found[f"paper.{name}.date"] = Worded(Text(f"Ngày: {title.vi}", f"Date: {title.of('en')}"))
    for name, wording in manifest.wording.items():
        told = found.get(name, Worded(Text(name)))
        found[name] = replace(
            told,
            label=wording.label or told.label,
            values=wording.values or told.values,
            holds=wording.holds or told.holds,
        )
    return found


def _of_form(form: Form) -> Iterator[tuple[str, Worded]]:
    told = form.ui.get("fields", {})
    for name, schema in form.fields.items():
        ui = told.get(name, {})
        yield f"{form.prefix}.{name}", _worded(name, schema, ui)
        rows = schema.get("x-rows")
        if rows == "standards":
            yield from _of_sheet(form.prefix, schema, ui)
        if rows in {"nominees", "lines", "entries"}:
            prefix = {"nominees": "nominee", "lines": form.prefix, "entries": f"{form.prefix}.{name}"}[rows]
            for column, inner in schema.get("items", {}).get("properties", {}).items():
                yield f"{prefix}.{column}", _worded(column, inner, ui.get("fields", {}).get(column, {}))


def _of_sheet(prefix: str, schema: Mapping[str, Any], ui: Mapping[str, Any]) -> Iterator[tuple[str, Worded]]:
    """Each standard of a sheet is a fact of the line, called as the sheet calls it, and so is what shows it."""
    told = ui.get("fields", {})
    columns = schema["items"]["properties"]
    answers, shown_by = (_worded(name, columns[name], told.get(name, {})) for name in ("met", "evidence"))
    for key, named in told.get("criterion", {}).get("values", {}).items():
        label = Text.read(named)
        fact = f"{prefix}.{str(key).lower()}"
        yield fact, replace(answers, label=label)
        vi, en = f"{label.vi}: {shown_by.label.vi.lower()}", f"{label.of('en')}: {shown_by.label.of('en').lower()}"
        yield f"{fact}_evidence", Worded(Text(vi, en))


def _worded(name: str, schema: Mapping[str, Any], ui: Mapping[str, Any]) -> Worded:
    holds = next((kind for keyword, kind in FROM_SCHEMA.items() if keyword in schema), "")
    return Worded(
        Text.read(ui.get("label", name)),
        {str(value): Text.read(named) for value, named in ui.get("values", {}).items()},
        holds or ("money" if ui.get("widget") == "money" else ""),
        bool(ui.get("conceal")),
    )
