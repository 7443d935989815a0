"""What a paper shows comes from the facts that its .toml names: in words where it says so, of the lines it asks for."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from tests.unit.papers.samples import BUNDLE
from workflows.connectors.contract import Request
from workflows.connectors.paper_facts import document_data
from workflows.domain.facts import Facts, Line, Value
from workflows.domain.paper import Filed

NOON = datetime(2021, 11, 10, 5, tzinfo=UTC)
PEOPLE = {
    "giam_doc": ("Lê Văn Mẫu", "Giám đốc Sở, Chủ tịch Hội đồng"),
    "pho_gd": ("Đỗ Thị Thử", "Phó Giám đốc Sở, ủy viên Hội đồng"),
    "chuyen_vien": ("Trần Giả Định", "Chuyên viên"),
}
VALUES: dict[str, Value] = {
    "dossier.unit": "phong_ncc",
    "dossier.movement": "covid-2021",
    "dossier.award_form": "giay_khen",
    "dossier.kind": "thematic",
    "dossier.full_on": date(2021, 10, 25),
    "due.appraise": datetime(2021, 11, 22, 16, 59, tzinfo=UTC),
    "draft_decision.grounds": "Căn cứ một;\n\n Căn cứ hai;",
    "number_decision.number": "05/QĐ-SLĐTBXH",
    "number_decision.decision_date": date(2021, 11, 10),
    "by.sign_decision": "giam_doc",
    "council.members": ("giam_doc", "pho_gd"),
    "council.present": ("giam_doc",),
}


def line(ordinal: int, kind: str, status: str = "passed", **values: Value) -> Line:
    known: dict[str, Value] = {"verdict": status, "decisions.bonus.amount": 450_000 * ordinal, **values}
    return Line(f"HS-1.{ordinal}", "HS-1", ordinal, {"kind": kind, "name": f"Tên {ordinal}"}, known)


REQUEST = Request(
    "HS-1",
    "render",
    {},
    Facts(VALUES, (line(1, "person"), line(2, "collective"), line(3, "person", "failed"), line(4, "household"))),
    BUNDLE,
    NOON,
    PEOPLE,
    {"phong_ncc": "Phòng Người có công"},
    {"HS-1": "Phòng Người có công"},
    (Filed("HS-1", "request_letter", "Văn bản đề nghị", "ab" * 32),),
)


def shown(template: str, **values: Value) -> dict[str, Any]:
    return document_data(replace(REQUEST, facts=REQUEST.facts.with_values(values)), template)


def test_days_numbers_and_lists_are_plain() -> None:
    told = shown("decision.typ")

    assert (told["number"], told["date"]) == ("05/QĐ-SLĐTBXH", "2021-11-10")
    assert told["grounds"] == ["Căn cứ một;", "Căn cứ hai;"]
    assert shown("receipt.typ")["due_on"] == "2021-11-22"
    assert shown("council_minutes.typ", **{"decisions.vote_threshold.percent": Decimal(80)})["percent"] == 80


def test_keys_are_said_in_words() -> None:
    told = shown("receipt.typ")

    assert told["unit"] == "Phòng Người có công"
    assert told["award_form"] == "Giấy khen của Giám đốc Sở"
    assert told["kind"] == "Chuyên đề (theo đợt)"
    assert told["movement"].startswith("Cả nước đoàn kết")
    assert told["instance"] == "HS-1"


def test_what_is_not_known_is_empty_and_words_of_the_paper_go_before_those_of_all() -> None:
    assert shown("receipt.typ")["letter_no"] == ""
    assert shown("decision.typ")["superior"] == "UBND TỈNH NINH BÌNH"
    assert shown("decision_province.typ")["superior"] == ""
    assert document_data(replace(REQUEST, facts=Facts()), "decision.typ")["lines"] == []


def test_the_lines_are_those_of_the_status_asked_for_collectives_first() -> None:
    assert [each["name"] for each in shown("decision.typ")["lines"]] == ["Tên 2", "Tên 4", "Tên 1"]
    assert [each["name"] for each in shown("result_notice.typ")["lines"]] == ["Tên 2", "Tên 4", "Tên 1", "Tên 3"]
    assert [each.get("result") for each in shown("result_notice.typ")["lines"]][-1] == "Không đạt"


def test_the_papers_of_the_matter_are_shown_with_their_digest() -> None:
    assert shown("package_slip.typ")["papers"] == [
        {"number": "HS-1", "title": "Văn bản đề nghị", "kind": "Văn bản đề nghị hoặc Tờ trình", "sha256": "ab" * 32}
    ]


def test_who_signs_in_whose_place_is_told_by_the_title() -> None:
    told = shown("decision.typ")
    assert (told["capacity"], told["signer"]) == (["GIÁM ĐỐC"], "Lê Văn Mẫu")

    told = shown("decision.typ", **{"by.sign_decision": "pho_gd"})
    assert (told["capacity"], told["signer"]) == (["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], "Đỗ Thị Thử")

    told = shown("decision.typ", **{"by.sign_decision": None})
    assert (told["capacity"], told["signer"]) == (["GIÁM ĐỐC"], "")


def test_open_opinions_are_told_by_member_and_those_of_the_excluded_are_not() -> None:
    said = {"giam_doc": {"council.vote": "yes"}, "pho_gd": {"council.vote": "no", "council.remark": "Chưa rõ."}}
    lines = (replace(line(1, "person"), items=said), replace(line(2, "person", excluded=("giam_doc",)), items=said))
    told: dict[str, Any] = document_data(replace(REQUEST, facts=Facts(VALUES, lines)), "council_minutes.typ")

    (director, deputy) = told["said"]
    assert (director["yes"], director["absent"], director["remarks"]) == (1, False, [])
    assert (deputy["no"], deputy["absent"]) == (2, True)
    assert deputy["remarks"][0] == {"name": "Tên 1", "vote": "no", "remark": "Chưa rõ."}
    assert [each["excluded"] for each in told["lines"]] == [[], ["Lê Văn Mẫu"]]


def test_the_votes_of_a_secret_ballot_are_nobody_s_opinions() -> None:
    said = {"phieu-1": {"council.vote": "no"}, "phieu-2": {"council.vote": "yes"}}
    lines = (replace(line(1, "person"), items=said),)
    told: dict[str, Any] = document_data(replace(REQUEST, facts=Facts(VALUES, lines)), "council_minutes.typ")

    assert told["said"] == []
    assert (told["lines"][0]["yes"], told["lines"][0]["no"]) == (1, 1)
