"""The columns, cells and answers of a decision table name declared facts and values only, wherever it is called."""

from collections.abc import Iterator

from workflows.definitions.bundle import Bundle
from workflows.definitions.lint.finding import Finding, told, within
from workflows.domain.text import Text
from workflows.rules.table_plan import table_problems

RULE = "tables"
FIX = Text("Sửa ô đó theo tên và giá trị đã khai báo.", "Mend that cell with the declared names and values.")


def check(bundle: Bundle) -> Iterator[Finding]:
    """Every problem of every table, once, with the facts of each process that calls it."""
    for decision, by_rule_set in bundle.tables.items():
        callers: list[str | None] = [
            process.id
            for process in bundle.processes.values()
            if any(element.decision == decision for element in process.elements.values())
        ]
        for key, table in by_rule_set.items():
            file = f"decisions/{decision}/{key}.dmn"
            problems: set[Text] = set()
            for caller in callers or [None]:
                problems |= {told(problem) for problem in table_problems(table, bundle.vocabulary(caller), place=file)}
            for problem in sorted(problems, key=lambda each: each.en):
                what = Text(f"Bảng «{table.name}»: {problem.vi}", f"Table «{table.name}»: {problem.en}")
                yield within(RULE, file, decision, what, FIX)
