"""Nothing in a diagram may run code: no script task, no script before or after one, no extension that carries one."""

from collections.abc import Iterator

from lxml import etree

from workflows.definitions.bundle import Bundle
from workflows.definitions.diagram import SPIFF, line_of, read_diagram, tag
from workflows.definitions.lint.finding import Finding, within
from workflows.domain.text import Text

RULE = "no_scripts"
SCRIPTS = frozenset({"script", "scriptTask", "preScript", "postScript", "serviceTaskOperator", "unitTests"})
ATTRIBUTES = frozenset({"scriptFormat", "expressionLanguage", "language"})
FIX = Text(
    "Xóa đoạn mã; dùng bảng quy tắc hoặc tác vụ dịch vụ.",
    "Remove the code; use a decision table or a service task.",
)


def check(bundle: Bundle) -> Iterator[Finding]:
    """Scripts by tag, and attributes that name a language other than FEEL."""
    for process in bundle.processes.values():
        for node in read_diagram(process.file, process.xml).iter():
            if not isinstance(node.tag, str):
                continue
            carries = tag(node) in SCRIPTS or any(
                name in ATTRIBUTES and "feel" not in str(value).lower() for name, value in node.attrib.items()
            )
            if carries:
                owner = _owner(node)
                what = Text(f"«{owner}» mang mã lệnh ({tag(node)}).", f"«{owner}» carries code ({tag(node)}).")
                yield within(RULE, process.file, owner, what, FIX, line_of(node))


def _owner(node: etree._Element) -> str:
    """The id of the nearest element that is not an extension."""
    for each in (node, *node.iterancestors()):
        if each.get("id") and etree.QName(each).namespace != SPIFF:
            return str(each.get("id"))
    return tag(node)
