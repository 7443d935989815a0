"""What one element of a diagram says of another by its id leads somewhere: to a message, a flow, a task."""

from collections.abc import Iterator, Mapping

from lxml import etree

from workflows.definitions.bundle import Bundle
from workflows.definitions.diagram import bpmn, line_of, read_diagram, tag
from workflows.definitions.lint.finding import Finding, within
from workflows.domain.text import Text

RULE = "references"
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "messageRef": frozenset({"message"}),
    "errorRef": frozenset({"error"}),
    "escalationRef": frozenset({"escalation"}),
    "processRef": frozenset({"process"}),
    "default": frozenset({"sequenceFlow"}),
    "bpmnElement": frozenset(),
}
"""Where they must lead; nothing: to any element."""
TEXTS = ("flowNodeRef", "incoming", "outgoing")
FIX = Text("Mở sơ đồ, nối lại phần tử rồi lưu.", "Open the diagram, connect the element again and save.")


def check(bundle: Bundle) -> Iterator[Finding]:
    """References to an id that the file does not have, or that is something else."""
    for process in bundle.processes.values():
        root = read_diagram(process.file, process.xml)
        ids = {str(node.get("id")): tag(node) for node in root.iter() if node.get("id")}
        for node, name, key in _references(root):
            if key not in ids or (ATTRIBUTES.get(name) and ids[key] not in ATTRIBUTES[name]):
                owner = next((each.get("id") for each in (node, *node.iterancestors()) if each.get("id")), "")
                what = Text(
                    f"«{owner}» chỉ tới «{key}» ({name}) không có.",
                    f"«{owner}» refers to «{key}» ({name}), which does not exist.",
                )
                yield within(RULE, process.file, str(owner), what, FIX, line_of(node))


def _references(root: etree._Element) -> Iterator[tuple[etree._Element, str, str]]:
    for node in root.iter():
        for name in ATTRIBUTES:
            if (value := node.get(name)) is not None:
                yield node, name, value.partition(":")[2] or value
    for name in TEXTS:
        for node in root.iter(bpmn(name)):
            yield node, name, (node.text or "").strip()
