"""A service task names an operation that the system has, and all that it needs; else its job would fail for ever."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from workflows.definitions.bundle import Bundle
from workflows.definitions.errors import BundleRejected
from workflows.definitions.lint.finding import Finding, at, named, told
from workflows.definitions.paper_names import unknown_names
from workflows.definitions.process import Element
from workflows.domain.text import Text

RULE = "operations"
CONNECTORS = Path(__file__).resolve().parents[2] / "connectors"
NEEDS: Mapping[str, tuple[str, ...]] = {
    "render_document": ("template",),
    "open_ballot_box": ("council",),
    "send_notice": ("notice",),
    "send_package": ("body", "number"),
    "settle_version": ("state",),
}


def check(bundle: Bundle, known: Iterable[str] | None = None) -> Iterator[Finding]:
    """Service tasks whose operation is not `known` (default: those of workflows/connectors) or lacks what it needs."""
    operations = installed() if known is None else frozenset(known)
    for process in bundle.processes.values():
        for task in process.of_type("serviceTask"):
            operation = task.properties.get("operation", "")
            if operation not in operations:
                what = Text(
                    f"{named(task)} gọi thao tác «{operation}» không có.",
                    f"{named(task)} asks for «{operation}», which does not exist.",
                )
                names = ", ".join(sorted(operations))
                yield at(RULE, process, task, what, Text(f"Chọn một trong: {names}.", f"Choose one of: {names}."))
            for what, fix in (*_needed(task), *_template(bundle, task)):
                yield at(RULE, process, task, what, fix)


def installed() -> frozenset[str]:
    """The operations of this installation, by the files of their connectors."""
    return frozenset(path.stem for path in CONNECTORS.glob("*.py") if "\ndef perform(" in path.read_text("utf-8"))


def _needed(task: Element) -> Iterator[tuple[Text, Text]]:
    for needs in NEEDS.get(task.properties.get("operation", ""), ()):
        if needs not in task.properties:
            what = Text(f"{named(task)} thiếu thuộc tính {needs}.", f"{named(task)} lacks the property {needs}.")
            yield what, Text("Thêm thuộc tính đó.", "Add that property.")


def _template(bundle: Bundle, task: Element) -> Iterator[tuple[Text, Text]]:
    template = task.properties.get("template")
    if template is None:
        return
    beside = f"{template.removesuffix('.typ')}.toml"
    for name in (template, beside):
        if name not in bundle.documents or not template.endswith(".typ"):
            what = Text(
                f"{named(task)} dùng mẫu «{template}» nhưng không có tệp «{name}».",
                f"{named(task)} uses the template «{template}», but there is no file «{name}».",
            )
            yield what, Text("Thêm tệp đó vào documents/.", "Add it to documents/.")
            return
    try:
        for name in unknown_names(bundle, template.removesuffix(".typ")):
            what = Text(
                f"Mẫu «{beside}» nêu dữ kiện «{name}» không có.", f"«{beside}» names «{name}», which is no fact."
            )
            yield what, Text("Ghi tên một dữ kiện đã khai báo.", "Name a fact that is declared.")
    except BundleRejected as problem:
        why = told(problem)
        what = Text(f"Không đọc được mẫu của {named(task)}: {why.vi}", f"{named(task)} cannot be set: {why.en}")
        yield what, Text("Sửa tệp đó.", "Mend that file.")
