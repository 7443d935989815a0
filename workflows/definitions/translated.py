"""A diagram with the English words of its bundle, for readers of English; only its labels get more room."""

from lxml import etree

from workflows.definitions.bundle import Bundle
from workflows.definitions.diagram import read_diagram

NAMESPACES = {"bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI", "dc": "http://www.omg.org/spec/DD/20100524/DC"}
ROOM = 90.0


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
    for bounds in tree.iterfind(".//bpmndi:BPMNLabel/dc:Bounds", NAMESPACES):
        _give_room(bounds)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8")


def _give_room(bounds: etree._Element) -> None:
    """Widen a label about its middle, so that no English word is broken."""
    missing = ROOM - float(bounds.get("width") or 0)
    if missing > 0:
        bounds.set("x", f"{float(bounds.get('x') or 0) - missing / 2:g}")
        bounds.set("width", f"{ROOM:g}")


def _english(bundle: Bundle, node: etree._Element, process: str, name: str) -> str:
    """What an element, a flow, a lane or the pool is called in English."""
    if etree.QName(node).localname == "lane" and name in bundle.lanes:
        group = bundle.groups.get(bundle.lanes[name].group)
        return group.en if group else ""
    known = str(node.get("processRef") or node.get("id"))
    if known in bundle.processes[process].elements:
        return bundle.element_name(process, known).en
    return bundle.manifest.labels.get(known, "")
