"""A rule task calls a decision that has a table for every rule set with the same outputs in each, or one for always."""

from collections.abc import Iterator

from workflows.definitions.bundle import ALWAYS, Bundle
from workflows.definitions.conflicts import DECISION as CONFLICTS
from workflows.definitions.escalation import DECISION as ESCALATION
from workflows.definitions.lint.finding import Finding, at, named, within
from workflows.definitions.vocabulary import LIMITS
from workflows.domain.text import Text

RULE = "decisions"


def check(bundle: Bundle) -> Iterator[Finding]:
    """Rule tasks without a decision, decisions without a table, tables nobody asks, outputs that differ."""
    called = {*LIMITS, CONFLICTS, ESCALATION}
    for process in bundle.processes.values():
        for element in process.elements.values():
            called |= {element.decision or "", element.properties.get("requires", "")}
            called |= set(element.properties.get("admits", "").split())
            called.add(element.properties.get("blocks", ""))
            if element.type == "businessRuleTask" and element.decision not in bundle.tables:
                what = Text(
                    f"{named(element)} gọi bảng «{element.decision}» không có.",
                    f"{named(element)} calls «{element.decision}», which does not exist.",
                )
                fix = Text("Chọn một thư mục của decisions/.", "Choose a folder of decisions/.")
                yield at(RULE, process, element, what, fix)
    for decision, tables in bundle.tables.items():
        folder = f"decisions/{decision}"
        if decision not in called:
            what = Text(f"Không tác vụ nào dùng bảng «{decision}».", f"No task asks the table «{decision}».")
            yield within(RULE, folder, "", what, Text("Xóa bảng hoặc gọi bảng.", "Remove it or call it."))
        for rules in bundle.rule_sets:
            if ALWAYS not in tables and rules.key not in tables:
                what = Text(
                    f"Bảng «{decision}» thiếu bộ quy tắc {rules.key}.", f"«{decision}» lacks the rules {rules.key}."
                )
                yield within(RULE, folder, rules.key, what, Text(f"Thêm {rules.key}.dmn.", f"Add {rules.key}.dmn."))
        if len({tuple(sorted(table.gives().items(), key=str)) for table in tables.values()}) > 1:
            what = Text(
                f"Các bảng «{decision}» cho kết quả khác nhau.", f"The tables «{decision}» give different outputs."
            )
            fix = Text("Giữ cùng tên, kiểu và giá trị kết quả.", "Keep the same names, kinds and values of outputs.")
            yield within(RULE, folder, "", what, fix)
