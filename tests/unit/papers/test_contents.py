"""What stands on the papers, read back from the PDF: the rules of NĐ 30/2020 and of the certificates."""

import re

import pytest

from tests.unit.papers import samples
from tests.unit.papers.test_templates import pages, read
from workflows.connectors.render_document import typeset

OF_SHEET = re.compile(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]")
POINTS = 72 / 25.4


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of the sheets in millimetres."""
    return [(round(float(w) / POINTS), round(float(h) / POINTS)) for w, h in OF_SHEET.findall(pdf)]


def test_a_paper_begins_with_the_state_the_body_the_number_the_place_and_the_date() -> None:
    text = read("result_notice.typ", samples.full("result_notice.typ"))

    assert text.startswith("UBND TỈNH NINH BÌNH SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert "Độc lập - Tự do - Hạnh phúc" in text
    assert "Số: 05/QĐ-SLĐTBXH Ninh Bình, ngày 05 tháng 01 năm 2022" in text
    assert text.rindex("Nơi nhận:") > text.index("Kính gửi: Phòng Người có công")
    assert "- Lưu: VT, VP." in text


def test_a_month_from_march_on_has_no_leading_zero() -> None:
    told = {**samples.full("decision.typ"), "date": "2022-03-09"}

    assert "ngày 09 tháng 3 năm 2022" in read("decision.typ", told)


def test_pages_are_numbered_from_the_second_on() -> None:
    found = pages(typeset(samples.DOCUMENTS, "decision.typ", samples.many("decision.typ")))

    assert len(found) > 5
    assert not re.match(r"\s*1\s*\n", found[0])
    assert [re.match(r"\s*(\d+)\s*\n", page).group(1) for page in found[1:]] == [  # type: ignore[union-attr]
        str(number) for number in range(2, len(found) + 1)
    ]


def test_a_list_of_two_hundred_repeats_its_titles_and_loses_no_line() -> None:
    found = pages(typeset(samples.DOCUMENTS, "decision.typ", samples.many("decision.typ")))
    text = " ".join(" ".join(found).split())

    assert all("Nội dung khen" in page for page in found[1:-1])
    assert text.count("450.000") == 200
    assert "67 cá nhân" in text
    assert "tổng số tiền thưởng: 90.000.000 đồng" in text


@pytest.mark.parametrize("template", ["summary.typ", "decision.typ", "council_minutes.typ", "submission.typ"])
def test_no_name_of_five_hundred_signs_is_cut(template: str) -> None:
    told = samples.long(template)
    text = "".join("".join(pages(typeset(samples.DOCUMENTS, template, told))).split())

    assert text.count("Huyền") >= 31 * 12


def test_a_deputy_signs_in_the_place_of_the_director() -> None:
    told = {**samples.full("decision.typ"), "capacity": ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], "signer": "Đỗ Thị Thử"}
    text = read("decision.typ", told)

    assert re.search(r"KT. GIÁM ĐỐC.*PHÓ GIÁM ĐỐC.*Đỗ Thị Thử", text)


def test_the_summary_lies_on_its_side_and_puts_collectives_first_then_unit_and_place() -> None:
    told = {**samples.full("summary.typ"), "lines": list(reversed(samples.lines(12)))}
    pdf = typeset(samples.DOCUMENTS, "summary.typ", told)
    text = " ".join(" ".join(pages(pdf)).split())

    assert set(sizes(pdf)) == {(297, 210)}
    assert text.index("TẬP THỂ (04)") < text.index("GIA ĐÌNH (04)") < text.index("CÁ NHÂN (04)")
    units = re.findall(r"(Người có công|Dịch vụ việc làm) HS-000\d", text)
    assert units == (["Người có công"] * 2 + ["Dịch vụ việc làm"] * 2) * 3


def test_a_household_is_called_by_the_law_of_the_day() -> None:
    told = samples.full("decision.typ")

    assert "01 gia đình" in read("decision.typ", told)
    assert "01 hộ gia đình" in read("decision.typ", {**told, "date": "2024-01-01"})


def test_a_certificate_is_one_sheet_for_each_line_with_its_place_in_the_golden_book() -> None:
    told = {**samples.full("certificate.typ"), "lines": samples.lines(31)}
    pdf = typeset(samples.DOCUMENTS, "certificate.typ", told)
    found = pages(pdf)

    assert len(found) == 31
    assert set(sizes(pdf)) == {(297, 210)}
    for number, page in enumerate(found, 1):
        text = " ".join(page.split())
        assert "GIÁM ĐỐC SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI TẶNG GIẤY KHEN" in text
        assert "Quyết định số: 05/QĐ-SLĐTBXH, ngày 05 tháng 01 năm 2022" in text
        assert f"Số sổ vàng: {number} " in f"{text} "


def test_a_long_name_makes_the_letters_of_a_certificate_smaller_not_its_sheets_more() -> None:
    told = {**samples.long("certificate.typ"), "lines": samples.long("certificate.typ")["lines"][:1]}
    (page,) = pages(typeset(samples.DOCUMENTS, "certificate.typ", told))

    assert "".join(page.split()).count("Huyền") == 12
    assert "Lê Văn Mẫu" in page


def test_the_slip_shows_the_whole_digest_of_every_paper() -> None:
    text = "".join(read("package_slip.typ", samples.full("package_slip.typ")).split())

    assert "0f" * 32 in text
    assert "a9" * 32 in text
    assert "Tổngsố:02giấytờ" in text


def test_the_count_says_six_numbers() -> None:
    text = read("ballot_minutes.typ", samples.full("ballot_minutes.typ"))

    for said in ("phát ra: 09", "thu về: 09", "hợp lệ: 08", "không hợp lệ: 01", "Đồng ý Không đồng ý"):
        assert said in text
    assert re.search(r"Bà Nguyễn Thị Ví Dụ 1.* 8 1 0 Đạt", text)


def test_the_minutes_name_who_was_absent_and_what_they_wrote() -> None:
    text = read("council_minutes.typ", samples.full("council_minutes.typ"))

    assert "4. Thành viên vắng mặt: - Bùi Thị Minh Họa, Trưởng phòng Lao động - Việc làm" in text
    assert (
        "Ý kiến bằng văn bản của thành viên vắng mặt: - Bùi Thị Minh Họa: đồng ý 02, không đồng ý 01 đối tượng" in text
    )
    assert "Bà Nguyễn Thị Ví Dụ 1: Phạm Văn Mẫu" in text
    assert "từ 80% trở lên số phiếu đồng ý, tính trên tổng số thành viên Hội đồng" in text


def test_words_that_look_like_commands_stand_as_words() -> None:
    text = read("decision.typ", samples.hostile("decision.typ"))

    assert '#panic("x") $1/0$ *đậm* _nghiêng_ <nhãn> @ai `mã`' in text
    assert "□" in text
    assert "漢" not in text


def test_a_nominee_whom_the_council_did_not_put_forward_is_told_so_where_no_other_reason_is_written() -> None:
    told = {**samples.full("refusal_notice.typ"), "reasons": []}
    voted = [{**each, "note": "", "voted": False} for each in told["lines"]]
    text = read("refusal_notice.typ", {**told, "lines": voted})

    assert text.count("Hội đồng Thi đua - Khen thưởng Sở biểu quyết không đạt tỷ lệ quy định") == 4
    assert "Như lý do nêu trên" not in text


def test_a_certificate_of_the_chairman_has_its_own_sheet_with_room_for_the_emblem() -> None:
    told = {**samples.full("certificate_province.typ"), "lines": samples.lines(2)}
    pdf = typeset(samples.DOCUMENTS, "certificate_province.typ", told)

    assert set(sizes(pdf)) == {(360, 237)}
    for page in pages(pdf):
        assert "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH NINH BÌNH TẶNG BẰNG KHEN" in " ".join(page.split())


def test_the_minutes_of_the_province_speak_of_its_own_council() -> None:
    for template in ("council_minutes_province.typ", "ballot_minutes_province.typ"):
        text = read(template, samples.full(template))
        assert "Hội đồng Thi đua - Khen thưởng tỉnh" in text
        assert "Khen thưởng Sở" not in text
