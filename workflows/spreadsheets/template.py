"""The spreadsheet a unit fills in: a heading for each column, drop-downs for choices, one line of example."""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from workflows.spreadsheets.columns import Column, shown

SHEET, CODES = "Danh sách", "Danh mục"
ROWS = 200
"""Rows for which the drop-downs are set."""
WIDE, NARROW, LONG_TEXT = 44, 20, 400
ORDINAL = "STT"


def template(columns: Sequence[Column], title: str) -> bytes:
    """The template as .xlsx: the sheet «Danh sách» to fill in, and the sheet «Danh mục» with what may be chosen."""
    book = Workbook()
    sheet, codes = book.active, book.create_sheet(CODES)
    assert isinstance(sheet, Worksheet)
    sheet.title = SHEET
    sheet.append([title])
    sheet["A1"].font = Font(bold=True, size=13)
    sheet.append([ORDINAL, *(f"{column.label.vi}{' *' if column.required else ''}" for column in columns)])
    for cell in sheet[2]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E8EEF7")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    sheet.freeze_panes = "C3"
    for number, column in enumerate(columns, 2):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = WIDE if column.longest >= LONG_TEXT else NARROW
        if column.kind == "date":
            _dates(sheet, letter)
        elif column.kind == "text" and not column.choices:
            for row in range(3, ROWS + 3):
                sheet[f"{letter}{row}"].number_format = "@"
        if column.choices:
            _offer(sheet, codes, letter, column, number)
    codes.sheet_state = "visible"
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _dates(sheet: Worksheet, letter: str) -> None:
    for row in range(3, ROWS + 3):
        sheet[f"{letter}{row}"].number_format = "dd/mm/yyyy"


def _offer(sheet: Worksheet, codes: Worksheet, letter: str, column: Column, number: int) -> None:
    place = get_column_letter(number)
    codes[f"{place}1"] = column.label.vi
    codes[f"{place}1"].font = Font(bold=True)
    codes.column_dimensions[place].width = WIDE
    for row, (value, words) in enumerate(column.choices, 2):
        codes[f"{place}{row}"] = shown(value, words)
    rule = DataValidation(
        type="list", formula1=f"='{CODES}'!${place}$2:${place}${len(column.choices) + 1}", allow_blank=True
    )
    sheet.add_data_validation(rule)
    rule.add(f"{letter}3:{letter}{ROWS + 2}")
