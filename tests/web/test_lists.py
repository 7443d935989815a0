"""A unit takes its nominees from a spreadsheet: every row is shown first, and taken in once confirmed."""

import io
from collections.abc import Callable

from openpyxl import load_workbook

from tests.web.conftest import Browser, Page
from tests.web.test_walk import opened

Person = Callable[[str], Browser]


def the_list(browser: Browser) -> Page:
    return browser.get(f"{opened(browser).path.rstrip('/')}/list/")


def test_the_template_is_filled_in_shown_and_taken(person: Person) -> None:
    unit = person("don_vi_a")
    page = the_list(unit)
    (address,) = page.all("//a[contains(@href, 'template.xlsx')]/@href")
    book = load_workbook(io.BytesIO(unit.client.get(address).data))
    sheet = book["Danh sách"]
    names = [str(cell.value) for cell in sheet[2]]
    for place, heading in enumerate(names, 1):
        for words, value in (
            ("Đối tượng", "Cá nhân"),
            ("Danh xưng", "Bà"),
            ("tên", "Vi Thị Bảng Tính"),
            ("Nhóm", "G1"),
            ("Nội dung thi đua", "II.3"),
            ("Ngày", "15/12/2021"),
        ):
            if words in heading and sheet.cell(3, place).value is None:
                sheet.cell(3, place, value)
    written = io.BytesIO()
    book.save(written)
    shown = unit.post(page.path, {"file": (io.BytesIO(written.getvalue()), "danh sách.xlsx")})
    assert shown.status == 200
    assert "Vi Thị Bảng Tính" in shown.one("//section[contains(@class, 'list-preview')]")
    assert "phải sửa" in shown.one("//p[@class='say']")
    assert not shown.all("//form[@class='take']//button[contains(@class, 'btn-primary')]")


def test_pasted_rows_are_taken_into_the_draft_once_confirmed(person: Person) -> None:
    unit = person("don_vi_a")
    page = the_list(unit)
    (address,) = page.all("//a[contains(@href, 'template.xlsx')]/@href")
    sheet = load_workbook(io.BytesIO(unit.client.get(address).data))["Danh sách"]
    names = [str(cell.value) for cell in sheet[2]]
    required = [name for name in names if name.endswith("*")] + [name for name in names if "Danh xưng" in name]
    values = {name: _value(name) for name in required}
    pasted = "\t".join(values) + "\n" + "\t".join(values.values())
    shown = unit.post(page.path, {"pasted": pasted})
    assert "1 dòng nhận được" in shown.one("//p[@class='say']"), shown.all("//span[contains(@class, 'red')]")
    taken = unit.send(shown, "//form[@class='take']")
    assert "Đã nhận 1 đối tượng" in taken.one("//p[@role='status']")
    assert "Vi Thị Bảng Tính" in taken.all("//input[contains(@name, 'nominees-') and contains(@name, '-name')]/@value")


def test_rows_with_wrong_types_are_told_cell_by_cell_and_nothing_is_lost(person: Person) -> None:
    unit = person("don_vi_a")
    page = the_list(unit)
    task = page.path.removesuffix("list/")
    form = unit.get(task)
    pasted = "Cá nhân\tBà\tVi Thị Đúng Kiểu\nNgười\tBà\tVi Thị Sai Kiểu\nTập thể\t\tTổ Dán Bảng"
    typed = {"letter_signer": "Người Đã Gõ", "_pasted": pasted, "_start": "kind"}
    shown = unit.send(form, "//form[@id='form']", typed, to=f"{page.path}paste")
    assert shown.status == 200
    assert len(shown.all("//section[contains(@class, 'list-preview')]//tbody/tr")) == 3
    (row,) = shown.all("//tr[.//s]")
    assert "Người" in row
    assert "chọn một trong các câu trả lời" in row
    assert shown.one("//textarea[@name='pasted']").splitlines()[0].startswith("Cá nhân")
    (element,) = shown.tree.xpath("//form[@class='take']")
    everything = dict(element.form_values()) | {"everything": "1"}
    taken = unit.post(f"{page.path}take", everything)
    names = taken.all("//input[contains(@name, 'nominees-') and contains(@name, '-name')]/@value")
    assert {"Vi Thị Đúng Kiểu", "Vi Thị Sai Kiểu", "Tổ Dán Bảng"} <= set(names)
    assert "Người" in taken.all("//select[contains(@name, '-kind')]/option[@selected]/@value")
    assert taken.one("//input[@name='letter_signer']/@value") == "Người Đã Gõ"
    unknown = unit.post(f"{page.path}take", {"rows": '[{"nowhere": "x"}]'})
    assert unknown.status == 422


def test_a_file_that_is_no_list_is_refused_and_what_was_pasted_stays(person: Person) -> None:
    unit = person("don_vi_a")
    page = the_list(unit)
    refused = unit.post(page.path, {"file": (io.BytesIO(b"PK\x03\x04"), "x.xlsx"), "pasted": "giữ lại"})
    assert refused.status == 422
    assert refused.one("//textarea[@name='pasted']") == "giữ lại"
    assert unit.post(page.path, {"pasted": " "}).status == 422
    assert unit.post(f"{page.path}take", {"rows": "[1]"}).status == 422
    assert unit.post(f"{page.path}take", {"rows": "no"}).status == 422


def _value(heading: str) -> str:
    told = {
        "Đối tượng": "Cá nhân",
        "Danh xưng": "Bà",
        "tên": "Vi Thị Bảng Tính",
        "Nhóm": "G1",
        "Nội dung thi đua": "II.3",
        "Ngày": "15/12/2021",
    }
    return next((value for words, value in told.items() if words in heading), "Có thành tích")


def test_the_form_says_at_once_what_is_missing_and_which_papers(person: Person) -> None:
    unit = person("don_vi_a")
    form = opened(unit)
    told = form.one("//div[@id='lacking']")
    assert "Còn thiếu trước khi gửi" in told
    assert "Biên bản họp xét: còn thiếu" in form.one("//div[@id='required-papers']")
    typed = {"kind": "ad_hoc", "letter_date": "không biết"}
    body = dict(form.fields("//form[@id='form']")) | typed
    answer = unit.client.post(f"{form.path.rstrip('/')}/draft", data=body, headers={"HX-Request": "true"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert 'id="lacking" hx-swap-oob="true"' in text
    assert "ngày theo dạng" in text
    assert "Biên bản họp xét: còn thiếu" not in text
