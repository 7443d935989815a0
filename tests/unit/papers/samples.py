"""What a paper may be asked to show: everything, nothing at all, very much, and words that look like commands."""

from collections.abc import Iterator, Mapping
from typing import Any

from workflows.definitions import load_bundle, shipped
from workflows.definitions.plain import read_toml

BUNDLE = load_bundle(shipped())
DOCUMENTS = BUNDLE.documents
TEMPLATES = sorted(name for name in DOCUMENTS if name.endswith(".typ") and name != "paper.typ")
Data = dict[str, Any]
LIST = (
    "grounds",
    "defects",
    "reasons",
    "conclusion",
    "opinions",
    "absent",
    "written",
    "excluded",
    "content",
    "findings",
)
LISTS = (*LIST, "complaint", "answer", "guests")
PEOPLE = [
    {"name": "Lê Văn Mẫu", "title": "Giám đốc Sở, Chủ tịch Hội đồng"},
    {"name": "Phạm Văn Mẫu", "title": "Chánh Văn phòng Sở, ủy viên thường trực"},
    {"name": "Bùi Thị Minh Họa", "title": "Trưởng phòng Lao động - Việc làm"},
]
PLAIN = {
    "number": "05/QĐ-SLĐTBXH",
    "instance": "HS-0007",
    "award_form": "Giấy khen của Giám đốc Sở",
    "kind": "Chuyên đề",
    "movement": "Cả nước đoàn kết, chung sức, đồng lòng thi đua phòng, chống và chiến thắng đại dịch COVID-19",
    "unit": "Phòng Người có công",
    "preparer": "Nguyễn Văn Giả Sử",
    "letter_no": "12/TTr-TTDVVL",
    "arrival_no": "07",
    "received_by": "Vũ Thị Văn Thư",
    "officer": "Trần Giả Định",
    "meeting_at": "08 giờ 00",
    "meeting_place": "Phòng họp Sở",
    "chair": "Lê Văn Mẫu",
    "secretary": "Trần Giả Định",
    "threshold": "từ 80% trở lên tính trên tổng số thành viên",
    "round": "ĐX-0003",
    "compiled_by": "Trần Giả Định",
    "way": "Bỏ phiếu kín",
    "signer": "Lê Văn Mẫu",
    "abstract": "Về việc tặng Giấy khen cho các tập thể, cá nhân",
    "fund": "Quỹ thi đua, khen thưởng của Sở",
    "bonus_basis": "Nghị định số 91/2017/NĐ-CP",
    "decision_no": "05/QĐ-SLĐTBXH",
    "submission_no": "03/TTr-SLĐTBXH",
    "copies": "03",
    "sender": "Vũ Thị Văn Thư",
    "complainant": "Ông Đỗ Văn Nêu",
    "complained_on": "2022-02-01",
    "outcome": "khiếu nại đúng một phần",
    "wrong": "Nguyễn Thị Ví Dù",
    "right": "Nguyễn Thị Ví Dụ",
    "where": "Danh sách, dòng 1",
    "above": "Chủ tịch nước",
    "to": "Phòng Người có công",
}
HOSTILE = '#panic("x") $1/0$ *đậm* _nghiêng_ <nhãn> @ai `mã` \\ // /* [ ] { } "ngoặc" \u202eđảo 漢字 😀'


def words(template: str) -> Data:
    """The fixed words of a template, with those that all share."""
    told: Data = {}
    for name in ("paper.toml", f"{template.removesuffix('.typ')}.toml"):
        read: Mapping[str, Any] = read_toml(name, DOCUMENTS[name])
        told |= read.get("words", {})
        if "signature" in read:
            told["capacity"] = read["signature"]["capacity"]
    return told


def lines(count: int, name: str = "Nguyễn Thị Ví Dụ", kinds: str = "person collective household") -> list[Data]:
    """So many lines of the kinds in turn."""
    named = {"person": name, "collective": f"Phòng {name}", "household": f"Gia đình ông {name}"}
    each = kinds.split()
    found = []
    for n in range(count):
        kind = each[n * len(each) // count]
        found.append(
            {
                **({"title": "ba"} if kind == "person" else {}),
                "kind": kind,
                "name": f"{named[kind]} {n + 1}" if count > 1 else named[kind],
                "position": "Chuyên viên" if kind == "person" else "",
                "place_of_work": "Phòng Người có công",
                "unit": "Phòng Người có công" if n % 2 else "Trung tâm Dịch vụ việc làm",
                "dossier": f"HS-{n % 4 + 1:04d}",
                "ordinal": n + 1,
                "rank": n + 1,
                "work": "Đã có thành tích xuất sắc trong công tác phòng, chống dịch COVID-19",
                "summary": "Trực 45 ngày tại khu cách ly; chi trả hỗ trợ cho người dân trở về từ vùng dịch.",
                "criteria": "Đạt tiêu chuẩn",
                "verdict": "incomplete",
                "note": "Thiếu xác nhận của chính quyền địa phương",
                "status": "failed" if n == 1 else "passed",
                "result": "Không đạt" if n == 1 else "Đạt",
                "yes": 8,
                "no": 1,
                "other": 0,
                "cast": 9,
                "bonus": 450_000,
                "excluded": ["Phạm Văn Mẫu"] if n == 0 else [],
            }
        )
    return found


def full(template: str) -> Data:
    """Everything is known."""
    told = {key: [f"{key.capitalize()} thứ nhất", f"{key.capitalize()} thứ hai."] for key in LISTS}
    days = dict.fromkeys(("date", "meeting_on", "letter_date", "received_on", "full_on", "due_on"), "2022-01-05")
    more = dict.fromkeys(("opinions_due", "decision_date", "submission_date", "recover_by", "council_on"), "2022-02-18")
    numbers = {"members": 9, "issued": 9, "returned": 9, "valid": 8, "invalid": 1}
    people = {"all": PEOPLE, "present": PEOPLE[:2], "members": PEOPLE}
    tellers = {"head_counter": PEOPLE[1:2], "counters": PEOPLE[1:]}
    remarks = [{"name": "Phòng Ví Dụ", "vote": "no", "remark": "Chưa rõ phạm vi ảnh hưởng."}]
    said = [
        {"name": each["name"], "absent": n == 2, "yes": 2 if n else 3, "no": min(n, 1), "abstain": 0, "remarks": more}
        for n, (each, more) in enumerate(zip(PEOPLE, ([], remarks, remarks), strict=True))
    ]
    people = {key: value for key, value in people.items() if key != "members" or template == "invitation.typ"}
    papers = [
        {"number": "HS-0007", "kind": "Văn bản đề nghị", "title": "Văn bản đề nghị khen thưởng", "sha256": "0f" * 32},
        {"number": "HS-0007", "kind": "Báo cáo thành tích", "title": "Báo cáo của bà Ví Dụ", "sha256": "a9" * 32},
    ]
    fixed = words(template)
    known = {**told, **days, **more, **numbers, **people, **tellers, **PLAIN, **fixed}
    return {**known, "said": said, "percent": 80, "all_count": True, "papers": papers, "lines": lines(3)}


def minimal(template: str) -> Data:
    """Nothing is known but the words of the template."""
    return {**words(template), "papers": [], "lines": []}


def bare(_template: str) -> Data:
    """Not even the words."""
    return {}


def long(template: str) -> Data:
    """Names of five hundred signs and thirty-one lines."""
    name = ("Nguyễn Hoàng Thị Thanh Thương Huyền Trân " * 13)[:500].strip()
    told = full(template)
    return {**told, **{key: [name, name] for key in LISTS}, "to": name, "unit": name, "lines": lines(31, name)}


def many(template: str) -> Data:
    """Two hundred lines."""
    return {**full(template), "lines": lines(200)}


def hostile(template: str) -> Data:
    """Every text is made of signs that mean something to somebody."""
    told = full(template)
    kept = {key: value for key, value in told.items() if key == "capacity" or str(value).startswith("2022")}
    worse: Data = _worse(told)
    return {**worse, **kept}


def _worse(told: Any) -> Any:
    if isinstance(told, dict):
        kept = {"kind", "title", "status", "verdict", "vote"} if {"ordinal", "vote"} & told.keys() else set()
        return {key: value if key in kept else _worse(value) for key, value in told.items()}
    if isinstance(told, list):
        return [_worse(each) for each in told]
    return HOSTILE if isinstance(told, str) else told


def every() -> Iterator[tuple[str, str, Data]]:
    """Each template with each of these."""
    for template in TEMPLATES:
        for make in (full, minimal, bare, long, many, hostile):
            yield template, make.__name__, make(template)
