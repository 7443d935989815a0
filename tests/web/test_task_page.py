"""What stands beside a task, without scripts: its papers one after the other, its history, its diagram."""

from collections.abc import Callable
from io import BytesIO

from tests.web.conftest import Browser, Page
from tests.web.test_walk import attached, handed_in, opened, task_of

Person = Callable[[str], Browser]
WORD = b"PK\x03\x04"
PAPERS = "//div[@id='reading']"


def received(person: Person, name: str) -> tuple[Browser, Page]:
    """A clerk at the task of receiving a fresh dossier, taken on."""
    made, clerk = handed_in(person("don_vi_a"), name), person("van_thu")
    return clerk, task_of(clerk, made)


def test_papers_are_read_one_after_the_other_and_the_draft_goes_along(person: Person) -> None:
    clerk, page = received(person, "Đào Thị Xem Giấy")
    total = len(page.all(f"{PAPERS}//ul[@class='papers']/li"))
    assert total >= 3
    assert page.one(f"{PAPERS}//p[@class='read-head']/span[@class='meta']") == f"giấy tờ 1/{total}"
    assert not page.all("//*[@id='read-previous']")
    second = page.one("//button[@id='read-next']/@value")
    typed = {"arrival_note": "Đang đọc báo cáo", "_paper": second}
    page = clerk.send(page, "//form[@id='form']", typed, page.one("//button[@id='read-next']/@formaction"))
    assert page.one(f"{PAPERS}//p[@class='read-head']/span[@class='meta']") == f"giấy tờ 2/{total}"
    assert page.one("//*[@name='arrival_note']/text() | //*[@name='arrival_note']/@value") == "Đang đọc báo cáo"
    shown = clerk.get(page.one(f"{PAPERS}//iframe/@src").split("#")[0])
    assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in shown.headers["Content-Security-Policy"]
    assert "script-src" not in shown.headers["Content-Security-Policy"]
    part = clerk.get(f"{page.path}papers/{second}", **{"HX-Request": "true"})
    assert "<html" not in part.text
    assert part.one("//button[@id='read-previous']")


def test_what_a_browser_cannot_show_is_told_by_name_size_and_digest(person: Person) -> None:
    unit = person("don_vi_a")
    page = opened(unit)
    attached(unit, page, "request_letter")
    fields: dict[str, object] = {
        "paper_kind": "other",
        "paper_title": "Bản Word",
        "paper": (BytesIO(WORD), "bao cao.docx"),
    }
    page = unit.post(f"{page.path}papers", fields)
    word = page.all(f"{PAPERS}//ul//button/@value")[-1]
    page = unit.get(f"{page.path}?paper={word}")
    assert page.all(f"{PAPERS}//iframe") == []
    told = page.one(f"{PAPERS}//section")
    assert "bao cao.docx" in told
    assert "4 B" in told or "1 KB" in told
    assert len(page.one(f"{PAPERS}//code")) == 64


def test_a_paper_of_another_dossier_is_not_opened_beside_a_task(person: Person) -> None:
    clerk, page = received(person, "Trịnh Văn Giấy Khác")
    other = clerk.get(f"{page.path}?paper=1")
    assert other.one(f"{PAPERS}//p[@class='read-head']/b") == page.one(f"{PAPERS}//p[@class='read-head']/b")


def test_history_and_diagram_of_a_task_are_pages_of_their_own(person: Person) -> None:
    clerk, page = received(person, "Vũ Thị Sơ Đồ")
    history, diagram = page.all("//nav[@data-tabs]/a/@href")[1:3]
    told = clerk.get(history)
    assert any("Nhận xử lý" in each for each in told.all("//ol[@class='happened']/li"))
    drawn = clerk.get(diagram)
    assert "receive_dossier" in " ".join(drawn.all("//div[@class='viewer']/@data-marks"))
    assert "Căn cứ" in page.one("//div[@class='law-head']")
    assert person("don_vi_c").get(history).status == 404
