"""Takes a foreign file apart: a plain diagram for each process; what its vendor added is taken off and kept by name."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from workflows.definitions.diagram import BPMN, bpmn, is_bpmn, line_of, tag
from workflows.definitions.foreign.vendors import is_foreign

SHARED = ("message", "error", "escalation", "signal")
WITHOUT_ID = "line_"
XML = "http://www.w3.org/XML/1998/namespace"


@dataclass(frozen=True, slots=True)
class Taken:
    """One process by itself: its diagram, the lines of its elements in the file, and what its vendor added to each."""

    id: str
    name: str
    pool: str
    line: int
    xml: bytes
    lines: Mapping[str, int]
    ignored: Mapping[str, tuple[str, ...]]


def take_apart(root: etree._Element) -> Iterator[Taken]:
    """The processes of a file, one after another; ids that are missing or there twice are made up."""
    pools = {
        str(each.get("processRef", "")).rpartition(":")[2]: str(each.get("name", ""))
        for each in root.iter(bpmn("participant"))
        if each.get("processRef")
    }
    seen: set[str] = set()
    for process in root.findall(bpmn("process")):
        lines = dict(_named(process, seen))
        key = str(process.get("id"))
        alone = etree.Element(bpmn("definitions"), nsmap={"bpmn": BPMN})
        alone.set("targetNamespace", "urn:foreign")
        for each in root:
            if tag(each) in SHARED and is_bpmn(each):
                alone.append(deepcopy(each))
        copy = deepcopy(process)
        copy.set("isExecutable", "true")
        alone.append(copy)
        ignored = _without_additions(alone)
        etree.cleanup_namespaces(alone)
        line = line_of(process)
        yield Taken(key, str(process.get("name", "")), pools.get(key, ""), line, etree.tostring(alone), lines, ignored)


def _named(process: etree._Element, seen: set[str]) -> Iterator[tuple[str, int]]:
    """Every BPMN element of a process by its id, each with one of its own."""
    for node in process.iter(etree.Element):
        if not is_bpmn(node):
            continue
        key = str(node.get("id") or f"{WITHOUT_ID}{line_of(node)}_{tag(node)}")
        while key in seen:
            key += "_2"
        seen.add(key)
        if node.get("id") or not _is_part(node):
            node.set("id", key)
        yield key, line_of(node)


def _is_part(node: etree._Element) -> bool:
    """Whether an element without an id is only a part of the one around it."""
    if tag(node) == "process":
        return False
    around = node.getparent()
    standing = around is not None and tag(around) in {"process", "subProcess", "transaction", "adHocSubProcess"}
    return not standing or tag(node) in {"documentation", "extensionElements"}


def _without_additions(root: etree._Element) -> dict[str, tuple[str, ...]]:
    """Take away what a vendor added; returns its names by the element it stood on."""
    found: dict[str, dict[str, None]] = {}
    for node in list(root.iter(etree.Element)):
        owner = _owner(node)
        for attribute in list(node.attrib):
            name = etree.QName(str(attribute))
            if is_foreign(name.namespace) and name.namespace != XML:
                found.setdefault(owner, {})[_called(name, node)] = None
                del node.attrib[attribute]
    for node in list(root.iter(etree.Element)):
        name, around = etree.QName(node), node.getparent()
        if is_foreign(name.namespace) and around is not None:
            if not is_foreign(etree.QName(around).namespace):
                found.setdefault(_owner(around), {})[_called(name, node)] = None
            around.remove(node)
    return {owner: tuple(names) for owner, names in found.items()}


def _owner(node: etree._Element) -> str:
    """The id of the nearest BPMN element that has one and stands for itself."""
    for each in (node, *node.iterancestors()):
        if is_bpmn(each) and each.get("id") and not _is_part(each):
            return str(each.get("id"))
    return next((str(each.get("id")) for each in (node, *node.iterancestors()) if tag(each) == "process"), "")


def _called(name: etree.QName, node: etree._Element) -> str:
    """An addition by the prefix that the file gives its vendor: camunda:formKey."""
    prefix = next((key for key, address in node.nsmap.items() if address == name.namespace and key), "")
    return f"{prefix}:{name.localname}" if prefix else str(name.localname)
