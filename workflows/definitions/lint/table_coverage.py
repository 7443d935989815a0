"""A table answers every case once: none that no row fits, none that two rows of a UNIQUE table fit."""

import re
from collections.abc import Iterator

from workflows.definitions.bundle import Bundle
from workflows.definitions.lint.finding import Finding, within
from workflows.domain.errors import DefinitionRejected
from workflows.domain.text import Text
from workflows.rules.coverage import Case, coverage
from workflows.rules.table import Table

RULE = "table_coverage"
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def check(bundle: Bundle) -> Iterator[Finding]:
    """The first case of each table that is forgotten or decided twice; days are left out: rule sets divide the time."""
    for decision, by_rule_set in bundle.tables.items():
        for key, table in by_rule_set.items():
            file = f"decisions/{decision}/{key}.dmn"
            try:
                found = coverage(table, bundle.vocabulary(None), place=file)
            except DefinitionRejected:
                continue  # the rule «tables» says why
            for gap in [each for each in found.gaps if not any(map(DAY.search, each.inputs))][:1]:
                what = Text(
                    f"Bảng «{table.name}» không có dòng nào cho {_told(gap)}.",
                    f"No row of «{table.name}» fits {_told(gap)}.",
                )
                fix = Text("Thêm dòng cho trường hợp đó.", "Add a row for that case.")
                yield within(RULE, file, table.id, what, fix)
            for overlap in found.overlaps[:1]:
                yield _twice(file, table, overlap)


def _twice(file: str, table: Table, case: Case) -> Finding:
    rows = ", ".join(map(str, case.rows))
    what = Text(
        f"Các dòng {rows} của «{table.name}» cùng đúng cho {_told(case)}.",
        f"Rows {rows} of «{table.name}» all fit {_told(case)}.",
    )
    fix = Text("Sửa ô để chỉ một dòng đúng.", "Mend the cells so that one row fits.")
    return within(RULE, file, table.rules[case.rows[0] - 1].id, what, fix)


def _told(case: Case) -> str:
    return "; ".join(case.inputs) or "–"
