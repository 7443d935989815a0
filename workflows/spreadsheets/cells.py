"""The process that reads the cells of one spreadsheet: bytes on standard input, rows as JSON on standard output."""

import json
import sys
from datetime import date, datetime
from io import BytesIO

from openpyxl import load_workbook

MOST_ROWS, MOST_COLUMNS, LONGEST = 1_100, 60, 20_000


def main() -> None:
    """Every row as a list of cells: {"text"}, {"date"}, {"number"}, {"formula"} or null; formulas are not computed."""
    book = load_workbook(BytesIO(sys.stdin.buffer.read()), read_only=True, data_only=False, keep_links=False)
    sheet = book["Danh sách"] if "Danh sách" in book.sheetnames else book.worksheets[0]
    rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS)
    json.dump([[_cell(each.value, each.data_type) for each in row] for row in rows], sys.stdout)


def _cell(value: object, kind: str) -> dict[str, object] | None:
    match value:
        case None:
            return None
        case bool():
            return {"text": "1" if value else "0"}
        case datetime():
            return {"date": value.date().isoformat()}
        case date():
            return {"date": value.isoformat()}
        case int() | float():
            return {"number": value}
        case _:
            text = str(value)[:LONGEST]
            return {"formula": text} if kind == "f" else {"text": text}


if __name__ == "__main__":
    main()
