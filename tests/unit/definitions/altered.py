"""A part of the shipped procedure with words replaced, and what then differs."""

from workflows.definitions import files_in, load_files, shipped
from workflows.definitions.difference import Change, compare_files

VOTE, THRESHOLD = "council_vote.bpmn", "decisions/vote_threshold/always.dmn"
SCHEMA, UI = "forms/cast_ballot.schema.json", "forms/cast_ballot.ui.json"
PLAN = "movements/covid-2021.toml"
SOME = (VOTE, THRESHOLD, SCHEMA, UI, PLAN, "bundle.toml", "calendar.toml", "coverage.toml", "council_meeting.bpmn")
FOLDERS = ("dossier.bpmn", "documents/decision.", "documents/summary.")
BUNDLE = load_files(
    {path: held for path, held in files_in(shipped()).items() if path in SOME or path.startswith(FOLDERS)}
)
"""A part of the shipped procedure, which is read in a moment."""


def edited(*edits: tuple[str, str, str]) -> dict[str, bytes]:
    """The shipped files with words replaced where they first stand."""
    files = dict(BUNDLE.files)
    for path, old, new in edits:
        assert old.encode() in files[path], (path, old)
        files[path] = files[path].replace(old.encode(), new.encode(), 1)
    return files


def changes(*edits: tuple[str, str, str]) -> tuple[Change, ...]:
    return compare_files(BUNDLE.files, edited(*edits)).changes


def only(*edits: tuple[str, str, str]) -> Change:
    found = changes(*edits)
    assert len(found) == 1, [str(each.said) for each in found]
    return found[0]
