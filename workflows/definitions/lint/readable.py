"""A bundle can be read at all: its files are there, are what their names say, and agree on who is who."""

from collections.abc import Iterator, Mapping

from workflows.definitions.bundle import Bundle
from workflows.definitions.lint.finding import Finding, reason, told, within
from workflows.definitions.read import load_files
from workflows.domain.errors import DefinitionRejected
from workflows.domain.text import Text

RULE = "readable"
FIX = Text("Sửa tệp đó rồi kiểm tra lại.", "Mend that file, then check again.")


def check(_: Bundle) -> Iterator[Finding]:
    """Nothing: a bundle that was read is readable."""
    yield from ()


def read(files: Mapping[str, bytes]) -> Bundle | Finding:
    """The bundle of these files, or why they are none."""
    try:
        return load_files(files)
    except DefinitionRejected as refusal:
        return unreadable(refusal)


def unreadable(refusal: DefinitionRejected) -> Finding:
    """The finding that says why files are no bundle, or no procedure that can be run."""
    place = str(refusal.about.get("place", ""))
    why = reason(refusal.about["why"]) if "why" in refusal.about else told(refusal)
    return within(RULE, place, "", Text(f"Không đọc được: {why.vi}", f"It cannot be read: {why.en}"), FIX)
