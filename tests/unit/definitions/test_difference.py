"""What differs between two versions is told file by file, in sentences a clerk reads, in both languages."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.unit.definitions.altered import BUNDLE, PLAN, SCHEMA, THRESHOLD, UI, VOTE, changes, edited, only
from webapp.cli.versions import diff
from workflows.definitions import load_files
from workflows.definitions.archive import pack, write_folder
from workflows.definitions.difference import compare, compare_files

CONDITION = 'council.ballot_way = "secret"'
STAGE = """    <bpmn:userTask id="check_ballots" name="Kiểm tra phiếu">
      <bpmn:extensionElements><spiffworkflow:properties>
        <spiffworkflow:property name="due" value="ballot" />
      </spiffworkflow:properties></bpmn:extensionElements>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="check_ballots__vote_closed" sourceRef="check_ballots" targetRef="vote_closed" />
"""


def test_a_version_does_not_differ_from_itself() -> None:
    assert compare(BUNDLE, load_files(dict(BUNDLE.files))).files == ()


def test_a_threshold_is_told_with_its_table_row_column_and_source() -> None:
    change = only((THRESHOLD, "<text>80</text>", "<text>90</text>"))
    assert (change.file, change.kind, change.element) == (THRESHOLD, "changed", "so_80_phan_tram")
    assert (change.old, change.new) == ("80", "90")
    assert change.said.vi.startswith(
        "Bảng «Tỷ lệ đồng ý và mẫu số», dòng 1: «Tỷ lệ đồng ý tối thiểu (%)» từ 80 thành 90 (80% tổng số thành viên"
    )
    assert change.said.en.startswith("The table «Tỷ lệ đồng ý và mẫu số», row 1: «Votes needed (%)» from 80 to 90 (")


DIAGRAM = {
    "name": (
        'id="cast_ballot" name="Biểu quyết từng đối tượng"',
        'id="cast_ballot" name="Bỏ phiếu"',
        "cast_ballot",
        "Tác vụ người dùng «Biểu quyết từng đối tượng» đổi tên thành «Bỏ phiếu».",
    ),
    "type": (
        '<bpmn:parallelGateway id="ballots_issued">',
        '<bpmn:inclusiveGateway id="ballots_issued">',
        "ballots_issued",
        "Cổng bao gồm sau «Cách biểu quyết?»: loại từ «cổng song song» thành «cổng bao gồm».",
    ),
    "property.due": (
        'name="due" value="ballot"',
        'name="due" value="vote"',
        "cast_ballot",
        "Tác vụ người dùng «Biểu quyết từng đối tượng»: hạn xử lý từ «ballot» thành «vote».",
    ),
    "property.legalBasis": (
        '          <spiffworkflow:property name="legalBasis" value="TT 12/2019 Điều 11, áp dụng tương tự [V]" />\n',
        "",
        "cast_ballot",
        "Tác vụ người dùng «Biểu quyết từng đối tượng»: bỏ căn cứ pháp lý «TT 12/2019 Điều 11, áp dụng tương tự [V]».",
    ),
    "documentation": (
        "<bpmn:documentation>Mỗi thành viên một phiếu",
        "<bpmn:documentation>Mỗi người một phiếu",
        "cast_ballot",
        "Tác vụ người dùng «Biểu quyết từng đối tượng»: hướng dẫn từ «Mỗi thành viên một phiếu",
    ),
    "conditionExpression": (
        CONDITION,
        CONDITION.replace("secret", "open"),
        "ballot_way__cast_secret_ballot",
        "Luồng «Bỏ phiếu kín» từ «Cách biểu quyết?» tới «Bỏ phiếu kín»: điều kiện từ «Cách biểu quyết của Hội đồng",
    ),
    "default": (
        'default="ballot_way__ballots_issued"',
        'default="ballot_way__cast_secret_ballot"',
        "ballot_way",
        "Cổng loại trừ «Cách biểu quyết?»: nhánh mặc định từ «",
    ),
    "route": (
        'sourceRef="vote_entry" targetRef="vote_closed"',
        'sourceRef="vote_entry" targetRef="ballot_way"',
        "vote_entry__vote_closed",
        "Luồng từ cổng loại trừ sau «Bỏ phiếu kín» tới «Đã thu đủ phiếu» nay dẫn tới «Cách biểu quyết?».",
    ),
    "multiInstanceLoopCharacteristics.loopCardinality": (
        "count(council.present)",
        "count(council.members)",
        "cast_ballot",
        "Tác vụ người dùng «Biểu quyết từng đối tượng»: số lần làm từ «count(council.present)»",
    ),
}


@pytest.mark.parametrize("aspect", DIAGRAM)
def test_every_part_of_an_element_is_told(aspect: str) -> None:
    old, new, element, said = DIAGRAM[aspect]
    closing = ("</bpmn:parallelGateway>", "</bpmn:inclusiveGateway>") if aspect == "type" else ("", "")
    change = only((VOTE, old, new), (VOTE, *closing))
    assert (change.element, change.aspect, change.kind) == (element, aspect, "changed")
    assert change.said.vi.startswith(said)
    assert change.said.en != change.said.vi
    assert change.line > 0


TIMED = {
    "timer": (
        "council_meeting.bpmn",
        "due.ballot",
        "due.meeting",
        "thời điểm từ «due.ballot» thành «due.meeting»",
    ),
    "message": ("dossier.bpmn", 'name="dossier_withdrawn"', 'name="another"', "thông điệp"),
    "called": (
        "council_meeting.bpmn",
        'calledElement="council_vote"',
        'calledElement="spelling"',
        "quy trình được gọi",
    ),
}


@pytest.mark.parametrize("kind", TIMED)
def test_timers_messages_and_calls_are_told(kind: str) -> None:
    file, old, new, said = TIMED[kind]
    if old.encode() not in BUNDLE.files[file]:
        pytest.fail(f"{file} no longer holds {old}")
    found = [change for change in changes((file, old, new)) if change.kind == "changed"]
    assert any(said in change.said.vi for change in found)


def test_a_new_stage_is_told_with_its_limit_and_the_way_through_it() -> None:
    found = changes(
        (
            VOTE,
            "<bpmn:flowNodeRef>vote_closed<",
            "<bpmn:flowNodeRef>check_ballots</bpmn:flowNodeRef><bpmn:flowNodeRef>vote_closed<",
        ),
        (VOTE, '    <bpmn:endEvent id="vote_closed"', STAGE + '    <bpmn:endEvent id="vote_closed"'),
        (VOTE, 'sourceRef="vote_entry" targetRef="vote_closed"', 'sourceRef="vote_entry" targetRef="check_ballots"'),
    )
    assert {(change.kind, change.element) for change in found} == {
        ("added", "check_ballots"),
        ("added", "check_ballots__vote_closed"),
        ("changed", "vote_entry__vote_closed"),
    }
    added = next(change for change in found if change.element == "check_ballots")
    assert added.said.vi == (
        "Thêm tác vụ người dùng «Kiểm tra phiếu» trong làn «Hội đồng TĐKT Sở» "
        "(nhóm Hội đồng Thi đua - Khen thưởng Sở): hạn xử lý «ballot»."
    )


def test_what_is_only_drawn_or_written_elsewhere_is_told_apart() -> None:
    drawn = only((VOTE, '<dc:Bounds x="160" y="80" width="1150"', '<dc:Bounds x="150" y="80" width="1160"'))
    assert (drawn.kind, drawn.element) == ("moved", "pool_council_vote")
    assert only((VOTE, "\n    <bpmn:startEvent", "\n    <!-- x -->\n\n    <bpmn:startEvent")).aspect == "written"
    assert only(("bundle.toml", "# Vietnamese first.", "# Tiếng Việt trước.")).aspect == "written"
    assert only((UI, '  "facts": "council",', '"facts": "council",')).kind == "moved"


def test_the_order_in_which_branches_are_tried_is_no_drawing() -> None:
    whole = BUNDLE.files[VOTE].decode()
    default = next(line for line in whole.splitlines(keepends=True) if 'id="ballot_way__ballots_issued"' in line)
    first = '    <bpmn:sequenceFlow id="ballot_way__cast_secret_ballot"'
    change = only((VOTE, default, ""), (VOTE, first, default + first))
    assert (change.kind, change.element, change.aspect) == ("changed", "ballot_way", "order")


def test_files_come_and_go_and_change_their_names() -> None:
    files = dict(BUNDLE.files)
    files["documents/new.typ"] = files.pop("documents/summary.typ")
    files["documents/seal.png"] = b"\x89PNG\xff"
    del files["coverage.toml"]
    found = {(change.file, change.kind): change.said.vi for change in compare_files(BUNDLE.files, files).changes}
    assert found["documents/new.typ", "added"].endswith("tệp mới, cùng nội dung với documents/summary.typ.")
    assert {
        ("documents/summary.typ", "removed"),
        ("coverage.toml", "removed"),
        ("documents/seal.png", "added"),
    } <= found.keys()
    again = compare_files(files, {**files, "documents/seal.png": b"\x89PNG\xff\xff"}).changes
    assert [change.said.en for change in again] == ["The file is another one: from 5 to 6 bytes."]


BROKEN = {
    VOTE: b"<bpmn:definitions",
    THRESHOLD: b"<!DOCTYPE x><x/>",
    SCHEMA: b"{",
    "bundle.toml": b"key = ",
    "calendar.toml": b"\xff\xfe",
    PLAN: b"a.b" + b".c" * 40 + b" = 1",
}


@pytest.mark.parametrize("file", BROKEN)
def test_a_draft_that_cannot_be_read_has_a_difference_too(file: str) -> None:
    found = compare_files(BUNDLE.files, {**BUNDLE.files, file: BROKEN[file]}).changes
    assert {change.file for change in found} == {file}
    assert compare_files({**BUNDLE.files, file: BROKEN[file]}, BUNDLE.files).changes


def test_words_that_would_be_markup_or_places_are_only_words() -> None:
    change = only(
        (
            VOTE,
            'id="vote_closed" name="Đã thu đủ phiếu"',
            'id="vote_closed" name="{0} &lt;img src=x onerror=alert(1)&gt; %s"',
        )
    )
    assert change.said.vi == "Sự kiện kết thúc «Đã thu đủ phiếu» đổi tên thành «{0} <img src=x onerror=alert(1)> %s»."


def test_the_command_compares_folders_and_zips(tmp_path: Path) -> None:
    packed = tmp_path / "new.zip"
    packed.write_bytes(pack(edited((THRESHOLD, "<text>80</text>", "<text>90</text>"))))
    folder = tmp_path / "old"
    write_folder(BUNDLE.files, folder)
    told = CliRunner().invoke(diff, [str(folder), str(packed), "--json"])
    assert told.exit_code == 0
    assert json.loads(told.output)["files"][0]["changes"][0]["element"] == "so_80_phan_tram"
    said = CliRunner().invoke(diff, [str(packed), str(folder), "--lang", "en"])
    assert "from 90 to 80" in said.output
    assert said.output.endswith("0 added, 0 removed, 1 changed, 0 only drawn or written differently\n")


def test_what_has_the_same_words_is_told_as_it_is_written() -> None:
    blanks = only((VOTE, 'council.ballot_way = "secret"', 'council.ballot_way =  "secret"'))
    assert (blanks.kind, blanks.aspect) == ("moved", "conditionExpression")
    inside = only((VOTE, 'council.ballot_way = "secret"', 'council.ballot_way = " secret"'))
    assert inside.kind == "changed"
    same = only((THRESHOLD, "<text>80</text>", "<text>080</text>"))
    assert "từ 80 thành 080" in same.said.vi
