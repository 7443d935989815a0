"""A diagram is for people: everything is drawn, tasks, events and questions are labelled, and it fits on a page."""

from collections.abc import Iterator

from workflows.definitions.bundle import Bundle
from workflows.definitions.diagram import read_diagram
from workflows.definitions.lint.finding import Finding, at
from workflows.definitions.process import Element, Flow, Process
from workflows.domain.text import Text

RULE = "drawing"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
MOST_ELEMENTS = 25


def check(bundle: Bundle) -> Iterator[Finding]:
    """Elements and flows that are not drawn, labels that are missing, diagrams that are too large."""
    for process in bundle.processes.values():
        root = read_diagram(process.file, process.xml)
        drawn = {shape.get("bpmnElement") for shape in (*root.iter(f"{DI}BPMNShape"), *root.iter(f"{DI}BPMNEdge"))}
        places: tuple[Element | Flow, ...] = (*process.elements.values(), *process.flows.values())
        for place in places:
            if place.id not in drawn:
                what = Text(f"«{place.id}» chưa được vẽ.", f"«{place.id}» is not drawn.")
                yield at(
                    RULE, process, place, what, Text("Mở sơ đồ và đặt lại phần tử.", "Open the diagram and place it.")
                )
        for element in process.elements.values():
            if not element.name.strip() and not _merges(process, element):
                what = Text(f"«{element.id}» chưa có nhãn.", f"«{element.id}» has no label.")
                fix = Text(
                    "Tác vụ: động từ và danh từ; cổng: câu hỏi; sự kiện: trạng thái.",
                    "Task: verb and noun; gateway: a question; event: a state.",
                )
                yield at(RULE, process, element, what, fix)
        if len(process.elements) > MOST_ELEMENTS:
            what = Text(
                f"Sơ đồ có {len(process.elements)} phần tử.", f"The diagram has {len(process.elements)} elements."
            )
            fix = Text(
                f"Tách thành quy trình con, tối đa {MOST_ELEMENTS}.",
                f"Split it into called processes of at most {MOST_ELEMENTS}.",
            )
            yield at(RULE, process, None, what, fix)


def _merges(process: Process, element: Element) -> bool:
    """A gateway that asks nothing: ways only meet there, or go on side by side."""
    return element.type == "parallelGateway" or (
        element.type == "exclusiveGateway" and len(process.out_of(element.id)) == 1
    )
