"""DMN files as XML, read within limits; a DOCTYPE, an entity or a file too large is refused."""

from typing import NoReturn

from lxml import etree

from workflows.domain.said import Said
from workflows.rules.errors import TableRejected
from workflows.rules.vocabulary import Kind

MAX_BYTES = 2_000_000
MAX_NODES = 20_000
_KINDS: dict[str, Kind | None] = {
    "": None,
    "any": None,
    "string": "text",
    "boolean": "boolean",
    "number": "number",
    "integer": "number",
    "long": "number",
    "double": "number",
    "date": "date",
    "datetime": "instant",
    "date and time": "instant",
}


def read_xml(content: bytes, *, place: str) -> etree._Element:
    """The root of a small, plain XML file; raises TableRejected with the reason."""
    if len(content) > MAX_BYTES:
        raise TableRejected(
            place=place,
            why=Said("the file has {found} bytes; {limit} are allowed.", found=len(content), limit=MAX_BYTES),
        )
    if b"\x00" in content:
        raise TableRejected(place=place, why=Said("the file is not UTF-8 text. Save it again from the editor."))
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise TableRejected(place=place, why=Said("the file has a DOCTYPE. Remove that line."))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True, recover=False
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        raise TableRejected(
            place=place, why=Said("the file is not XML (line {line}): {error}", line=line, error=error)
        ) from None
    if root.getroottree().docinfo.doctype:
        raise TableRejected(place=place, why=Said("the file has a DOCTYPE. Remove that line."))
    if sum(1 for _ in root.iter()) > MAX_NODES:
        raise TableRejected(
            place=place, why=Said("the file has more than {limit} parts. Split the table.", limit=MAX_NODES)
        )
    return root


def kind_in(element: etree._Element, place: str, *, strict: bool = True) -> Kind | None:
    """The kind of fact that the `typeRef` of a column or variable means; raises TableRejected if `strict`."""
    written = (element.get("typeRef") or "").rpartition(":")[2].lower()
    if written not in _KINDS and not strict:
        return None
    if written not in _KINDS:
        reject(
            place,
            "the type «{type}» is not known. Use string, number, boolean, date or dateTime.",
            type=element.get("typeRef"),
        )
    return _KINDS[written]


def check_language(element: etree._Element, place: str) -> None:
    """Refuse an expression in another language than FEEL; raises TableRejected."""
    language = element.get("expressionLanguage")
    if language and "feel" not in language.lower():
        reject(place, "«{text}» is written in {language}. Only FEEL is run.", text=text_in(element), language=language)


def children(element: etree._Element, named: str) -> list[etree._Element]:
    """The elements of a name right under an element."""
    return [child for child in element if tag(child) == named]


def tag(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def text_in(element: etree._Element) -> str:
    """What is written in the `<text>` of an element."""
    found = children(element, "text")
    return (found[0].text or "").strip() if found else ""


def reject(place: str, why: str, **about: object) -> NoReturn:
    """Raise TableRejected for a reason, the template of a sentence, with what it is about."""
    raise TableRejected(place=place, why=Said(why, **about))
