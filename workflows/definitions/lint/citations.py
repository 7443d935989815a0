"""A row of a table says which article it follows and how sure we are of it; what is uncertain is never law."""

import re
from collections.abc import Iterator

from workflows.definitions.bundle import Bundle
from workflows.definitions.lint.finding import Finding, within
from workflows.domain.text import Text

RULE = "citations"
CONFIDENCE = re.compile(r"\[[VKD]\]")
SOURCE = re.compile(r"Điều \d|[Tt]ham số của Sở|\[D\]|Kế hoạch mục")
UNCERTAIN = "[U]"


def check(bundle: Bundle) -> Iterator[Finding]:
    """Rows without a source, without a confidence, or with [U]."""
    fix = Text(
        "Ghi điều luật và mức tin cậy, ví dụ «NĐ 91/2017 Điều 73 [V]» hoặc «Tham số của Sở, chưa phải luật [D]».",
        "Cite the article and the confidence, as in «NĐ 91/2017 Điều 73 [V]» or «Tham số của Sở, chưa phải luật [D]».",
    )
    for decision, tables in bundle.tables.items():
        for key, table in tables.items():
            for row, rule in enumerate(table.rules, 1):
                told = rule.description
                if UNCERTAIN in told or not (CONFIDENCE.search(told) and SOURCE.search(told)):
                    what = Text(
                        f"Dòng {row} của «{table.name}» chưa nêu căn cứ.",
                        f"Row {row} of «{table.name}» cites nothing certain.",
                    )
                    yield within(RULE, f"decisions/{decision}/{key}.dmn", rule.id, what, fix)
