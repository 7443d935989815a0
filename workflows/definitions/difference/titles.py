"""What a file of a bundle is to a clerk: its area, and what it is called."""

from pathlib import PurePosixPath

from lxml import etree

from workflows.definitions.difference.change import Area, say
from workflows.definitions.difference.names import Names
from workflows.definitions.errors import BundleRejected
from workflows.definitions.plain import read_json, read_toml
from workflows.domain.text import Text
from workflows.rules.errors import TableRejected
from workflows.rules.markup import read_xml

FOLDERS: dict[str, tuple[Area, Text]] = {
    "forms": ("form", Text("biểu mẫu", "form")),
    "movements": ("movement", Text("phong trào", "movement")),
    "documents": ("document", Text("mẫu văn bản", "template")),
    "scenarios": ("other", Text("tình huống", "story")),
    "demo": ("other", Text("dữ liệu minh họa", "demonstration")),
}
FILES: dict[str, tuple[Area, Text]] = {
    "bundle.toml": ("settings", Text("làn, nhóm, thông điệp, tham số", "lanes, groups, messages, parameters")),
    "parameters.toml": ("settings", Text("tham số do cơ quan chọn", "parameters chosen by the authority")),
    "calendar.toml": ("calendar", Text("lịch làm việc", "working calendar")),
    "sources.toml": ("other", Text("nguồn của các quy tắc", "sources of the rules")),
    "coverage.toml": ("other", Text("phần chưa có tình huống", "what no story passes")),
    "demo.toml": ("other", Text("dữ liệu minh họa", "demonstration")),
}


def area_of(file: str) -> Area:
    """What a file is for, by its path."""
    path = PurePosixPath(file)
    parts = path.parts
    if file.endswith(".bpmn"):
        return "diagram"
    if path.match("decisions/*/*.dmn"):
        return "decision"
    if parts[0] in FOLDERS and len(parts) > 1:
        area = FOLDERS[parts[0]][0]
        strange = (area == "form" and not file.endswith(".json")) or (area == "movement" and not file.endswith(".toml"))
        return "other" if strange else area
    return FILES.get(file, ("other", Text("")))[0]


def title_of(file: str, old: bytes | None, new: bytes | None, names: Names) -> Text:
    """What a file is called, by what stands in it; its path where nothing does."""
    area, content, path = area_of(file), (new if new is not None else old) or b"", PurePosixPath(file)
    form = names.form(path.name.partition(".")[0]) if area == "form" else None
    if area == "diagram":
        name = _drawn(content) or path.stem
        called = names.element(path.stem, path.stem, name)
        return say("sơ đồ «{name}»", "diagram «{name}»", name=called)
    if area == "decision":
        rules = names.rules(path.stem)
        name = _drawn(content) or path.parent.name
        if not rules.vi:
            return say("bảng «{name}»", "table «{name}»", name=name)
        return say("bảng «{name}» · {rules}", "table «{name}» · {rules}", name=name, rules=rules)
    if file in FILES:
        return FILES[file][1]
    kind = FOLDERS.get(path.parts[0], (area, Text("tệp", "file")))[1]
    paper = names.paper(path.stem) if area == "document" else None
    return say(
        "{kind} «{name}»", "{kind} «{name}»", kind=kind, name=paper or form or _written(file, content) or path.name
    )


def _drawn(content: bytes) -> str:
    """The name of the process or of the decision in an XML file; "" where it cannot be read."""
    try:
        root = read_xml(content, place="")
    except TableRejected:
        return ""
    wanted = (node for node in root.iter(etree.Element) if etree.QName(node).localname in {"process", "decision"})
    return next((str(node.get("name")) for node in wanted if node.get("name")), "")


def _written(file: str, content: bytes) -> Text | None:
    """The title that a form or a TOML file gives itself."""
    try:
        told = read_json(file, content) if file.endswith(".json") else read_toml(file, content)
    except BundleRejected:
        return None
    title = told.get("title")
    if isinstance(title, str):
        return Text(title)
    return Text.read(title) if isinstance(title, dict) and isinstance(title.get("vi"), str) else None
