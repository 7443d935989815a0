"""Programs that draw BPMN and what they add to it: each addition by its name, and what stands for it here."""

from collections.abc import Mapping

from lxml import etree

from workflows.definitions.diagram import BPMN, SPIFF
from workflows.definitions.lint.allowed_elements import DRAWING
from workflows.domain.text import Text

VENDORS: Mapping[str, str] = {
    "camunda.org/schema/zeebe": "Camunda 8",
    "camunda.org/schema/modeler": "Camunda Modeler",
    "camunda.org/schema": "Camunda 7",
    "activiti.org": "Activiti",
    "flowable.org": "Flowable",
    "jboss.org/drools": "jBPM",
    "signavio.com": "SAP Signavio",
    "bizagi.com": "Bizagi",
    "spiffworkflow.org": "SpiffWorkflow",
    "trisotech.com": "Trisotech",
    "visual-paradigm.com": "Visual Paradigm",
    "sparxsystems.com": "Enterprise Architect",
    "bonitasoft.org": "Bonita",
    "adonis": "ADONIS",
    "oracle.com": "Oracle BPM",
    "ibm.com": "IBM",
    "processmaker": "ProcessMaker",
}
FORM = Text("Người làm điền biểu mẫu forms/<tác vụ>.", "What is asked stands in forms/<task>.")
LANE = Text("Ai làm do làn và nhóm trong bundle.toml quyết định.", "Who acts is decided by lanes and their groups.")
SERVICE = Text("Chọn thuộc tính operation của tác vụ dịch vụ.", "Choose the property operation of a service task.")
LIMIT = Text("Hạn là một dòng của bảng deadlines, thuộc tính due.", "A limit is a row of the table deadlines: due.")
TABLE = Text("Bảng quy tắc nằm ở decisions/<mã>.", "The table stands in decisions/<key>.")
FACTS = Text("Dữ kiện đến từ biểu mẫu và bảng quy tắc.", "Facts come from forms and tables.")
CODE = Text("Mã lệnh không chạy ở đây; dùng bảng quy tắc.", "Code does not run here; use a decision table.")
NOTHING = Text("Bỏ qua: chỉ có nghĩa trong chương trình đã vẽ.", "Left out: it only means something to its program.")
HINTS: Mapping[str, Text] = {
    **dict.fromkeys(("formKey", "formData", "formField", "formDefinition", "formRef", "userTaskForm"), FORM),
    **dict.fromkeys(("assignee", "candidateUsers", "candidateGroups", "assignmentDefinition", "actor"), LANE),
    **dict.fromkeys(("class", "delegateExpression", "expression", "type", "topic", "taskDefinition"), SERVICE),
    **dict.fromkeys(("connector", "connectorId", "serviceTaskOperator", "taskName", "ioMapping"), SERVICE),
    **dict.fromkeys(("dueDate", "followUpDate", "taskSchedule"), LIMIT),
    **dict.fromkeys(("decisionRef", "calledDecision", "decisionRefBinding", "resultVariable"), TABLE),
    **dict.fromkeys(("inputOutput", "inputParameter", "outputParameter", "in", "out", "input", "output"), FACTS),
    **dict.fromkeys(("executionListener", "taskListener", "script", "preScript", "postScript"), CODE),
}
"""What stands here for an addition, by its name without the vendor."""


def vendor_of(root: etree._Element) -> str:
    """The program that wrote a file, as far as it says so."""
    told = " ".join(str(root.get(name, "")) for name in ("exporter", "exporterVersion")).strip()
    if told:
        return " ".join(told.split())[:80]
    addresses = [str(address).lower() for address in root.nsmap.values()]
    addresses += [str(root.get("targetNamespace", "")).lower()]
    found = (name for mark, name in VENDORS.items() if any(mark in address for address in addresses))
    return next(found, "")


def is_foreign(namespace: str | None) -> bool:
    """Whether an element or attribute belongs to a vendor: not to BPMN, its drawing, or what we read ourselves."""
    own = {None, BPMN, SPIFF, *DRAWING, "http://www.w3.org/2001/XMLSchema-instance"}
    return namespace not in own


def hint(name: str) -> Text:
    """What stands here for an addition."""
    return HINTS.get(name.rpartition(":")[2], NOTHING)
