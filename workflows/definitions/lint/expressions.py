"""Every expression of a diagram is FEEL, names declared facts only, and gives the kind its place needs."""

from collections.abc import Iterator

from workflows.definitions.bundle import Bundle
from workflows.definitions.lint.finding import Finding, at, shortened, told
from workflows.definitions.process import Element, Flow, Process
from workflows.domain.errors import DefinitionRejected
from workflows.domain.text import Text
from workflows.rules.feel import check as check_expression
from workflows.rules.vocabulary import Kind

RULE = "expressions"
FIX = Text("Sửa biểu thức theo tên dữ kiện đã khai báo.", "Mend the expression with the declared names.")


def check(bundle: Bundle) -> Iterator[Finding]:
    """Conditions, deadlines, cardinalities and assignees that the expression language refuses."""
    for process in bundle.processes.values():
        for place, expression, kind in _expected(process):
            try:
                check_expression(
                    expression, bundle.vocabulary(process.id), place=f"{process.file}, {place.id}", expects=kind
                )
            except DefinitionRejected as problem:
                short, why = shortened(expression, 80), told(problem)
                what = Text(f"Biểu thức «{short}» không dùng được: {why.vi}", f"«{short}» cannot be used: {why.en}")
                yield at(RULE, process, place, what, FIX)


def _expected(process: Process) -> Iterator[tuple[Element | Flow, str, Kind]]:
    for flow in process.flows.values():
        if flow.condition is not None:
            yield flow, flow.condition, "boolean"
    for element in process.elements.values():
        for trigger in element.triggers:
            if trigger.clock == "timeDate" and trigger.expression is not None:
                yield element, trigger.expression, "instant"
        if element.loop is not None and element.loop.cardinality is not None:
            yield element, element.loop.cardinality, "number"
        assignee = element.properties.get("assignee", "item")
        if assignee != "item":
            yield element, assignee, "text"
        if amount := element.properties.get("amount"):
            yield element, amount, "number"
