"""The trace tells what happened in sentences: rules by answer and article, messages by what they bring."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from workflows.definitions import load_bundle, shipped
from workflows.domain.text import Text
from workflows.queries.event_words import Telling
from workflows.queries.event_words import detail as event_detail
from workflows.queries.shown import Known
from workflows.queries.steps import TraceStep, steps

BUNDLE = load_bundle(shipped())
NAMES = Known({"don_vi_a": "Nguyễn Văn Giả Sử"})
NOMINEES = {"HS-0001.1": "Bà Nguyễn Thị Ví Dụ", "HS-0001.2": "Ông Trần Văn Thử"}
AT = "2022-01-13T01:00:00+00:00"


def read(*told: tuple[str, Mapping[str, Any]], locale: str = "vi") -> tuple[TraceStep, ...]:
    rows = [
        {
            "seq": seq,
            "kind": kind,
            "at": AT,
            "at_real": AT,
            "on_behalf_of": None,
            "definition": BUNDLE.sha256,
            "actor": {"name": "Trần Giả Định", "title": "Chuyên viên"},
            "event": event,
        }
        for seq, (kind, event) in enumerate(told, 1)
    ]
    return steps(Telling(BUNDLE, locale, NAMES, NOMINEES), rows, frozenset({"ElementPassed", "TimerCleared"}))


def rule(
    element: str, decision: str, row: str, outputs: Mapping[str, Any], line: str = ""
) -> tuple[str, dict[str, Any]]:
    process = next(process.id for process in BUNDLE.processes.values() if element in process.elements)
    return "DecisionMade", {
        "process": process,
        "element": element,
        "decision": decision,
        "rule_set": "r2017",
        "rules": [row],
        "inputs": {},
        "outputs": outputs,
        "line": line,
    }


def fact(name: str, new: Any, old: Any = None, line: str = "") -> tuple[str, dict[str, Any]]:
    return "FactChanged", {"fact": name, "line": line, "item": "", "old": old, "new": new}


def test_a_rule_says_its_answer_and_the_article_of_its_row() -> None:
    (step,) = read(
        rule("choose_review", "review_way", "luat_tdkt_2013_d84_k2c", {"way": "gathered"}),
        fact("decisions.review_way.way", "gathered"),
    )
    assert step.title.vi == "Quy tắc đã áp dụng: Chọn cách xét khen → chờ đợt xét chung"
    assert step.title.en == "Rule applied: Choose the way of review → waits for a common round"
    assert step.detail
    assert step.detail.vi.startswith("Luật Thi đua, khen thưởng (sửa đổi 2013) Điều 84.2c: ")
    assert "[" not in step.detail.vi
    assert step.entries == ()


def test_a_rule_for_each_nominee_is_one_step_with_every_row_that_matched() -> None:
    (step,) = read(
        rule("count_votes", "line_result", "so_du_ty_le", {"passed": True, "verdict": "open"}, "HS-0001.1"),
        fact("decisions.line_result.passed", new=True, line="HS-0001.1"),
        fact("verdict", "open", line="HS-0001.1"),
        rule("count_votes", "line_result", "so_khong_du_ty_le", {"passed": False}, "HS-0001.2"),
        fact("verdict", "failed", line="HS-0001.2"),
    )
    assert step.title.vi == "Quy tắc đã áp dụng: Xác định kết quả từng đối tượng"
    assert [(entry.label.vi, entry.line, entry.new) for entry in step.entries] == [
        ("Bà Nguyễn Thị Ví Dụ", "", "đạt"),
        ("Ông Trần Văn Thử", "", "không đạt"),
        ("Kết luận", "Ông Trần Văn Thử", "Không đạt"),
    ]


def test_a_bonus_is_told_in_money_in_the_order_of_its_table() -> None:
    outputs = {"basis": "Điều 73", "coefficient": {"decimal": "0.3"}, "round_up_to": 10_000}
    (step,) = read(
        rule("set_bonus", "bonus", "nd91_2017_d73_ca_nhan", outputs, "HS-0001.1"),
        fact("decisions.bonus.amount", 450_000, line="HS-0001.1"),
    )
    assert step.entries[0].new == "Số lần mức lương cơ sở: 0,3; Làm tròn lên đến: 10.000 đồng; Căn cứ: Điều 73"
    assert (step.entries[1].label.vi, step.entries[1].new) == ("Tiền thưởng", "450.000 đồng")


def test_messages_say_what_they_bring_and_from_where() -> None:
    sent, got, withdrawn = read(
        ("MessageSent", {"process": "handling", "element": "join_round", "message": "dossier_ready"}),
        ("MessageReceived", {"message": "round_concluded", "sender": "ĐX-0001", "reason": None}),
        ("MessageReceived", {"message": "dossier_withdrawn", "sender": "don_vi_a", "reason": "Đơn vị lập lại."}),
    )
    assert sent.title.vi == "Gửi vào danh sách chờ đợt xét"
    assert got.title.vi == "Nhận kết quả từ đợt xét ĐX-0001"
    assert got.detail is None
    assert (withdrawn.title.vi, withdrawn.detail and withdrawn.detail.vi) == (
        "Nhận đề nghị rút hồ sơ",
        "Đơn vị lập lại.",
    )


def test_a_new_nominee_is_one_entry_and_a_corrected_one_an_entry_for_each_change() -> None:
    first = {"kind": "person", "title": "ba", "name": "Nguyễn Thị Ví Dụ", "position": "Chuyên viên"}
    started = ("InstanceStarted", {"process": "dossier", "number": "HS-0001", "title": ""})
    (step,) = read(
        started,
        fact("nominee", first, line="HS-0001.1"),
        fact("nominee", {**first, "position": "Phó Trưởng phòng"}, first, "HS-0001.1"),
        fact("by.prepare_dossier", "don_vi_a"),
        fact("dossier.preparer", "don_vi_a"),
    )
    assert step.title.vi == "Mở hồ sơ đề nghị khen thưởng"
    assert [(entry.label.vi, entry.old, entry.new) for entry in step.entries] == [
        ("Đối tượng đề nghị", "–", "Bà Nguyễn Thị Ví Dụ, Chuyên viên"),
        ("Chức vụ", "Chuyên viên", "Phó Trưởng phòng"),
        ("Người lập hồ sơ", "–", "Nguyễn Văn Giả Sử"),
    ]


def test_a_deadline_that_passed_is_a_step_one_that_ended_is_technical() -> None:
    timer = {"timer": "1", "process": "appraisal", "element": "supplement_due"}
    passed, cleared = read(("TimerCleared", {**timer, "fired": True}), ("TimerCleared", {**timer, "fired": False}))
    assert (passed.title.vi, passed.technical) == ("Hết hạn bổ sung", False)
    assert (cleared.title.vi, cleared.technical) == ("Thôi tính hạn", True)


def test_an_element_without_a_label_is_not_called_by_its_id() -> None:
    (step,) = read(("ElementPassed", {"process": "handling", "element": "appraisal_entry", "flow": None}))
    assert step.detail
    assert step.detail.vi == "Điểm nối trên sơ đồ"


def test_an_answer_that_no_row_gave_says_where_it_comes_from() -> None:
    kind, event = rule("choose_review", "review_way", "none", {"way": "gathered"})
    (without,) = read((kind, {**event, "rules": []}))
    assert (without.detail or Text("")).en == "No row of the table"

    table = BUNDLE.tables["review_way"]["r2017"]
    outputs = tuple(replace(output, default='"gathered"') for output in table.outputs)
    tables = {**BUNDLE.tables, "review_way": {"r2017": replace(table, outputs=outputs)}}
    told = Telling(replace(BUNDLE, tables=tables), "vi", NAMES, NOMINEES)
    detail = event_detail(told, kind, {**event, "rules": []})
    assert detail
    assert "câu trả lời mặc định" in detail.vi
    assert "default answers were used" in detail.en
    stated = event_detail(told, kind, event | {"rules": [table.rules[0].id]})
    assert stated
    assert "mặc định" not in stated.vi
