"""What clerks call the parts of a diagram and what can be said of them; a part without a word keeps its own name."""

from collections.abc import Mapping

from workflows.domain.text import Text

TYPES: Mapping[str, Text] = {
    "userTask": Text("tác vụ người dùng", "user task"),
    "serviceTask": Text("tác vụ dịch vụ", "service task"),
    "businessRuleTask": Text("tác vụ quy tắc", "rule task"),
    "callActivity": Text("hoạt động gọi", "call activity"),
    "subProcess": Text("quy trình con", "sub-process"),
    "task": Text("tác vụ không có loại", "task without a type"),
    "manualTask": Text("tác vụ thủ công", "manual task"),
    "scriptTask": Text("tác vụ mã lệnh", "script task"),
    "sendTask": Text("tác vụ gửi", "send task"),
    "receiveTask": Text("tác vụ nhận", "receive task"),
    "transaction": Text("giao dịch", "transaction"),
    "adHocSubProcess": Text("quy trình con tùy biến", "ad-hoc sub-process"),
    "startEvent": Text("sự kiện bắt đầu", "start event"),
    "endEvent": Text("sự kiện kết thúc", "end event"),
    "intermediateThrowEvent": Text("sự kiện gửi", "throw event"),
    "intermediateCatchEvent": Text("sự kiện chờ", "catch event"),
    "boundaryEvent": Text("sự kiện biên", "boundary event"),
    "exclusiveGateway": Text("cổng loại trừ", "exclusive gateway"),
    "parallelGateway": Text("cổng song song", "parallel gateway"),
    "eventBasedGateway": Text("cổng sự kiện", "event gateway"),
    "inclusiveGateway": Text("cổng bao gồm", "inclusive gateway"),
    "complexGateway": Text("cổng phức hợp", "complex gateway"),
    "sequenceFlow": Text("luồng", "flow"),
    "messageFlow": Text("luồng thông điệp", "message flow"),
    "lane": Text("làn", "lane"),
    "participant": Text("bể", "pool"),
    "process": Text("quy trình", "process"),
    "message": Text("thông điệp", "message"),
    "error": Text("lỗi", "error"),
    "escalation": Text("leo thang", "escalation"),
    "signal": Text("tín hiệu", "signal"),
    "textAnnotation": Text("chú thích", "annotation"),
    "association": Text("đường nối chú thích", "association"),
    "group": Text("khung nhóm", "group"),
    "dataObject": Text("đối tượng dữ liệu", "data object"),
    "dataObjectReference": Text("đối tượng dữ liệu", "data object"),
    "dataStore": Text("kho dữ liệu", "data store"),
    "dataStoreReference": Text("kho dữ liệu", "data store"),
    "definitions": Text("tệp", "file"),
}
ASPECTS: Mapping[str, Text] = {
    "type": Text("loại", "type"),
    "scope": Text("quy trình con chứa nó", "sub-process around it"),
    "documentation": Text("hướng dẫn", "documentation"),
    "default": Text("nhánh mặc định", "default branch"),
    "order": Text("thứ tự xét các nhánh", "order in which the branches are tried"),
    "conditionExpression": Text("điều kiện", "condition"),
    "attachedToRef": Text("nơi gắn", "place of attachment"),
    "cancelActivity": Text("ngắt bước đang làm", "interrupting"),
    "calledElement": Text("quy trình được gọi", "called process"),
    "extensionElements.calledDecisionId": Text("bảng quy tắc được gọi", "called decision"),
    "isExecutable": Text("được chạy", "executable"),
    "processRef": Text("quy trình của bể", "process of the pool"),
    "errorCode": Text("mã lỗi", "error code"),
    "escalationCode": Text("mã leo thang", "escalation code"),
    "text": Text("nội dung", "text"),
    "timerEventDefinition.timeDate": Text("thời điểm", "instant"),
    "timerEventDefinition.timeDuration": Text("khoảng thời gian", "duration"),
    "timerEventDefinition.timeCycle": Text("chu kỳ", "cycle"),
    "timerEventDefinition": Text("chờ đến hạn", "waiting for an instant"),
    "messageEventDefinition.messageRef": Text("thông điệp", "message"),
    "messageEventDefinition": Text("thông điệp", "message"),
    "errorEventDefinition.errorRef": Text("lỗi", "error"),
    "errorEventDefinition": Text("lỗi", "error"),
    "escalationEventDefinition.escalationRef": Text("leo thang", "escalation"),
    "escalationEventDefinition": Text("leo thang", "escalation"),
    "terminateEventDefinition": Text("kết thúc mọi nhánh", "ending of all branches"),
    "multiInstanceLoopCharacteristics.loopCardinality": Text("số lần làm", "number of times"),
    "multiInstanceLoopCharacteristics.isSequential": Text("làm lần lượt", "one after another"),
    "multiInstanceLoopCharacteristics": Text("làm nhiều lần", "doing it many times"),
    "property.act": Text("ý nghĩa với người được đề nghị", "what it is to the nominees"),
    "property.amount": Text("căn cứ tính tiền", "base of the amount"),
    "property.award": Text("ghi vào sổ khen thưởng", "entry in the register of awards"),
    "property.blocks": Text("bảng điều kiện chặn", "table of bars"),
    "property.due": Text("hạn xử lý", "deadline"),
    "property.assignee": Text("người được giao", "assignee"),
    "property.forEach": Text("danh sách người làm", "list of those who do it"),
    "property.notBy": Text("người đã làm bước trước không được làm", "not by those who did"),
    "property.requires": Text("giấy tờ phải có", "required papers"),
    "property.admits": Text("bảng kiểm tra điều nhập", "tables that admit the answers"),
    "property.legalBasis": Text("căn cứ pháp lý", "legal basis"),
    "property.status": Text("tình trạng hồ sơ", "status of the dossier"),
    "property.verdict": Text("kết luận", "verdict"),
    "property.any": Text("đầu ra có/không", "yes/no output"),
    "property.otherwise": Text("số tiền đã quyết định", "amount decided otherwise"),
    "property.operation": Text("việc máy làm", "operation"),
    "property.template": Text("mẫu văn bản", "template"),
    "property.paper": Text("giấy tờ", "paper"),
    "property.notice": Text("thông báo", "notice"),
    "property.reason": Text("lý do trong thông báo", "reason in the notice"),
    "property.council": Text("hội đồng", "council"),
    "property.series": Text("dãy số", "number series"),
}


def type_word(tag: str) -> Text:
    """What an element of this tag is called."""
    return TYPES.get(tag, Text(tag))


def aspect_word(aspect: str) -> Text:
    """What a part of an element is called; its own name where there is no word."""
    known = ASPECTS.get(aspect)
    if known is None:
        own = aspect.removeprefix("property.").removeprefix("extensionElements.")
        return Text(f"thuộc tính {own}", f"property {own}")
    return known
