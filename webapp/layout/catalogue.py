"""Finds every text that needs Vietnamese, and keeps the catalogue in step: python -m webapp.layout.catalogue."""

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from webapp.layout.language import CATALOGUE
from workflows.domain.form_sentences import SENTENCES
from workflows.domain.said import table

ROOT = Path(__file__).resolve().parent.parent.parent
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
METHODS = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
REFUSALS = "DomainError"
SAID_IN_REFUSALS = ("why", "what", "state")
PLACES = re.compile(r"%\(\w+\)s|\{\w+\}")
TEMPLATED = ("Said", "StrangeEntry", "reject")
"""Calls that are given the template of something said."""
STATES = ("completed", "cancelled")

Message = str | tuple[str, str]


def messages() -> dict[Message, list[str]]:
    """English texts by the files they stand in: pages, forms, refusals; not those that the rooms translate."""
    found: dict[Message, list[str]] = {}
    options = {"**/templates/**.html": {"trimmed": "true", "silent": "false"}}
    for file, _line, text, _comments, _context in extract_from_dir(
        ROOT / "webapp", method_map=METHODS, options_map=options, keywords=KEYWORDS, comment_tags=()
    ):
        key: Message = (text[0], text[1]) if isinstance(text, tuple) else text
        found.setdefault(key, []).append(f"webapp/{file}")
    for sentence in SENTENCES.values():
        found.setdefault(sentence, []).append("workflows/domain/form_sentences.py")
    for path, text in refusals():
        found.setdefault(text, []).append(path.relative_to(ROOT).as_posix())
    for state in STATES:
        found.setdefault(state, []).append("workflows/domain/errors.py")
    return {text: places for text, places in found.items() if text not in table()}


def refusals() -> Iterator[tuple[Path, str]]:
    """What refusals say: the docstring of every class that descends from DomainError, and the reasons put into it."""
    trees = [
        (path, ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted([*(ROOT / "workflows").rglob("*.py"), *(ROOT / "webapp").rglob("*.py")])
    ]
    classes = [(path, node) for path, tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    known = _descendants([node for _, node in classes])
    for path, node in classes:
        text = ast.get_docstring(node)
        if node.name in known and node.name != REFUSALS and text:
            yield path, text
    for path, tree in trees:
        for call in ast.walk(tree):
            if isinstance(call, ast.Call):
                yield from ((path, reason) for reason in _reasons(call, known))


def _descendants(classes: Sequence[ast.ClassDef]) -> set[str]:
    known = {REFUSALS}
    while more := {node.name for node in classes if known & {_name(base) for base in node.bases}} - known:
        known |= more
    return known


def _reasons(call: ast.Call, known: set[str]) -> Iterator[str]:
    if _name(call.func) in TEMPLATED:
        yield from (each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str))
    for argument in call.keywords if _name(call.func) in known else ():
        value = argument.value
        if argument.arg in SAID_IN_REFUSALS and isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value.value


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def missing() -> list[str]:
    """The texts that have no Vietnamese yet."""
    catalog = kept()
    return [str(text) for text in messages() if not _said(catalog, text)]


def _said(catalog: Catalog, text: Message) -> bool:
    message = catalog.get(text)
    words = message.string if message else ""
    return bool(words) and all(words) if isinstance(words, tuple | list) else bool(words)


def kept() -> Catalog:
    """The catalogue as it is kept."""
    with CATALOGUE.open("rb") as source:
        return read_po(source, locale="vi")


def update() -> int:
    """Write the catalogue anew: new texts without Vietnamese, gone ones left out; returns how many lack Vietnamese."""
    old, fresh = kept(), Catalog(locale="vi", project="Vinh Danh", charset="utf-8", fuzzy=False)
    for text, places in sorted(messages().items(), key=lambda pair: (min(pair[1]), str(pair[0]))):
        known = old.get(text)
        fresh.add(text, string=known.string if known else None, locations=[(place, 0) for place in sorted(set(places))])
    fresh.revision_date = fresh.creation_date = old.creation_date
    with CATALOGUE.open("wb") as target:
        write_po(target, fresh, width=0, include_lineno=False, omit_header=False)
    return len(missing())


if __name__ == "__main__":
    left = update()
    sys.stdout.write(f"{left} texts without Vietnamese\n")
