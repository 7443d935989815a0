"""What differs between two versions of a bundle, in sentences a clerk reads; it judges and runs nothing.

What cannot be read as what its name says is compared line by line, so that a broken draft has a difference too.
"""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from workflows.definitions.bundle import Bundle
from workflows.definitions.difference.change import (
    KINDS,
    Area,
    Change,
    Difference,
    FileDifference,
    begun,
    kind_of,
    say,
)
from workflows.definitions.difference.diagrams import compare_diagrams
from workflows.definitions.difference.entries import compare_entries
from workflows.definitions.difference.forms import SCHEMA, UI, Labels, compare_forms
from workflows.definitions.difference.names import Names, read_names
from workflows.definitions.difference.tables import compare_tables
from workflows.definitions.difference.texts import compare_texts
from workflows.definitions.difference.titles import area_of, title_of
from workflows.definitions.errors import BundleRejected
from workflows.definitions.plain import read_json
from workflows.domain.text import Text
from workflows.rules.errors import TableRejected

__all__ = ["KINDS", "Change", "Difference", "FileDifference", "compare", "compare_files"]

ORDER: tuple[Area, ...] = ("diagram", "decision", "form", "settings", "calendar", "movement", "document", "other")
AS_ENTRIES = frozenset({"settings", "calendar", "movement"})


def compare(old: Bundle, new: Bundle) -> Difference:
    """What differs between two versions that can be read."""
    return _compared(old.files, new.files, Names(old, new))


def compare_files(old: Mapping[str, bytes], new: Mapping[str, bytes], names: Names | None = None) -> Difference:
    """The same for files that may be a draft which cannot be read yet; it raises nothing.

    `names`: what their parts are called, where that is known already.
    """
    return _compared(old, new, names or read_names(old, new))


def _compared(old: Mapping[str, bytes], new: Mapping[str, bytes], names: Names) -> Difference:
    paths = [path for path in sorted({*old, *new}) if old.get(path) != new.get(path)]
    gone = {old[path]: path for path in paths if path not in new}
    files: list[FileDifference] = []
    for path in sorted(paths, key=lambda each: (ORDER.index(area_of(each)), each)):
        area, title = area_of(path), begun(title_of(path, old.get(path), new.get(path), names))
        if path in old and path in new:
            files.append(FileDifference(path, area, title, "changed", tuple(_changes(path, area, old, new, names))))
        else:
            whole = _whole(path, title, gone.get(new[path]) if path in new else None, there=path in new)
            files.append(FileDifference(path, area, title, whole.kind, (whole,)))
    return Difference(tuple(files))


def _whole(path: str, title: Text, former: str | None, *, there: bool) -> Change:
    told = begun(title)
    if former:
        said = say(
            "{title}: tệp mới, cùng nội dung với {file}.",
            "{title}: a new file, the same as {file} was.",
            title=told,
            file=former,
        )
    elif there:
        said = say("{title}: tệp mới.", "{title}: a new file.", title=told)
    else:
        said = say("{title}: bỏ tệp.", "{title}: the file is removed.", title=told)
    return Change(path, kind_of(None if there else "", "" if there else None), "", said)


def _changes(
    path: str, area: Area, old: Mapping[str, bytes], new: Mapping[str, bytes], names: Names
) -> Iterator[Change]:
    try:
        found = list(_read(path, area, old, new, names))
    except (BundleRejected, TableRejected):
        yield from compare_texts(path, old[path], new[path])
        return
    if found:
        yield from found
        return
    yield Change(
        path,
        "moved",
        "",
        Text(
            "Tệp chỉ được viết khác đi (thứ tự, khoảng trắng, chú thích); nội dung như cũ.",
            "The file is only written differently (order, blanks, comments); it says the same.",
        ),
        "written",
    )


def _read(path: str, area: Area, old: Mapping[str, bytes], new: Mapping[str, bytes], names: Names) -> Iterator[Change]:
    if area == "diagram":
        return compare_diagrams(path, old[path], new[path], names)
    if area == "decision":
        return compare_tables(path, old[path], new[path], names)
    if area == "form":
        return compare_forms(path, old[path], new[path], _labels(path, old, new))
    if area in AS_ENTRIES or (PurePosixPath(path).parent.name == "documents" and path.endswith(".toml")):
        return compare_entries(path, old[path], new[path], names)
    return compare_texts(path, old[path], new[path])


def _labels(path: str, old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Labels:
    ui = path.removesuffix(SCHEMA).removesuffix(UI) + UI
    told = []
    for files in (new, old):
        try:
            told.append(read_json(ui, files[ui]))
        except (BundleRejected, KeyError):
            continue
    return Labels(*told)
