"""A diagram with the English words of its bundle, for readers of English; the drawing stays as it is."""

from lxml import etree

from workflows.definitions.bundle import Bundle
from workflows.definitions.diagram import read_diagram


def diagram_in(bundle: Bundle, process: str, locale: str) -> bytes:
    """The diagram of a process in "vi", as it was drawn, or in "en"; what has no English keeps its name."""
    drawn = bundle.processes[process].xml
    if locale != "en":
        return drawn
    tree = read_diagram(process, drawn)
    for node in tree.iter(etree.Element):
        name = node.get("name")
        english = _english(bundle, node, process, name) if name else ""
        if english:
            node.set("name", english)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8")


def _english(bundle: Bundle, node: etree._Element, process: str, name: str) -> str:
    """What an element, a flow, a lane or the pool is called in English."""
    if etree.QName(node).localname == "lane" and name in bundle.lanes:
        group = bundle.groups.get(bundle.lanes[name].group)
        return group.en if group else ""
    known = str(node.get("processRef") or node.get("id"))
    if known in bundle.processes[process].elements:
        return bundle.element_name(process, known).en
    return bundle.manifest.labels.get(known, "")
