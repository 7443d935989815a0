"""What an editor asks while somebody writes: what is wrong with the draft as it would be, what to choose from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from workflows.definitions import Bundle, BundleRejected, lint, load_files
from workflows.definitions.lint import operations
from workflows.domain.actor import Actor
from workflows.domain.errors import DefinitionRejected
from workflows.domain.text import Text
from workflows.queries.workshop import base_of, files_of, permit
from workflows.store.session import Database


@dataclass(frozen=True, slots=True)
class Found:
    """Something wrong: `element` is an id of the diagram, a row, a field, "" for the whole file."""

    rule: str
    severity: str
    file: str
    element: str
    line: int
    what: Text
    fix: Text


def check(db: Database, actor: Actor, draft: int, path: str, content: bytes | None) -> tuple[Found, ...]:
    """What is wrong with a draft if the file at `path` held `content` (None: as it is kept); nothing is saved."""
    files = files_of(db, actor, draft)
    if content is not None:
        files[path] = content
    found = lint.while_writing(files, path) if path else lint.inspect(files)
    return tuple(
        Found(
            each.rule,
            each.severity,
            each.file,
            each.element,
            each.line,
            Text(each.vi, each.en),
            Text(each.fix_vi, each.fix_en),
        )
        for each in sorted(found, key=lambda each: (each.file != path, each.severity))
    )


def readable(db: Database, actor: Actor, draft: int) -> Bundle:
    """The draft as a bundle; the version below it where its files make none just now."""
    try:
        return load_files(files_of(db, actor, draft))
    except (BundleRejected, DefinitionRejected):
        return base_of(db, actor, draft)


def open_at(db: Database, actor: Actor, process: str) -> dict[str, int]:
    """How many tasks wait now at each step of a process, in every version."""
    permit(actor)
    rows = text("select element, count(*) from user_task where process = :process and state = 'open' group by element")
    with db.read() as tx:
        return {element: int(count) for element, count in tx.execute(rows, {"process": process})}


def known(bundle: Bundle) -> dict[str, Any]:
    """What the editors offer to choose from, each with its name in both languages."""
    facts = bundle.vocabulary(None)
    return {
        "lanes": [{"key": lane.name, "group": lane.group, **_text(lane.title)} for lane in bundle.lanes.values()],
        "groups": [{"key": key, **_text(title)} for key, title in bundle.groups.items()],
        "forms": [{"key": key, **_text(Text.read(form.ui["title"]))} for key, form in bundle.forms.items()],
        "processes": [
            {"key": key, "vi": each.name, "en": bundle.manifest.labels.get(key, "") or each.name}
            for key, each in bundle.processes.items()
        ],
        "decisions": list(_decisions(bundle)),
        "deadlines": sorted(bundle.deadline_keys()),
        "messages": [{"key": key, "to": each.to, **_text(each.title)} for key, each in bundle.messages.items()],
        "papers": [{"key": key, **_text(title)} for key, title in bundle.papers.items()],
        "notices": [{"key": key, **_text(each.title)} for key, each in bundle.notices.items()],
        "series": [{"key": key, **_text(each.title)} for key, each in bundle.series.items()],
        "bodies": [{"key": key, **_text(title)} for key, title in bundle.bodies.items()],
        "templates": sorted(name for name in bundle.documents if name.endswith(".typ")),
        "operations": [
            {"key": name, "needs": list(operations.NEEDS.get(name, ()))} for name in sorted(operations.installed())
        ],
        "facts": [
            {
                "name": name,
                "type": each.kind,
                "values": [
                    {"key": value, **_text(bundle.worded(name).values.get(value, Text(value)))} for value in each.values
                ],
                **_text(bundle.label(name)),
            }
            for name, each in sorted(facts.items())
        ],
    }


def _decisions(bundle: Bundle) -> Iterator[dict[str, Any]]:
    for decision, tables in sorted(bundle.tables.items()):
        name = next(iter(tables.values())).name
        yield {
            "key": decision,
            "vi": name,
            "en": name,
            "sets": sorted(tables),
            "outputs": sorted({output.name for table in tables.values() for output in table.outputs}),
        }


def _text(text: Text) -> dict[str, str]:
    return {"vi": text.of("vi"), "en": text.of("en")}
