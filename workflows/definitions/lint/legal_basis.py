"""A person who is asked to act is told by which law."""

from collections.abc import Iterator

from workflows.definitions.bundle import Bundle
from workflows.definitions.lint.finding import Finding, at, named
from workflows.domain.text import Text

RULE = "legal_basis"
UNCERTAIN = "[U]"


def check(bundle: Bundle) -> Iterator[Finding]:
    """User tasks without a citation, or with one that is uncertain."""
    fix = Text("Ghi thuộc tính legalBasis: văn bản, điều.", "Write the property legalBasis: the act and the article.")
    for process in bundle.processes.values():
        for task in process.of_type("userTask"):
            basis = task.properties.get("legalBasis", "").strip()
            if not basis or UNCERTAIN in basis:
                what = Text(
                    f"Tác vụ {named(task)} chưa nêu căn cứ pháp lý chắc chắn.",
                    f"Task {named(task)} cites no certain legal basis.",
                )
                yield at(RULE, process, task, what, fix)
