"""A movement in the browser: an Excel list becomes a dossier, a pasted table loses nothing, a unit is urged on."""

from io import BytesIO

from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.department import Department
from tests.browser.desk import Desk
from workflows.queries.observation import observe
from workflows.spreadsheets.template import SHEET

NOMINEE = {
    "Đối tượng": "Cá nhân",
    "Danh xưng": "Bà",
    "Họ tên": "",
    "Nhóm": "G1",
    "Nội dung thi đua": "II.3",
    "Ngày lập": "15/10/2021",
}
LETTER = {
    "stage": "gd1_2021",
    "outside_plan": "false",
    "unit_meeting_on": "2021-10-15",
    "letter_date": "2021-10-18",
    "letter_signer": "Nguyễn Văn Giả Sử",
    "letter_signer_title": "Trưởng phòng",
}
NAMES = ("Vi Thị Bảng Một", "Vi Thị Bảng Hai")
PASTE = """(field, text) => {
  const board = new DataTransfer();
  board.setData('text/plain', text);
  field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: board, bubbles: true, cancelable: true }));
}"""


def filled(template: bytes) -> bytes:
    """The template with two persons; what is required and not named here says «Có thành tích»."""
    book = load_workbook(BytesIO(template))
    sheet = book[SHEET]
    for place, cell in enumerate(sheet[2], 1):
        heading = str(cell.value)
        told = next((value for words, value in NOMINEE.items() if words in heading), None)
        for row, name in enumerate(NAMES, 3):
            if "tên" in heading:
                sheet.cell(row, place, name)
            elif told or heading.endswith("*"):
                sheet.cell(row, place, told or "Có thành tích")
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def test_an_excel_list_becomes_a_dossier(department: Department) -> None:
    unit = Desk(department, "don_vi_a")
    number = unit.opens_dossier("thematic")
    for paper in ("request_letter", "achievement_report", "meeting_minutes"):
        unit.attaches(paper)
    unit.page.get_by_role("link", name="Từ Excel").click()
    address = unit.page.get_by_role("link", name="Mẫu (.xlsx)").or_(unit.page.locator("a[href$='template.xlsx']")).first
    template = unit.page.request.get(str(address.get_attribute("href"))).body()
    unit.page.set_input_files("#file", {"name": "ds.xlsx", "mimeType": "application/x", "buffer": filled(template)})
    unit.page.locator(".list-read .btn").click()
    expect(unit.page.locator(".list-preview tbody tr")).to_have_count(2)
    expect(unit.page.locator(".list-preview tr.bad")).to_have_count(0)
    unit.page.locator(".take .btn-primary").click()
    unit.fills(LETTER).presses("Gửi hồ sơ")
    lines = observe(department.db, number).facts.lines
    assert [line.nominee["name"] for line in lines] == list(NAMES)


def test_a_pasted_table_is_told_row_by_row_and_nothing_is_lost(department: Department) -> None:
    unit = Desk(department, "don_vi_a")
    unit.opens_dossier("thematic")
    unit.page.wait_for_selector("body[data-ready]")
    unit.fills({"letter_signer": "Người Đã Gõ"})
    text = "Cá nhân\tBà\tVi Thị Đúng\nAi đó\tBà\tVi Thị Sai\nTập thể\t\tTổ Dán"
    unit.page.locator("#f-nominees-0-kind").evaluate(PASTE, text)
    expect(unit.page.locator(".list-preview tbody tr")).to_have_count(3)
    expect(unit.page.locator(".list-preview s")).to_have_text("Ai đó")
    unit.page.locator(".take button[name=everything]").click()
    expect(unit.page.locator("#f-letter_signer")).to_have_value("Người Đã Gõ")
    for place, name in enumerate(("Vi Thị Đúng", "Vi Thị Sai", "Tổ Dán")):
        expect(unit.page.locator(f"#f-nominees-{place}-name")).to_have_value(name)
    expect(unit.page.locator("#f-nominees-1-kind")).to_have_value("Ai đó")


def test_a_unit_is_urged_on_with_a_letter_of_the_offices_own_words(department: Department) -> None:
    officer = Desk(department, "chuyen_vien")
    officer.page.goto("/movements/covid-2021/units")
    officer.page.get_by_role("button", name="Gửi kế hoạch").click()
    row = officer.page.locator("tbody", has_text="Phòng Người có công")
    row.locator("summary").click()
    row.locator("textarea").fill("Kính gửi Phòng Người có công.\nĐề nghị xác nhận đã quán triệt trước thứ Sáu.")
    row.get_by_role("button").click()
    expect(officer.page.locator("[role=status]")).to_contain_text("1 người")
    row.get_by_role("link", name="1 văn bản").click()
    expect(officer.page.locator("main")).to_contain_text("trước thứ Sáu")
