"""Everything in a bundle is used by something: a file nobody reads or a limit nobody keeps is a slip of the pen."""

import re
from collections.abc import Iterator

from workflows.definitions.bundle import Bundle
from workflows.definitions.escalation import DECISION as ESCALATION
from workflows.definitions.lint.finding import Finding, within
from workflows.definitions.manifest import FILE
from workflows.definitions.paper_names import never_set
from workflows.definitions.vocabulary import DEADLINES
from workflows.domain.text import Text
from workflows.rules.table import Table

RULE = "leftovers"
READ = re.compile(
    r"(bundle|demo|calendar|parameters|sources|coverage)\.toml|README\.md|[^/]+\.bpmn|decisions/[^/]+/[^/]+\.dmn"
    r"|forms/[^/]+\.(schema|ui)\.json|(movements|scenarios|demo)/[^/]+\.toml|documents/[^/]+\.(typ|toml|svg|png)"
)
REMOVE = Text("Xóa đi, hoặc dùng tới.", "Remove it, or make use of it.")


def check(bundle: Bundle) -> Iterator[Finding]:
    """Files of no known kind or without their other half; notices, number series and limits that nothing asks for."""
    for path in bundle.files:
        if not READ.fullmatch(path) or not _has_its_half(bundle, path):
            what = Text(f"Không gì dùng tới tệp «{path}».", f"Nothing reads the file «{path}».")
            yield within(RULE, path, "", what, REMOVE)
    for document in never_set(bundle):
        what = Text(f"Không bước nào lập giấy tờ «{document}».", f"No task sets the paper «{document}».")
        yield within(RULE, f"documents/{document}.typ", document, what, REMOVE)
    for kind, names in _unused(bundle).items():
        for name in names:
            file = f"decisions/{DEADLINES}" if kind == DEADLINES else FILE
            what = Text(f"Không gì dùng tới «{name}» ({kind}).", f"Nothing uses «{name}» ({kind}).")
            yield within(RULE, file, name, what, REMOVE)


def _has_its_half(bundle: Bundle, path: str) -> bool:
    for folder, half, whole in (("forms/", ".ui.json", ".schema.json"), ("documents/", ".toml", ".typ")):
        if path.startswith(folder) and path.endswith(half):
            return path.removesuffix(half) + whole in bundle.files
    return True


def _unused(bundle: Bundle) -> dict[str, list[str]]:
    elements = [element for process in bundle.processes.values() for element in process.elements.values()]
    sent = {element.properties.get("notice") for element in elements}
    sent |= {value for table in bundle.tables.get(ESCALATION, {}).values() for value in _outputs(table, "notice")}
    taken = {field.get("x-series") for form in bundle.forms.values() for field in form.fields.values()}
    taken |= {element.properties.get("series") for element in elements}
    limits = {element.properties.get("due") for element in elements}
    limits |= {key for content in bundle.files.values() for key in _named_limits(content)}
    return {
        "notices": sorted(bundle.notices.keys() - sent),
        "series": sorted(bundle.series.keys() - taken),
        DEADLINES: sorted(bundle.deadline_keys() - limits),
    }


def _outputs(table: Table, name: str) -> tuple[str, ...]:
    return next((output.values for output in table.outputs if output.name == name), ())


def _named_limits(content: bytes) -> Iterator[str]:
    yield from (each.decode() for each in re.findall(rb"\bdue\.([a-z][a-z0-9_]*)", content))
