"""What a draft changes of its base, or one version of another, with what a page needs to show it side by side."""

from collections.abc import Mapping
from dataclasses import dataclass

from workflows.definitions import Bundle
from workflows.definitions.difference import Difference, FileDifference, compare_files
from workflows.definitions.difference.names import Names, read_names
from workflows.definitions.difference.rows import Rows, differing_rows
from workflows.domain.actor import Actor
from workflows.domain.errors import NotFound
from workflows.queries import workshop
from workflows.store.session import Database


@dataclass(frozen=True, slots=True)
class FilePart:
    """One file that differs; `rows` of a table, `marks` of a diagram that both versions have: kind by element."""

    told: FileDifference
    rows: Rows | None
    marks: Mapping[str, str]
    process: str


@dataclass(frozen=True, slots=True)
class DifferencePage:
    """Everything that differs; `old` and `new` are numbers of versions, `title` is that of the draft."""

    old: int
    new: int | None
    title: str
    difference: Difference
    parts: tuple[FilePart, ...]


def difference_of_draft(db: Database, actor: Actor, draft: int) -> DifferencePage:
    """What a draft changes of the version below it. Raises NotFound, NotAllowed."""
    base, files = workshop.base_of(db, actor, draft), workshop.files_of(db, actor, draft)
    row = next(each for each in workshop.drafts(db, actor, every=True) if each.id == draft)
    return _page(row.base, None, row.title, base.files, files, read_names(base, files))


def difference_of_versions(db: Database, actor: Actor, old: int, new: int) -> DifferencePage:
    """What the version `new` has otherwise than `old`. Raises NotFound, NotAllowed."""
    (_, before), (_, after) = (workshop.version(db, actor, number) for number in (old, new))
    return _page(old, new, "", before.files, after.files, Names(before, after))


def diagram_of_version(db: Database, actor: Actor, number: int, process: str) -> bytes:
    """The diagram of a process as a version has it. Raises NotFound, NotAllowed."""
    _, bundle = workshop.version(db, actor, number)
    found = _diagram(bundle, process)
    if found is None:
        raise NotFound(what=f"{process}.bpmn")
    return found


def diagram_of_draft(db: Database, actor: Actor, draft: int, process: str) -> bytes:
    """The diagram of a process as a draft has it. Raises NotFound, NotAllowed."""
    found = workshop.files_of(db, actor, draft).get(f"{process}.bpmn")
    if found is None:
        raise NotFound(what=f"{process}.bpmn")
    return found


def _diagram(bundle: Bundle, process: str) -> bytes | None:
    return bundle.files.get(f"{process}.bpmn")


def _page(
    old: int, new: int | None, title: str, before: Mapping[str, bytes], after: Mapping[str, bytes], names: Names
) -> DifferencePage:
    found = compare_files(before, after, names)
    parts = tuple(_part(each, before.get(each.file), after.get(each.file), names) for each in found.files)
    return DifferencePage(old, new, title, found, parts)


def _part(told: FileDifference, old: bytes | None, new: bytes | None, names: Names) -> FilePart:
    rows = differing_rows(told.file, old, new, names) if told.area == "decision" else None
    marks = {change.element: change.kind for change in told.changes if change.element} if told.area == "diagram" else {}
    both = told.area == "diagram" and old is not None and new is not None
    return FilePart(told, rows, marks, told.file.removesuffix(".bpmn") if both else "")
