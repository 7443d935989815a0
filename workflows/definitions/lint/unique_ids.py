"""Every id of a file is there once and is a plain word: engine and history look elements up by their ids."""

import re
from collections.abc import Iterator

from workflows.definitions.bundle import Bundle
from workflows.definitions.diagram import line_of, read_diagram
from workflows.definitions.lint.finding import Finding, within
from workflows.domain.text import Text

RULE = "unique_ids"
PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,127}")


def check(bundle: Bundle) -> Iterator[Finding]:
    """Ids that stand twice in a diagram or a table, and ids with signs that are no letter, digit, dot or dash."""
    for path, content in bundle.files.items():
        if not path.endswith((".bpmn", ".dmn")):
            continue
        seen: dict[str, int] = {}
        for node in read_diagram(path, content).iter():
            key = node.get("id")
            if key is None:
                continue
            if not PLAIN.fullmatch(key):
                what = Text(f"Id «{key}» có ký tự lạ.", f"The id «{key}» has strange signs.")
                fix = Text("Chỉ dùng chữ không dấu, số và gạch dưới.", "Use letters, digits and underscores only.")
                yield within(RULE, path, key, what, fix, line_of(node))
            elif key in seen:
                what = Text(
                    f"Id «{key}» đã có ở dòng {seen[key]}.", f"The id «{key}» is already there on line {seen[key]}."
                )
                fix = Text("Đặt id khác cho một trong hai.", "Give one of the two another id.")
                yield within(RULE, path, key, what, fix, line_of(node))
            seen.setdefault(key, line_of(node))
