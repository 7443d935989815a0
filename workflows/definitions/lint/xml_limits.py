"""Diagrams and tables are small plain UTF-8 XML: nothing in them grows or reaches outside when it is read."""

import io
import re
from collections.abc import Iterator, Mapping

from lxml import etree

from workflows.definitions.bundle import Bundle
from workflows.definitions.lint.finding import Finding, within
from workflows.domain.text import Text
from workflows.rules.markup import MAX_BYTES, MAX_NODES

RULE = "xml_limits"
DEEPEST = 64
MOST_NAMESPACES = 100
ENCODING = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")
PLAIN = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})
MARKS = {
    b"<!DOCTYPE": Text("Tệp có DOCTYPE.", "The file has a DOCTYPE."),
    b"<!ENTITY": Text("Tệp khai báo thực thể.", "The file declares an entity."),
}
REMOVE = Text("Xóa khai báo đó.", "Remove that declaration.")
SPLIT = Text("Tách sơ đồ hoặc bảng thành các tệp nhỏ hơn.", "Split the diagram or the table into smaller files.")
SAVE = Text("Lưu lại từ trình soạn thảo với mã UTF-8.", "Save it again from the editor as UTF-8.")


def check(bundle: Bundle) -> Iterator[Finding]:
    """Files of a bundle beyond the limits."""
    yield from in_files(bundle.files)


def in_files(files: Mapping[str, bytes]) -> Iterator[Finding]:
    """Diagrams and tables beyond the limits, before anything is made of them."""
    for path, content in files.items():
        if path.endswith((".bpmn", ".dmn")):
            yield from _bytes(path, content) if len(content) <= MAX_BYTES else _size(path, content)


def _size(path: str, content: bytes) -> Iterator[Finding]:
    what = Text(
        f"Tệp có {len(content)} byte, tối đa {MAX_BYTES}.",
        f"The file has {len(content)} bytes; {MAX_BYTES} are allowed.",
    )
    yield within(RULE, path, "", what, SPLIT)


def _bytes(path: str, content: bytes) -> Iterator[Finding]:
    declared = ENCODING.match(content.removeprefix(b"\xef\xbb\xbf"))
    if b"\x00" in content or not _is_utf8(content) or (declared and declared[1].lower() not in PLAIN):
        yield within(RULE, path, "", Text("Tệp không phải UTF-8.", "The file is not UTF-8."), SAVE)
        return
    refused = False
    for mark, what in MARKS.items():
        if mark in content:
            refused = True
            yield within(RULE, path, "", what, REMOVE, content[: content.index(mark)].count(b"\n") + 1)
    if content.count(b"xmlns") > MOST_NAMESPACES:
        what = Text("Tệp khai báo quá nhiều không gian tên.", "The file declares too many namespaces.")
        yield within(RULE, path, "", what, SAVE)
    elif not refused:
        yield from _shape(path, content)


def _shape(path: str, content: bytes) -> Iterator[Finding]:
    """Depth and number of elements, counted while reading and given up at the first excess."""
    depth = parts = 0
    reading = etree.iterparse(
        io.BytesIO(content), events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        for event, node in reading:
            depth += 1 if event == "start" else -1
            parts += event == "start"
            if depth > DEEPEST or parts > MAX_NODES:
                what = Text(
                    f"Quá {DEEPEST} tầng hoặc quá {MAX_NODES} phần tử.",
                    f"More than {DEEPEST} elements inside one another, or more than {MAX_NODES} in all.",
                )
                yield within(RULE, path, "", what, SPLIT, int(node.sourceline or 0))
                return
    except etree.XMLSyntaxError:
        return  # the rule «readable» says where


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
