"""One sentence of status that can be read aloud and copied."""

from sqlalchemy import Connection, text

from workflows.definitions import Bundle
from workflows.domain.calendar import LOCAL
from workflows.domain.text import Text
from workflows.queries.names import step_name

STATUSES = {
    "dang-soan": Text("Đang soạn", "Being drafted"),
    "cho-tiep-nhan": Text("Chờ tiếp nhận", "Waiting to be received"),
    "da-tiep-nhan": Text("Đã tiếp nhận", "Has been received"),
    "tra-lai": Text("Trả lại bổ sung", "Returned for completion"),
    "dang-tham-dinh": Text("Đang thẩm định", "Being appraised"),
    "cho-hoi-dong": Text("Chờ họp Hội đồng", "Waiting for the Council"),
    "cho-ky": Text("Chờ ký", "Waiting for signature"),
    "cho-cap-so": Text("Chờ cấp số", "Waiting for a number"),
    "co-quan-ngoai": Text("Đã gửi cơ quan ngoài", "Sent to an outside body"),
    "tam-dung": Text("Tạm dừng", "Suspended"),
    "da-khen": Text("Đã khen thưởng", "Commended"),
    "khong-dat": Text("Không đạt", "Not approved"),
    "da-rut": Text("Đã rút", "Withdrawn"),
    "huy-bo": Text("Đã hủy bỏ", "Cancelled"),
    "da-luu": Text("Đã lưu", "Filed"),
}

IN_REVIEW = frozenset({"cho-hoi-dong", "cho-ky", "cho-cap-so"})
ROUND = text(
    """select r.number from instance d left join round_line l on l.dossier = d.number
left join instance r on r.id = l.instance_id and r.process = 'review_round'
where d.id = :id and d.process = 'dossier' order by r.id desc nulls last limit 1"""
)


def status_name(status: str) -> Text:
    """A status in both languages."""
    return STATUSES.get(status, Text(status))


def sentence(tx: Connection, bundle: Bundle, instance: int, status: str) -> Text:
    """Where the matter stands, with whom and until when."""
    row = tx.execute(
        text(
            """select t.process, t.element, t.due_at, a.name, count(*) over (partition by t.element) as open
from user_task t left join account a on a.login = t.assignee
where t.instance_id = :id and t.state = 'open' order by t.opened_at limit 1"""
        ),
        {"id": instance},
    ).one_or_none()
    named = status_name(status)
    if row is None:
        return _without_task(tx, instance, status, named)
    step = step_name(bundle, row.process, row.element)
    vi, en = f"{named.vi}: đang chờ «{step.vi}»", f"{named.en}: waiting for “{step.en or step.vi}”"
    if row.open > 1:
        vi, en = f"{vi} của {row.open} người", f"{en} by {row.open} people"
    elif row.name:
        vi, en = f"{vi}, {row.name} xử lý", f"{en}, with {row.name}"
    if row.due_at:
        day = row.due_at.astimezone(LOCAL).strftime("%d/%m/%Y")
        vi, en = f"{vi}, hạn {day}", f"{en}, due {day}"
    return Text(f"{vi}.", f"{en}.")


def _without_task(tx: Connection, instance: int, status: str, named: Text) -> Text:
    """A dossier on which nobody has a task waits for a round, or for the round it is in."""
    joined = tx.execute(ROUND, {"id": instance}).one_or_none() if status in IN_REVIEW else None
    if joined is None:
        return Text(f"{named.vi}.", f"{named.en}.")
    if joined.number is None:
        return Text(f"{named.vi}: đang trong danh sách chờ đợt xét.", f"{named.en}: on the list for the next round.")
    return Text(f"{named.vi}: trong đợt xét {joined.number}.", f"{named.en}: in review round {joined.number}.")
