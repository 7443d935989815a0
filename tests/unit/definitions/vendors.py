"""Diagrams as other programs write them, and files that no program should: written here, after nobody's file."""

MODEL = 'xmlns:{0}="http://www.omg.org/spec/BPMN/20100524/MODEL"'
CAMUNDA = f"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions {MODEL.format("bpmn")} xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="http://bpmn.io/schema/bpmn"
    exporter="Camunda Modeler" exporterVersion="5.20.0">
  <bpmn:collaboration id="Collaboration_1">
    <bpmn:participant id="Pool_office" name="Office" processRef="Process_office" />
    <bpmn:participant id="Pool_bank" name="Bank" />
    <bpmn:participant id="Pool_unit" name="Unit" processRef="Process_unit" />
    <bpmn:messageFlow id="Flow_letter" sourceRef="Task_send" targetRef="Pool_bank" />
  </bpmn:collaboration>
  <bpmn:process id="Process_office" isExecutable="false" camunda:historyTimeToLive="P1D">
    <bpmn:startEvent id="Start" camunda:formKey="embedded:start"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:userTask id="Task_check" name="Check" camunda:assignee="${{initiator}}" camunda:candidateGroups="office">
      <bpmn:extensionElements>
        <camunda:formData><camunda:formField id="a" type="string" /></camunda:formData>
        <camunda:taskListener><camunda:script scriptFormat="groovy">x()</camunda:script></camunda:taskListener>
      </bpmn:extensionElements>
    </bpmn:userTask>
    <bpmn:exclusiveGateway id="Gate" />
    <bpmn:scriptTask id="Task_code" scriptFormat="groovy"><bpmn:script>System.exit(1)</bpmn:script></bpmn:scriptTask>
    <bpmn:sendTask id="Task_send" camunda:class="org.example.Send" />
    <bpmn:inclusiveGateway id="Gate_any" />
    <bpmn:subProcess id="Sub_event" triggeredByEvent="true"><bpmn:startEvent id="Sub_start" /></bpmn:subProcess>
    <bpmn:endEvent id="End" />
    <bpmn:sequenceFlow id="f1" sourceRef="Start" targetRef="Task_check" />
    <bpmn:sequenceFlow id="f2" sourceRef="Task_check" targetRef="Gate" />
    <bpmn:sequenceFlow id="f3" sourceRef="Gate" targetRef="Task_code">
      <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${{approved == true}}</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="f4" sourceRef="Gate" targetRef="Task_send" />
    <bpmn:sequenceFlow id="f5" sourceRef="Task_code" targetRef="Gate_any" />
    <bpmn:sequenceFlow id="f6" sourceRef="Task_send" targetRef="Gate_any" />
    <bpmn:sequenceFlow id="f7" sourceRef="Gate_any" targetRef="End" />
  </bpmn:process>
  <bpmn:process id="Process_unit" isExecutable="true">
    <bpmn:startEvent id="Begin" /><bpmn:endEvent id="Ende" />
    <bpmn:sequenceFlow id="g1" sourceRef="Begin" targetRef="Ende" />
  </bpmn:process>
</bpmn:definitions>
"""
ZEEBE = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
    id="d" targetNamespace="x">
  <process id="award" isExecutable="true">
    <startEvent id="s" />
    <serviceTask id="mail"><extensionElements>
      <zeebe:taskDefinition type="io.camunda:sendgrid:1" /><zeebe:ioMapping><zeebe:input source="=a" target="b" />
    </zeebe:ioMapping>
    </extensionElements></serviceTask>
    <userTask id="ask"><multiInstanceLoopCharacteristics><extensionElements>
      <zeebe:loopCharacteristics inputCollection="=members" />
    </extensionElements></multiInstanceLoopCharacteristics></userTask>
    <intermediateCatchEvent id="wait"><timerEventDefinition><timeDuration>PT5M</timeDuration></timerEventDefinition>
    </intermediateCatchEvent>
    <endEvent id="e"><signalEventDefinition signalRef="sig" /></endEvent>
    <sequenceFlow id="a" sourceRef="s" targetRef="mail" /><sequenceFlow id="b" sourceRef="mail" targetRef="ask" />
    <sequenceFlow id="c" sourceRef="ask" targetRef="wait" /><sequenceFlow id="d2" sourceRef="wait" targetRef="e" />
  </process>
  <signal id="sig" name="done" />
</definitions>"""
SIGNAVIO = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:signavio="http://www.signavio.com"
    exporter="Signavio Process Editor, http://www.signavio.com" exporterVersion="16.1.0"
    typeLanguage="http://www.w3.org/2001/XMLSchema" expressionLanguage="http://www.w3.org/TR/XPath" targetNamespace="s">
  <process id="sid-1C3B" name="Khen thưởng" processType="None" isClosed="false" isExecutable="false">
    <extensionElements><signavio:signavioDiagramMetaData metaKey="revisionid" metaValue="1" /></extensionElements>
    <laneSet id="sid-lanes"><lane id="sid-lane" name="Phòng"><flowNodeRef>sid-A</flowNodeRef></lane></laneSet>
    <startEvent id="sid-A" name="Bắt đầu" /><task id="sid-B" name="Thẩm định" completionQuantity="1">
      <ioSpecification><inputSet /><outputSet /></ioSpecification></task>
    <dataObjectReference id="sid-D" dataObjectRef="sid-DO" name="Hồ sơ" /><dataObject id="sid-DO" />
    <endEvent id="sid-C" name="" />
    <sequenceFlow id="sid-f" sourceRef="sid-A" targetRef="sid-B" />
    <sequenceFlow id="sid-g" sourceRef="sid-B" targetRef="sid-C" />
  </process>
</definitions>"""
BIZAGI = f"""<?xml version="1.0" encoding="utf-8"?>
<definitions xmlns:bizagi="http://www.bizagi.com/bpmn20" exporter="Bizagi Modeler" exporterVersion="4.0"
    targetNamespace="b" {MODEL.format("x")} xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
  <process id="Id_1"><startEvent /><userTask name="No id"><extensionElements>
    <bizagi:BizagiExtensions><bizagi:BizagiProperties><bizagi:BizagiProperty name="bgColor" value="#ECEFFF" />
    </bizagi:BizagiProperties></bizagi:BizagiExtensions></extensionElements></userTask>
    <complexGateway id="twice" /><task id="twice" /><adHocSubProcess id="free"><task id="inner" /></adHocSubProcess>
    <transaction id="deal" /><boundaryEvent id="lost" attachedToRef="nowhere"><timerEventDefinition /></boundaryEvent>
    <sequenceFlow id="loose" sourceRef="nowhere" targetRef="elsewhere" />
  </process><process id="Id_1"><startEvent id="__proto__" /></process>
  <choreography id="c" /><process />
</definitions>"""
ARENA = f"""<bpmn:definitions {MODEL.format("bpmn")} xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core"
    targetNamespace="a">
  <bpmn:process id="Process_arena" isExecutable="true">
    <bpmn:startEvent id="StartEvent_1" />
    <bpmn:manualTask id="show"><bpmn:extensionElements>
      <spiffworkflow:instructionsForEndUser>Xin chào</spiffworkflow:instructionsForEndUser>
      </bpmn:extensionElements></bpmn:manualTask>
    <bpmn:serviceTask id="call"><bpmn:extensionElements><spiffworkflow:serviceTaskOperator id="http/GetRequest">
      <spiffworkflow:parameters /></spiffworkflow:serviceTaskOperator></bpmn:extensionElements></bpmn:serviceTask>
    <bpmn:userTask id="fill"><bpmn:extensionElements><spiffworkflow:preScript>import os</spiffworkflow:preScript>
    </bpmn:extensionElements></bpmn:userTask>
    <bpmn:callActivity id="other" calledElement="Process_elsewhere" /><bpmn:endEvent id="end" />
    <bpmn:sequenceFlow id="a" sourceRef="StartEvent_1" targetRef="show" />
    <bpmn:sequenceFlow id="b" sourceRef="show" targetRef="call" />
    <bpmn:sequenceFlow id="c" sourceRef="call" targetRef="fill" />
    <bpmn:sequenceFlow id="d" sourceRef="fill" targetRef="other" />
    <bpmn:sequenceFlow id="e" sourceRef="other" targetRef="end" />
  </bpmn:process>
</bpmn:definitions>"""
PLAIN = f"""<bpmn:definitions {MODEL.format("bpmn")} targetNamespace="p">
  <bpmn:process id="p" isExecutable="true">{{inside}}</bpmn:process>
</bpmn:definitions>"""
MODELS = {"camunda": CAMUNDA, "zeebe": ZEEBE, "signavio": SIGNAVIO, "bizagi": BIZAGI, "arena": ARENA}
LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>\n'
HOSTILE: dict[str, tuple[bytes, int]] = {
    "empty": (b"", 1),
    "words": (b"Not a diagram", 1),
    "html": (b"<html><body>Sign in</body></html>", 1),
    "laughs": (b"<?xml version='1.0'?>\n" + LAUGHS.encode() + PLAIN.encode(), 2),
    "outside": (b'\n\n<!DOCTYPE d SYSTEM "file:///etc/passwd">\n' + PLAIN.encode(), 3),
    "utf-16": (CAMUNDA.encode("utf-16"), 1),
    "utf-32": (CAMUNDA.encode("utf-32"), 1),
    "windows-1258": (SIGNAVIO.replace("UTF-8", "windows-1258").encode("utf-8"), 1),
    "latin in line 3": (PLAIN.encode() + "\n<!-- Khen thưởng é -->".encode("latin-1", "replace"), 4),
    "broken": (CAMUNDA.encode().replace(b"</bpmn:userTask>", b"</bpmn:task>"), 18),
    "cut": (CAMUNDA.encode()[:900], 13),
    "zero": (PLAIN.encode() + b"\x00", 0),
    "huge": (PLAIN.encode() + b" " * 2_000_001, 0),
    "deep": (PLAIN.format(inside="<bpmn:subProcess>" * 5_000).encode(), 2),
    "many": (PLAIN.format(inside='<bpmn:task id="a"/>' * 25_000).encode(), 2),
    "spaces": (
        PLAIN.replace("targetN", " ".join(f'xmlns:a{n}="urn:{n}"' for n in range(200)) + " targetN").encode(),
        0,
    ),
    "archive": (b"PK\x05\x06" + b"\x00" * 18, 0),
    "xpdl": (b'<Package xmlns="http://www.wfmc.org/2009/XPDL2.2"/>', 1),
    "dmn": (b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>', 1),
    "no process": (f"<d:definitions {MODEL.format('d')} targetNamespace='x'/>".encode(), 1),
}
"""Each file with the line its refusal names."""
