"""The pages of a movement beside its plan: documents sent with their receipts, and the register of examples."""

import io
from collections.abc import Callable

from tests.web.conftest import Browser

Person = Callable[[str], Browser]
DOCUMENTS, EXAMPLES = "/movements/covid-2021/documents/", "/movements/covid-2021/examples/"
PDF = b"%PDF-1.7\n"


def launched(person: Person) -> Browser:
    officer = person("chuyen_vien")
    officer.post("/movements/covid-2021/launch")
    return officer


def test_a_unit_says_that_it_has_the_plan_and_the_office_reads_it(person: Person) -> None:
    officer = launched(person)
    unit = person("don_vi_d")
    page = unit.get(DOCUMENTS)
    assert page.all("//td[@class='c-n']") == ["Trung tâm Dịch vụ việc làm"]
    noted = unit.send(page, "//form[contains(@class, 'note-receipt')]")
    assert "Đã ghi nhận" in noted.one("//p[@role='status']")
    seen = officer.get(DOCUMENTS)
    (row,) = seen.all("//tr[.//span[text()='Trung tâm Dịch vụ việc làm']]")
    assert "Đã nhận" in row
    assert "Phùng Thị Dự Kiến" in row
    assert "Sở Nội vụ" in seen.all("//td[@class='c-n']")


def test_a_wrong_receipt_is_refused_where_it_was_typed(person: Person) -> None:
    officer = launched(person)
    told: dict[str, object] = {
        "document": "plan",
        "recipient": "Sở Nội vụ",
        "on": "hôm nay",
        "receiver": "Bà Giữ Lại",
        "way": "post",
    }
    page = officer.post(DOCUMENTS, told)
    assert page.status == 422
    assert "Bà Giữ Lại" in page.all("//details[@open]//input/@value")
    assert person("don_vi_a").post(DOCUMENTS, {**told, "on": "13/01/2022"}).status == 403
    assert person("quan_tri").get(DOCUMENTS).status == 403


def test_an_example_is_entered_by_a_unit_and_recognised_by_the_office(person: Person) -> None:
    officer = launched(person)
    unit, other = person("don_vi_d"), person("don_vi_c")
    told = {"kind": "initiative", "title": "Phiên giao dịch việc làm trực tuyến", "summary": "Nối 300 người."}
    made = unit.post(EXAMPLES, {**told, "paper": (io.BytesIO(PDF), "sáng kiến.pdf")})
    assert made.status == 200
    assert told["title"] not in other.get(EXAMPLES).text
    (act,) = officer.get(f"{EXAMPLES}?q=giao+dich").all("//form[contains(@action, '/recognise')]/@action")
    assert unit.post(act, {"ground": "Tự nhận"}).status == 403
    assert officer.post(act, {"ground": "Biên bản họp Hội đồng sáng kiến"}).status == 200
    seen = other.get(f"{EXAMPLES}?q=VIEC+LAM&state=recognised")
    assert told["title"] in seen.one("//ul[@class='examples']//h2")
    (paper,) = seen.all("//ul[@class='examples']//a/@href")
    assert other.client.get(paper).data == PDF
    assert "Không có" in other.get(f"{EXAMPLES}?q=zzz").one("//div[contains(@class, 'empty-note')]")


def test_an_example_without_words_is_refused_and_keeps_what_was_typed(person: Person) -> None:
    launched(person)
    page = person("don_vi_d").post(EXAMPLES, {"kind": "model", "title": "Mô hình giữ lại", "summary": " "})
    assert page.status == 422
    assert page.one("//input[@name='title']/@value") == "Mô hình giữ lại"
    bad: dict[str, object] = {
        "kind": "model",
        "title": "Mô hình",
        "summary": "Có",
        "paper": (io.BytesIO(b"MZ"), "x.exe"),
    }
    assert person("don_vi_d").post(EXAMPLES, bad).status == 422


def test_the_plan_has_an_address_of_its_own_and_says_what_is_due(visitor: Browser) -> None:
    page = visitor.get("/plan")
    assert page.path == "/movements/covid-2021"
    due = page.all("//section[@id='stages']//td[contains(@class, 'c-w')]")
    assert "đã qua" in due[0]
    assert "còn" in due[1]
    assert "chưa bắt đầu" in due[2]
    (link,) = page.all("//article[@id='I.2.2']//a[contains(., 'Điển hình')]/@href")
    assert link == "/movements/covid-2021/examples/"
    assert "Tuyên truyền, ngoài hệ thống" in page.one("//article[@id='IIIa.1']")
    assert "chưa có trong tay" in page.one("//section[@id='cited']").lower()
