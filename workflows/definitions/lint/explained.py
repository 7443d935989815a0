"""What coverage.toml explains stands in a diagram or a table: an entry that names nothing hides what is not played."""

from collections.abc import Iterator

from workflows.definitions.bundle import Bundle
from workflows.definitions.explained import FILE, Explained
from workflows.definitions.lint.finding import Finding, within
from workflows.domain.text import Text

RULE = "explained"
REMOVE = Text("Xóa mục đó, hoặc ghi lại mã cho đúng.", "Remove that entry, or write the id as it is now.")


def check(bundle: Bundle) -> Iterator[Finding]:
    """Entries that name no element, flow or row of the bundle."""
    for entry in bundle.explained:
        if not _stands(bundle, entry):
            vi, en = f"«{entry.place}» không có «{entry.key}».", f"«{entry.place}» has no {entry.kind} «{entry.key}»."
            yield within(RULE, FILE, entry.key, Text(vi, en), REMOVE)


def _stands(bundle: Bundle, entry: Explained) -> bool:
    if entry.kind == "row":
        decision, rule_set = entry.place.split("/", 1)
        table = bundle.tables.get(decision, {}).get(rule_set)
        return table is not None and any(rule.id == entry.key for rule in table.rules)
    process = bundle.processes.get(entry.place)
    return process is not None and entry.key in (process.elements if entry.kind == "element" else process.flows)
