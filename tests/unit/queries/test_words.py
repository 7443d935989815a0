"""Values on a page are words, in both languages: no key, no login, no id."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from workflows.definitions import load_bundle, shipped
from workflows.domain.facts import Value
from workflows.queries.names import citation, nominee_name, value_name
from workflows.queries.shown import Known, form_entries, words

BUNDLE = load_bundle(shipped())
NAMES = Known({"giam_doc": "Vũ Hư Cấu", "chanh_vp": "Phạm Văn Mẫu"}, {"phong_ncc": "Phòng Người có công"})


@pytest.mark.parametrize(
    ("fact", "value", "vi", "en"),
    [
        ("dossier.kind", "ad_hoc", "Đột xuất", "Ad hoc"),
        ("dossier.outside_plan", False, "Không", "No"),
        ("dossier.full_on", date(2022, 1, 13), "13/01/2022", "13/01/2022"),
        ("due.ballot", datetime(2022, 1, 14, 10, tzinfo=UTC), "17:00 14/01/2022", "17:00 14/01/2022"),
        ("dossier.unit", "phong_ncc", "Phòng Người có công", "Phòng Người có công"),
        ("council.members", ("giam_doc", "chanh_vp"), "Vũ Hư Cấu, Phạm Văn Mẫu", "Vũ Hư Cấu, Phạm Văn Mẫu"),
        ("decisions.review_way.way", "gathered", "chờ đợt xét chung", "waits for a common round"),
        ("decisions.quorum.reached", True, "đủ số thành viên", "enough members attend"),
        ("decisions.bonus.amount", 450_000, "450.000 đồng", "450,000 đồng"),
        ("decisions.bonus.coefficient", Decimal("0.3"), "0,3", "0.3"),
        ("line.status", "passed", "Được khen", "Commended"),
        ("line.status", "suspended", "Tạm dừng", "Suspended"),
        ("line.status", "revoked", "Đã hủy bỏ", "Revoked"),
        ("nominee.citizen_id", "999200000001", "•••••••••001", "•••••••••001"),
        ("dossier.explanation", None, "–", "–"),
    ],
)
def test_a_value_is_written_as_people_say_it(fact: str, value: Value, vi: str, en: str) -> None:
    assert words(BUNDLE, fact, value, "vi", NAMES) == vi
    assert words(BUNDLE, fact, value, "en", NAMES) == en


def test_a_stage_and_a_content_are_those_of_the_plan() -> None:
    assert value_name(BUNDLE, "dossier.stage", "so_ket_2022").vi.startswith("Sơ kết")
    assert value_name(BUNDLE, "nominee.content", "II.3").en == "Social security, training and jobs"


def test_people_chosen_in_a_form_are_named_and_rows_left_to_their_page() -> None:
    answers = {"meeting_on": "2022-01-14", "chair": "giam_doc", "rows": [{"line": 1}]}
    present = {"present": ["giam_doc", "chanh_vp"]}
    shown = {each.label.vi: each.value for each in form_entries(BUNDLE, "compile_summary", answers, "vi", NAMES)}
    shown |= {each.label.vi: each.value for each in form_entries(BUNDLE, "record_attendance", present, "vi", NAMES)}
    people = {"Người chủ trì": "Vũ Hư Cấu", "Thành viên có mặt": "Vũ Hư Cấu, Phạm Văn Mẫu"}
    assert shown == {"Ngày họp": "14/01/2022", **people}


def test_every_output_of_a_table_that_steps_apply_has_words_in_both_languages() -> None:
    applied = {e.decision for p in BUNDLE.processes.values() for e in p.of_type("businessRuleTask")}
    for decision in applied:
        for table in BUNDLE.tables[str(decision)].values():
            for output in table.outputs:
                worded = BUNDLE.worded(f"decisions.{decision}.{output.name}")
                assert worded.label.en, output.name
                assert set(output.values) <= set(worded.values)


def test_every_label_of_the_diagrams_has_its_english() -> None:
    for process in BUNDLE.processes.values():
        assert BUNDLE.manifest.labels[process.id]
        for element in process.elements.values():
            assert not element.name or BUNDLE.element_name(process.id, element.id).en, element.id


def test_a_citation_loses_its_marks_and_says_what_was_not_read() -> None:
    assert citation("NĐ 91/2017 Điều 55 [V]: đơn giản.") == "NĐ 91/2017 Điều 55: đơn giản."
    assert citation("NĐ 30/2020 Điều 23 [K]; [D]") == "NĐ 30/2020 Điều 23 (chưa đối chiếu nguyên văn);"


def test_a_nominee_is_addressed() -> None:
    assert nominee_name({"title": "ba", "name": "Nguyễn Thị Ví Dụ"}) == "Bà Nguyễn Thị Ví Dụ"
    assert nominee_name({"name": "Tập thể Phòng Mẫu"}) == "Tập thể Phòng Mẫu"
