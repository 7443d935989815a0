"""DMN files as XML, read within limits; a DOCTYPE, an entity or a file too large is refused."""

from lxml import etree

from workflows.rules.errors import TableRejected

MAX_BYTES = 2_000_000
MAX_NODES = 20_000


def read_xml(content: bytes, *, place: str) -> etree._Element:
    """The root of a small, plain XML file; raises TableRejected with the reason."""
    if len(content) > MAX_BYTES:
        raise TableRejected(place=place, why=f"the file has {len(content)} bytes; {MAX_BYTES} are allowed.")
    if b"\x00" in content:
        raise TableRejected(place=place, why="the file is not UTF-8 text. Save it again from the editor.")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise TableRejected(place=place, why="the file has a DOCTYPE. Remove that line.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True, recover=False
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise TableRejected(place=place, why=f"the file is not XML: {error}") from None
    if root.getroottree().docinfo.doctype:
        raise TableRejected(place=place, why="the file has a DOCTYPE. Remove that line.")
    if sum(1 for _ in root.iter()) > MAX_NODES:
        raise TableRejected(place=place, why=f"the file has more than {MAX_NODES} parts. Split the table.")
    return root
