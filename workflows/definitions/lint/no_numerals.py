"""No number in a diagram: thresholds, limits and amounts are cells of a table, where the law can change them."""

import re
from collections.abc import Iterator

from workflows.definitions.bundle import Bundle
from workflows.definitions.lint.finding import Finding, at, shortened
from workflows.definitions.process import Element, Flow, Process
from workflows.domain.text import Text

RULE = "no_numerals"
TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')
NUMERAL = re.compile(r"(?<![\w.])\d")


def check(bundle: Bundle) -> Iterator[Finding]:
    """Digits that begin a word, outside quoted texts, in conditions, deadlines and cardinalities."""
    for process in bundle.processes.values():
        for place, expression in expressions(process):
            if NUMERAL.search(TEXT.sub('""', expression)):
                short = shortened(expression, 80)
                what = Text(f"Biểu thức «{short}» có con số.", f"The expression «{short}» holds a number.")
                fix = Text(
                    "Đưa con số vào bảng quy tắc và hỏi kết quả của bảng.",
                    "Move the number into a decision table and ask for the table's answer.",
                )
                yield at(RULE, process, place, what, fix)


def expressions(process: Process) -> Iterator[tuple[Element | Flow, str]]:
    """Every expression of a diagram with the element or flow it stands on."""
    for flow in process.flows.values():
        if flow.condition is not None:
            yield flow, flow.condition
    for element in process.elements.values():
        for trigger in element.triggers:
            if trigger.expression is not None:
                yield element, trigger.expression
        if element.loop is not None and element.loop.cardinality is not None:
            yield element, element.loop.cardinality
