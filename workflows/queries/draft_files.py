"""The files of a draft as its page lists them: what each is, what people call it, how it differs from its base."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from workflows.definitions import Bundle
from workflows.domain.text import Text
from workflows.store.drafts import Laid


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of a draft; `state` is "", "added", "changed" or "removed" against its base."""

    path: str
    kind: str
    name: Text
    state: str
    changed_by: str | None
    changed_at: datetime | None

    @property
    def place(self) -> str:
        """What it is listed under: the decision of a table, both files of a form and of a paper, else the file."""
        folder, _, name = self.path.partition("/")
        return f"{folder}/{name.split('/')[0].split('.')[0]}" if name else self.path


def file_rows(base: Bundle, bundle: Bundle, over: Mapping[str, Laid]) -> Iterator[FileRow]:
    """Every file of a draft, those of its base that it removed too; `bundle` is the draft as it can be read."""
    for path in sorted({*base.files, *over}):
        laid = over.get(path)
        state = ""
        if laid is not None:
            state = "removed" if laid.content is None else "changed" if path in base.files else "added"
        by, at = (laid.changed_by, laid.changed_at) if laid else (None, None)
        yield FileRow(path, kind_of(path), _name(bundle, path), state, by, at)


def kind_of(path: str) -> str:
    """What a file of a bundle is: diagram, decision, form, paper, movement, scenario, calendar or other."""
    folder = path.split("/", 1)[0]
    if path.endswith(".bpmn"):
        return "diagram"
    named = {"decisions": "decision", "forms": "form", "documents": "paper", "movements": "movement"}
    return named.get(folder) or ("scenario" if folder in {"scenarios", "demo"} else "other")


def _name(bundle: Bundle, path: str) -> Text:
    """What people call a file: its diagram, table, form or paper."""
    stem = path.rsplit("/", 1)[-1].split(".", 1)[0]
    match kind_of(path):
        case "diagram" if stem in bundle.processes:
            return Text(bundle.processes[stem].name, bundle.manifest.labels.get(stem, ""))
        case "decision":
            decision = path.split("/")[1]
            tables = bundle.tables.get(decision, {})
            return Text(tables[stem].name if stem in tables else decision)
        case "form" if stem in bundle.forms:
            return Text.read(bundle.forms[stem].ui["title"])
        case "movement" if stem in bundle.movements:
            return bundle.movements[stem].title
    return Text(path)
