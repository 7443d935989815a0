"""What the workshop calls kinds of files, states of drafts and versions, acts and severities on its pages."""

from collections.abc import Iterator, Mapping, Sequence

from flask import current_app, url_for
from flask_babel import gettext, lazy_gettext

from workflows.domain.text import Text
from workflows.queries.draft_files import FileRow, kind_of
from workflows.queries.workshop import VersionRow

KINDS: Mapping[str, object] = {
    "diagram": lazy_gettext("Diagrams"),
    "decision": lazy_gettext("Decision tables"),
    "form": lazy_gettext("Forms"),
    "paper": lazy_gettext("Papers"),
    "movement": lazy_gettext("Movements"),
    "scenario": lazy_gettext("Scenarios"),
    "other": lazy_gettext("Groups, facts, calendar and other files"),
}
DRAFTS: Mapping[str, object] = {
    "open": lazy_gettext("Draft"),
    "submitted": lazy_gettext("Waiting for approval"),
    "published": lazy_gettext("Published"),
    "dropped": lazy_gettext("Given up"),
}
VERSIONS: Mapping[str, object] = {
    "in force": lazy_gettext("In force"),
    "ahead": lazy_gettext("Not yet in force"),
    "past": lazy_gettext("No longer in force"),
}
CHANGES: Mapping[str, object] = {
    "added": lazy_gettext("new"),
    "changed": lazy_gettext("changed"),
    "removed": lazy_gettext("removed"),
}
DIFFERENCES: Mapping[str, object] = {
    "added": lazy_gettext("Added"),
    "removed": lazy_gettext("Taken away"),
    "changed": lazy_gettext("Altered"),
    "moved": lazy_gettext("Only drawn or written differently"),
}
SEVERITIES: Mapping[str, object] = {
    "error": lazy_gettext("Error"),
    "warning": lazy_gettext("Warning"),
    "info": lazy_gettext("Note"),
}
ACTS: Mapping[str, object] = {
    "opened": lazy_gettext("opened the draft"),
    "saved": lazy_gettext("changed"),
    "removed": lazy_gettext("removed"),
    "restored": lazy_gettext("took back the changes of"),
    "edited": lazy_gettext("changed an entry of"),
    "dropped": lazy_gettext("gave up the draft"),
    "rebased": lazy_gettext("laid the draft over version"),
    "imported": lazy_gettext("imported a bundle"),
    "submitted": lazy_gettext("submitted the draft"),
    "returned": lazy_gettext("the draft was returned"),
    "published": lazy_gettext("published version"),
    "rolled_back": lazy_gettext("rolled back to version"),
}


WAYS: tuple[tuple[str, object, str], ...] = (
    ("entries.entries", lazy_gettext("Parameters, calendar, stages"), "calendar"),
    ("compared.difference", lazy_gettext("What the draft changes"), "arrows-exchange"),
    ("gated.gate", lazy_gettext("Check before publishing"), "list-check"),
    ("publishing.submit", lazy_gettext("Submit for approval"), "send"),
    ("versions.download_draft", lazy_gettext("Download as a folder (ZIP)"), "download"),
)


def ways() -> Iterator[tuple[str, object, str]]:
    """What can be done with a whole draft: endpoint, words, icon."""
    return (each for each in WAYS if each[0] in current_app.view_functions)


def version_ways(row: VersionRow, versions: Sequence[int]) -> Iterator[tuple[str, object, str]]:
    """Where one can go from a version: address, words, icon."""
    if "migrating.choose" in current_app.view_functions:
        yield url_for("migrating.choose", number=row.version), gettext("Move running matters to it"), "arrows-exchange"
    earlier = [each for each in versions if each < row.version]
    if earlier and "compared.versions" in current_app.view_functions:
        address = url_for("compared.versions", old=max(earlier), new=row.version)
        yield address, gettext("What it changed"), "arrows-exchange"


def editor_of(file: FileRow) -> tuple[str, dict[str, str]]:
    """The endpoint and its values at which a file is edited: the editor of its kind, else its text."""
    parts = file.path.split("/")
    stem = parts[-1].split(".", 1)[0]
    editors = {
        "diagram": ("diagrams.edit", {"process": stem}),
        "decision": ("tables.edit", {"decision": parts[-2] if len(parts) > 1 else "", "rules": stem}),
        "form": ("formed.edit", {"task": stem}),
    }
    endpoint, values = editors.get(file.kind, ("drafted.text", {}))
    if file.state == "removed" or endpoint not in current_app.view_functions:
        return "drafted.text", {"path": file.path}
    return (endpoint, values) if values else (endpoint, {"path": file.path})


def place_of(draft: int, path: str, element: str) -> str:
    """The address at which a finding is mended: the editor of its file, at its element where it is a diagram."""
    row = FileRow(path, kind_of(path), Text(path), "", None, None)
    endpoint, values = editor_of(row)
    address = url_for(endpoint, draft=draft, **values)  # type: ignore[arg-type]
    return f"{address}#{element}" if endpoint == "diagrams.edit" and element else address
