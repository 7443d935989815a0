"""Opens a file that somebody brought: what is no small plain BPMN 2.0 is refused by name and line, and never read."""

import codecs
import re
import zipfile
from io import BytesIO

from lxml import etree

from workflows.definitions.diagram import BPMN, read_diagram
from workflows.definitions.errors import BundleRejected
from workflows.definitions.foreign.report import Refusal
from workflows.definitions.lint import xml_limits
from workflows.definitions.lint.finding import reason
from workflows.domain.text import Text

BOMS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
DECLARED = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"']{1,40})")
AT_LINE = re.compile(r"\bline (\d+)")
OTHERS = {
    "http://www.omg.org/spec/DMN": "DMN",
    "https://www.omg.org/spec/DMN": "DMN",
    "http://www.omg.org/spec/CMMN": "CMMN",
    "http://www.wfmc.org": "XPDL",
    "http://docs.oasis-open.org/wsbpel": "BPEL",
    "http://www.w3.org/2000/svg": "SVG",
}
EXPORT = Text(
    "Trong chương trình kia, hãy xuất sơ đồ ra dạng BPMN 2.0 XML.",
    "In the other program, export the diagram as BPMN 2.0 XML.",
)
MEND = Text("Hãy xuất lại từ chương trình đã vẽ.", "Export it again from the program that drew it.")


def opened(content: bytes) -> etree._Element | Refusal:
    """The root of a BPMN 2.0 file, or why it is none."""
    if refusal := _encoding(content):
        return refusal
    file = "file.bpmn"
    for finding in xml_limits.in_files({file: content}):
        return Refusal(finding.line, Text(finding.vi, finding.en), Text(finding.fix_vi, finding.fix_en))
    try:
        root = read_diagram(file, content)
    except BundleRejected as error:
        why = reason(error.about["why"])
        found = AT_LINE.search(why.en)
        return Refusal(int(found[1]) if found else 0, why, MEND)
    return _kind(root) or root


def _encoding(content: bytes) -> Refusal | None:
    if zipfile.is_zipfile(BytesIO(content[:4]) if not content.startswith(b"PK") else BytesIO(content)):
        what = Text("Tệp là tệp nén ZIP, không phải sơ đồ.", "The file is a ZIP archive, not a diagram.")
        return Refusal(0, what, EXPORT)
    name = next((name for mark, name in BOMS if content.startswith(mark)), "")
    declared = DECLARED.match(content.removeprefix(codecs.BOM_UTF8))
    if not name and declared and declared[1].lower() not in xml_limits.PLAIN:
        name = declared[1].decode("ascii", "replace")
    if name:
        what = Text(f"Tệp dùng mã {name}, không phải UTF-8.", f"The file is encoded as {name}, not UTF-8.")
        return Refusal(1, what, xml_limits.SAVE)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = Text(f"Dòng {line} có byte không phải UTF-8.", f"Line {line} holds a byte that is not UTF-8.")
        return Refusal(line, what, xml_limits.SAVE)
    return None


def _kind(root: etree._Element) -> Refusal | None:
    """Why a file of XML is no BPMN 2.0."""
    name = etree.QName(root)
    if name.namespace == BPMN and name.localname == "definitions":
        return None
    known = next((said for address, said in OTHERS.items() if str(name.namespace).startswith(address)), "")
    line = int(root.sourceline or 0)
    if known:
        what = Text(f"Tệp là {known}, không phải BPMN 2.0.", f"The file is {known}, not BPMN 2.0.")
    else:
        what = Text(
            f"Tệp bắt đầu bằng «{name.localname}», không phải sơ đồ BPMN 2.0.",
            f"The file begins with «{name.localname}» and is no BPMN 2.0 diagram.",
        )
    return Refusal(line, what, EXPORT)
