"""A new diagram in a draft: a pool with one lane, from a start to an end, for somebody to go on drawing."""

import re
from xml.sax.saxutils import quoteattr

from workflows.domain.actor import Actor
from workflows.domain.errors import InvalidInput
from workflows.operations.workshop import ChangedMeanwhile, save_file
from workflows.store.session import Database

NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+")
LONGEST = 60
EMPTY = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" id="definitions_{id}" targetNamespace="urn:vinhdanh:commendation">
  <bpmn:collaboration id="collaboration_{id}">
    <bpmn:participant id="pool_{id}" name={title} processRef="{id}" />
  </bpmn:collaboration>
  <bpmn:process id="{id}" name={title} isExecutable="true">
    <bpmn:laneSet id="lanes_{id}">
      <bpmn:lane id="lane_office" name="Văn phòng Sở">
        <bpmn:flowNodeRef>{id}_begun</bpmn:flowNodeRef>
        <bpmn:flowNodeRef>{id}_done</bpmn:flowNodeRef>
      </bpmn:lane>
    </bpmn:laneSet>
    <bpmn:startEvent id="{id}_begun" name="Bắt đầu">
      <bpmn:outgoing>{id}_begun__{id}_done</bpmn:outgoing>
    </bpmn:startEvent>
    <bpmn:endEvent id="{id}_done" name="Kết thúc">
      <bpmn:incoming>{id}_begun__{id}_done</bpmn:incoming>
    </bpmn:endEvent>
    <bpmn:sequenceFlow id="{id}_begun__{id}_done" sourceRef="{id}_begun" targetRef="{id}_done" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="diagram_{id}">
    <bpmndi:BPMNPlane id="plane_{id}" bpmnElement="collaboration_{id}">
      <bpmndi:BPMNShape id="pool_{id}_di" bpmnElement="pool_{id}" isHorizontal="true">
        <dc:Bounds x="160" y="80" width="700" height="200" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="lane_office_di" bpmnElement="lane_office" isHorizontal="true">
        <dc:Bounds x="190" y="80" width="670" height="200" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="{id}_begun_di" bpmnElement="{id}_begun">
        <dc:Bounds x="262" y="162" width="36" height="36" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="{id}_done_di" bpmnElement="{id}_done">
        <dc:Bounds x="742" y="162" width="36" height="36" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="{id}_begun__{id}_done_di" bpmnElement="{id}_begun__{id}_done">
        <di:waypoint x="298" y="180" />
        <di:waypoint x="742" y="180" />
      </bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
"""  # noqa: E501  an XML head


class DiagramNeedsName(InvalidInput):
    """A diagram needs a title, and an id of English words such as `review_appeal`; no diagram has that id yet."""


def begin_diagram(db: Database, actor: Actor, draft: int, process: str, title: str) -> str:
    """Add a diagram to a draft; returns its process id. Raises DiagramNeedsName, DraftNotOpen."""
    if not NAME.fullmatch(process) or len(process) > LONGEST or not 0 < len(title.strip()) <= LONGEST:
        raise DiagramNeedsName({"/id": "This must be corrected."})
    content = EMPTY.format(id=process, title=quoteattr(title.strip())).encode()
    try:
        save_file(db, actor, draft, f"{process}.bpmn", content, None)
    except ChangedMeanwhile as refusal:
        raise DiagramNeedsName({"/id": "This must be corrected."}) from refusal
    return process
