"""What BPMN has and we do not run: each thing by its name, why not, and what to draw instead."""

from collections.abc import Mapping
from dataclasses import dataclass

from workflows.domain.text import Text


@dataclass(frozen=True, slots=True)
class Refused:
    """A construct by the name an author knows, the reason, and the way that works."""

    name: Text
    why: Text
    instead: Text

    def sentence(self, where: str) -> Text:
        """What is wrong at `where`."""
        return Text(
            f"{where}: {self.name.vi} không được dùng: {self.why.vi}.",
            f"{where}: {self.name.en} is not allowed: {self.why.en}.",
        )


SILENT = Text("bộ máy đọc được nhưng không làm gì", "the engine reads it and then does nothing")
FACTS = Text("dữ kiện nằm ở biểu mẫu và bảng quy tắc, không ở sơ đồ", "facts live in forms and tables, not in diagrams")
ASK = Text("Dùng biểu mẫu của tác vụ người dùng.", "Use the form of a user task.")
OWN_FORM = Text("không có biểu mẫu nên không ai biết phải làm gì", "it has no form, so nobody knows what to do")
USER = Text("Dùng tác vụ người dùng có biểu mẫu.", "Use a user task with a form.")
WRAP = Text(
    "Dùng sự kiện biên trên quy trình con hoặc hoạt động gọi.",
    "Use a boundary event on a sub-process or a call activity.",
)
MESSAGE = Text("Dùng sự kiện thông điệp.", "Use a message event.")
CHOOSE = Text(
    "Dùng cổng song song, mỗi nhánh bắt đầu bằng cổng loại trừ.",
    "Use a parallel gateway whose branches each begin with an exclusive gateway.",
)
REPEAT = Text("Vẽ vòng lặp bằng cổng loại trừ.", "Draw the loop with an exclusive gateway.")
LANES = Text("người xử lý do làn và nhóm quyết định", "who acts is decided by lanes and their groups")

TAGS: Mapping[str, Refused] = {
    "inclusiveGateway": Refused(
        Text("cổng bao gồm", "the inclusive gateway"),
        Text("trong vòng lặp nó mở quá sớm", "inside a loop it opens too early"),
        CHOOSE,
    ),
    "complexGateway": Refused(
        Text("cổng phức hợp", "the complex gateway"),
        Text("bộ máy không đọc được", "the engine cannot read it"),
        CHOOSE,
    ),
    "task": Refused(Text("tác vụ không có loại", "the task without a type"), OWN_FORM, USER),
    "manualTask": Refused(Text("tác vụ thủ công", "the manual task"), OWN_FORM, USER),
    "sendTask": Refused(
        Text("tác vụ gửi", "the send task"),
        Text("nó không ghi lại đã gửi gì", "it does not record what it sent"),
        MESSAGE,
    ),
    "receiveTask": Refused(
        Text("tác vụ nhận", "the receive task"),
        Text("thiếu thông điệp là nó xong ngay", "without a message it ends at once"),
        MESSAGE,
    ),
    "transaction": Refused(
        Text("giao dịch", "the transaction"), Text("không thể hoàn tác quyết định", "a decision cannot be undone"), WRAP
    ),
    "adHocSubProcess": Refused(
        Text("quy trình con tùy nghi", "the ad-hoc sub-process"),
        Text("bộ máy dừng với lỗi", "the engine stops with an error"),
        Text("Vẽ thứ tự các bước.", "Draw the order of the steps."),
    ),
    "standardLoopCharacteristics": Refused(
        Text("vòng lặp chuẩn", "the standard loop"),
        Text("không thấy được trên sơ đồ khi nào nó dừng", "the diagram does not show when it ends"),
        REPEAT,
    ),
    "signalEventDefinition": Refused(
        Text("tín hiệu", "the signal"),
        Text("sự kiện kết thúc tín hiệu không bao giờ gửi", "a signal end never sends"),
        MESSAGE,
    ),
    "conditionalEventDefinition": Refused(
        Text("sự kiện điều kiện", "the conditional event"),
        Text("điều kiện không được xét lại", "its condition is never looked at again"),
        Text("Dùng cổng loại trừ sau tác vụ.", "Use an exclusive gateway after the task."),
    ),
    "linkEventDefinition": Refused(
        Text("liên kết", "the link"),
        Text("hồ sơ sẽ treo tại đó", "the dossier hangs there"),
        Text("Vẽ luồng.", "Draw the flow."),
    ),
    "compensateEventDefinition": Refused(
        Text("bù trừ", "the compensation"),
        SILENT,
        Text("Vẽ quy trình thu hồi riêng.", "Draw a process of its own that revokes."),
    ),
    "cancelEventDefinition": Refused(Text("sự kiện hủy giao dịch", "the cancel event"), SILENT, WRAP),
    "dataObject": Refused(Text("đối tượng dữ liệu", "the data object"), FACTS, ASK),
    "dataObjectReference": Refused(Text("đối tượng dữ liệu", "the data object"), FACTS, ASK),
    "dataStore": Refused(Text("kho dữ liệu", "the data store"), FACTS, ASK),
    "dataStoreReference": Refused(Text("kho dữ liệu", "the data store"), FACTS, ASK),
    "ioSpecification": Refused(Text("đầu vào và đầu ra", "the input and output"), FACTS, ASK),
    "dataInputAssociation": Refused(Text("luồng dữ liệu", "the data association"), FACTS, ASK),
    "dataOutputAssociation": Refused(Text("luồng dữ liệu", "the data association"), FACTS, ASK),
    "messageFlow": Refused(
        Text("luồng thông điệp giữa các bể", "the message flow between pools"),
        Text("mỗi sơ đồ có một bể", "a diagram has one pool"),
        MESSAGE,
    ),
    "potentialOwner": Refused(
        Text("người có thể xử lý", "the potential owner"),
        LANES,
        Text("Kéo tác vụ vào một làn.", "Move the task into a lane."),
    ),
    "humanPerformer": Refused(
        Text("người xử lý", "the performer"), LANES, Text("Kéo tác vụ vào một làn.", "Move the task into a lane.")
    ),
    "import": Refused(
        Text("tệp nhập ngoài", "the import of another file"),
        Text("một gói tự đủ", "a bundle holds all it needs"),
        Text("Đưa nội dung vào gói.", "Put its content into the bundle."),
    ),
}
"""By tag. Scripts are refused by the rule no_scripts, durations and cycles by the rule deadlines."""

ATTRIBUTES: Mapping[tuple[str, str], Refused] = {
    ("triggeredByEvent", "true"): Refused(
        Text("quy trình con sự kiện", "the event sub-process"),
        Text("nó không ngắt được luồng chính", "it does not interrupt the main flow"),
        WRAP,
    ),
    ("isForCompensation", "true"): TAGS["compensateEventDefinition"],
    ("instantiate", "true"): Refused(
        Text("cổng sự kiện khởi tạo", "the gateway that starts an instance"),
        Text("hồ sơ do người hoặc thông điệp mở", "an instance is opened by a person or a message"),
        Text("Dùng sự kiện bắt đầu.", "Use a start event."),
    ),
    ("eventGatewayType", "Parallel"): Refused(
        Text("cổng sự kiện song song", "the parallel event gateway"),
        SILENT,
        Text("Dùng cổng song song.", "Use a parallel gateway."),
    ),
    ("parallelMultiple", "true"): Refused(
        Text("sự kiện đa song song", "the parallel multiple event"),
        SILENT,
        Text("Dùng cổng song song.", "Use a parallel gateway."),
    ),
    ("isExecutable", "false"): Refused(
        Text("quy trình không chạy", "the process that is not executable"),
        Text("bộ máy không đọc được", "the engine cannot read it"),
        Text("Ghi isExecutable là true.", "Say isExecutable is true."),
    ),
}
"""By attribute and its value."""
