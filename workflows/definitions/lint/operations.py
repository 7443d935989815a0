"""A service task names an operation that the system has; otherwise its job would fail for ever."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from workflows.definitions.bundle import Bundle
from workflows.definitions.lint.finding import Finding, at, named
from workflows.domain.text import Text

RULE = "operations"
CONNECTORS = Path(__file__).resolve().parents[2] / "connectors"


def check(bundle: Bundle, known: Iterable[str] | None = None) -> Iterator[Finding]:
    """Service tasks whose `operation` is not among `known` (default: the files of workflows/connectors)."""
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
            template = task.properties.get("template")
            if template is not None and template not in bundle.documents:
                what = Text(
                    f"{named(task)} dùng mẫu «{template}» không có.",
                    f"{named(task)} uses the template «{template}», which does not exist.",
                )
                fix = Text("Thêm mẫu vào documents/.", "Add it to documents/.")
                yield at(RULE, process, task, what, fix)


def installed() -> frozenset[str]:
    """The operations of this installation, by the files of their connectors."""
    return frozenset(path.stem for path in CONNECTORS.glob("*.py") if not path.stem.startswith("_"))
