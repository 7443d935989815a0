"""Fields, lanes, groups, rule sets and days that differ are told by what they are called."""

import pytest

from tests.unit.definitions.altered import PLAN, SCHEMA, UI, only
from workflows.definitions.difference import Change
from workflows.domain.text import Text

FORMS = {
    "label": (UI, '"vi": "Lý do"', '"vi": "Lý do chính"', "lines.remark", "nhãn từ «Lý do» thành «Lý do chính»"),
    "help": (UI, '"vi": "Bắt buộc khi không biểu quyết."', '"vi": "Phải ghi."', "lines.remark", "gợi ý từ"),
    "choices": (SCHEMA, '"no",', '"no",\n"maybe",', "lines.vote", "cột «Ý kiến»: thêm lựa chọn «maybe»."),
    "choice gone": (SCHEMA, '"no",', "", "lines.vote", "cột «Ý kiến»: bỏ lựa chọn «Không đồng ý»."),
    "required": (SCHEMA, '"line",\n          "vote"', '"line"', "lines.vote", "cột «Ý kiến» không còn bắt buộc."),
    "length": (SCHEMA, '"maxLength": 500', '"maxLength": 600', "lines.remark", "nhiều nhất từ «500» thành «600»"),
    "kind": (SCHEMA, '"minLength": 1', '"minLength": true', "lines.remark", "số ký tự ít nhất từ «1» thành «có»"),
    "order": (UI, '"line",\n        "vote"', '"vote",\n        "line"', "lines",
              "các ô nay theo thứ tự Ý kiến, Đối tượng, Lý do"),
    "title": (UI, '"vi": "Phiếu biểu quyết"', '"vi": "Phiếu"', "",
              "Biểu mẫu: tên từ «Phiếu biểu quyết» thành «Phiếu»."),
    "new field": (SCHEMA, '"remark": {', '"weight": {"type": "integer"},\n"remark": {', "lines.weight", "Thêm bảng «"),
}  # fmt: skip


@pytest.mark.parametrize("what", FORMS)
def test_fields_are_told_by_their_labels(what: str) -> None:
    file, old, new, element, said = FORMS[what]
    change = only((file, old, new))
    assert (change.file, change.element) == (file, element)
    assert said in change.said.vi


ENTRIES = {
    "group": ('group = "clerk"', 'group = "office"', "lanes.Văn thư",
              "Quyền xử lý: làn «Văn thư» từ nhóm «Văn thư» chuyển sang nhóm «Văn phòng Sở»."),
    "scope": ('scope = "own_unit"', 'scope = "all"', "lanes.Đơn vị đề nghị",
              "Làn «Đơn vị đề nghị»: phạm vi từ «own_unit» thành «all»."),
    "title": ('clerk = { vi = "Văn thư"', 'clerk = { vi = "Văn thư Sở"', "groups.clerk",
              "Nhóm «Văn thư Sở»: tên từ «Văn thư» thành «Văn thư Sở»."),
    "day": ("valid_from = 2024-01-01", "valid_from = 2024-01-02", "rule_sets.r2024",
            "Bộ quy tắc «Luật 2022, NĐ 98/2023»: ngày có hiệu lực từ «01/01/2024» thành «02/01/2024»."),
    "basis": ('  "Nghị định 91/2017/NĐ-CP",\n', "", "legal_basis", "Căn cứ pháp lý: bỏ Nghị định 91/2017/NĐ-CP."),
    "new group": ("[groups]\n", '[groups]\nnotary = { vi = "Công chứng", en = "Notary" }\n', "groups.notary",
                  "Thêm nhóm «Công chứng»"),
}  # fmt: skip


@pytest.mark.parametrize("what", ENTRIES)
def test_lanes_groups_and_rule_sets_are_told_by_their_titles(what: str) -> None:
    old, new, element, said = ENTRIES[what]
    change = only(("bundle.toml", old, new))
    assert change.element == element
    assert change.said.vi.startswith(said)


def test_days_off_stages_and_letters_are_told() -> None:
    assert only(("calendar.toml", "2021-01-01, ", "")).said.vi == "Ngày nghỉ năm «2021»: bỏ 01/01/2021."
    stage = only((PLAN, "submit_by = 2021-12-15", "submit_by = 2021-12-20"))
    assert stage.said.vi.endswith("hạn nộp từ «15/12/2021» thành «20/12/2021».")
    letter = only(("documents/decision.typ", "\n", "\n// mới\n"))
    assert (letter.said.vi, letter.said.en, letter.new) == ("Thêm dòng 2.", "Line 2 added.", "// mới")


def test_before_and_after_are_marked_word_by_word() -> None:
    change = only((UI, '"vi": "Bắt buộc khi không biểu quyết."', '"vi": "Bắt buộc khi không bỏ phiếu."'))
    assert change.marked == (
        (("Bắt buộc khi không", False), (" biểu quyết", True), (".", False)),
        (("Bắt buộc khi không", False), (" bỏ phiếu", True), (".", False)),
    )
    other = only((UI, '"vi": "Lý do"', '"vi": "Ghi chú khác"'))
    assert other.marked == ((("Lý do", True),), (("Ghi chú khác", True),))


def test_long_texts_are_marked_in_a_moment() -> None:
    old, new = "từ này " * 5_000, "từ kia " * 5_000
    assert Change("f", "changed", "", Text(""), old=old, new=new).marked == (((old, True),), ((new, True),))
