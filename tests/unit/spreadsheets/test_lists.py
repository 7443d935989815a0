"""Lists as spreadsheets: what is written comes back, what is wrong is said by row, hostile files are refused."""

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from workflows import spreadsheets
from workflows.definitions import load_bundle
from workflows.domain.text import Text
from workflows.spreadsheets import Column, FileRefused

BUNDLE = Path(__file__).parents[3] / "bpmn" / "commendation"
OFFERED = {
    "nominees.target": (("G1", Text("Tuyến đầu")), ("G2", Text("Hỗ trợ"))),
    "nominees.content": (("II.3", Text("An sinh xã hội")),),
}


@pytest.fixture(scope="module")
def columns() -> tuple[Column, ...]:
    return spreadsheets.columns(load_bundle(BUNDLE).forms["prepare_dossier"], "nominees", OFFERED)


def filled(columns: tuple[Column, ...], *rows: dict[str, object]) -> bytes:
    """The template with these rows, values by the name of their column."""
    book = load_workbook(BytesIO(spreadsheets.template(columns, "Danh sách mẫu")))
    sheet = book["Danh sách"]
    names = [column.name for column in columns]
    for number, row in enumerate(rows, 3):
        for name, value in row.items():
            sheet.cell(number, names.index(name) + 2, value)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def nominee(**changes: object) -> dict[str, object]:
    told: dict[str, object] = {
        "kind": "Cá nhân",
        "title": "Bà",
        "name": "Nguyễn Thị Ví Dụ",
        "citizen_id": "999200000001",
    }
    told |= {
        "citizen_id": "999200000001",
        "target": "G1 Tuyến đầu",
        "content": "II.3 An sinh xã hội",
        "achieved_on": date(2021, 10, 15),
    }
    return {**told, "work": "Đã có thành tích", "summary": "Trực 45 ngày.", **changes}


def test_the_template_has_a_heading_for_each_column_and_offers_its_choices(columns: tuple[Column, ...]) -> None:
    book = load_workbook(BytesIO(spreadsheets.template(columns, "Danh sách mẫu")))
    headings = [cell.value for cell in book["Danh sách"][2]]
    assert headings[1:] == [f"{each.label.vi}{' *' if each.required else ''}" for each in columns]
    codes = {cell.value for row in book["Danh mục"].iter_rows() for cell in row}
    assert {"G1 Tuyến đầu", "Cá nhân", "Tập thể"} <= codes


def test_what_is_filled_in_comes_back_as_answers_of_the_form(columns: tuple[Column, ...]) -> None:
    first, second = spreadsheets.read_file(
        filled(columns, nominee(), nominee(kind="tap the", title=None, name="Tổ Mẫu", achieved_on="16/10/2021")),
        columns,
    )
    assert first.wrong == second.wrong == {}
    assert first.number == 3
    assert first.answers["achieved_on"] == "2021-10-15"
    assert (first.answers["kind"], first.answers["title"], first.answers["target"]) == ("person", "ba", "G1")
    assert (second.answers["kind"], second.answers["achieved_on"]) == ("collective", "2021-10-16")
    assert "title" not in second.answers


def test_a_number_typed_as_a_number_keeps_its_digits(columns: tuple[Column, ...]) -> None:
    (row,) = spreadsheets.read_file(filled(columns, nominee(citizen_id=999200000001)), columns)
    assert row.answers["citizen_id"] == "999200000001"


def test_what_is_wrong_is_said_where_it_stands(columns: tuple[Column, ...]) -> None:
    (row,) = spreadsheets.read_file(filled(columns, nominee(kind="Người", achieved_on="hôm qua", work="=1+1")), columns)
    assert {name: complaint.template for name, complaint in row.wrong.items()} == {
        "kind": "Choose one of the answers offered.",
        "achieved_on": "Write the date as day/month/year, for example 13/01/2022.",
        "work": "This is a formula; write the value itself.",
    }


def test_columns_may_stand_in_any_order_and_rows_may_be_pasted(columns: tuple[Column, ...]) -> None:
    names = {column.name: column.label.vi for column in columns}
    head = "\t".join([names["name"], names["kind"], names["target"]])
    (row,) = spreadsheets.read_pasted(f"Danh sách\n{head}\nTổ Mẫu\ttập thể\tg1\n\n", columns)
    assert row.answers == {"name": "Tổ Mẫu", "kind": "collective", "target": "G1"}


def test_rows_without_headings_begin_at_the_column_they_are_pasted_into(columns: tuple[Column, ...]) -> None:
    names = [column.name for column in columns]
    first, second = spreadsheets.read_pasted("Cá nhân\tBà\nai đó\tcụ", columns, "kind")
    assert names[names.index("kind") + 1] == "title"
    assert first.answers == {"kind": "person", "title": "ba"}
    assert (first.raw, second.answers) == ({}, {})
    assert second.raw == {"kind": "ai đó", "title": "cụ"}
    assert second.raw.keys() == second.wrong.keys()


def test_a_list_without_the_headings_is_refused(columns: tuple[Column, ...]) -> None:
    with pytest.raises(FileRefused, match="headings"):
        spreadsheets.read_pasted("a\tb\nc\td", columns)


def packed(**parts: bytes) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


LOL = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>'
HOSTILE = {
    "no archive": b"PK\x03\x04 nothing",
    "a text": b"hello",
    "nothing": b"",
    "no workbook": packed(**{"word/document.xml": b"<x/>"}),
    "entities": packed(**{"xl/workbook.xml": LOL}),
    "a bomb": packed(**{"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b" " * 20_000_000}),
    "macros": packed(**{"xl/workbook.xml": b"<x/>", "xl/vbaProject.bin": b"x"}),
    "another file": packed(**{"xl/workbook.xml": b"<x/>", "xl/externalLinks/externalLink1.xml": b"<x/>"}),
    "a path": packed(**{"xl/workbook.xml": b"<x/>", "../../etc/passwd": b"x"}),
    "a broken workbook": packed(**{"xl/workbook.xml": b"<x/>", "[Content_Types].xml": b"<x/>"}),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_with_a_sentence(columns: tuple[Column, ...], kind: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        spreadsheets.read_file(HOSTILE[kind], columns)
    assert str(refusal.value).startswith("The file cannot be read as a list: ")


def test_a_sheet_with_a_far_corner_is_read_no_further_than_its_limits(columns: tuple[Column, ...]) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([column.label.vi for column in columns])
    sheet["XFD1048576"] = "x"
    written = BytesIO()
    book.save(written)
    assert spreadsheets.read_file(written.getvalue(), columns) == ()
