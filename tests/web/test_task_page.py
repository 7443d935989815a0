"""What stands beside a task, without scripts: its papers one after the other, its history, its diagram."""

from collections.abc import Callable
from io import BytesIO

from tests.web.conftest import Browser, Page
from tests.web.test_walk import FORM, attached, handed_in, number, opened, task_of
from workflows.settings import Settings
from workflows.store.session import Database

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


def test_a_comment_is_answered_and_stands_in_the_history(person: Person) -> None:
    clerk, page = received(person, "Phùng Thị Trao Đổi")
    sent = page.one("//section[@id='comments']//button/@formaction")
    page = clerk.send(
        page, "//form[@id='form']", {"_said-0": "Báo cáo thiếu dấu <b>", "arrival_note": "Đủ hai bản"}, to=sent
    )
    assert page.one("//textarea[@name='arrival_note']") == "Đủ hai bản"
    assert "Báo cáo thiếu dấu <b>" in page.one("//section[@id='comments']//article")
    unit = person("don_vi_a")
    dossier = unit.get(page.one("//p[@class='crumb']/a[2]/@href"))
    answer = dossier.one("//section[@id='comments']//details//textarea/@name")
    answered = unit.send(dossier, "//section[@id='comments']//details/form", {answer: "Đã đóng dấu lại"})
    assert "Đã đóng dấu lại" in answered.one("//article/div[@class='answer']")
    trace = person("kiem_tra").get(f"/trace/{number(dossier)}")
    assert trace.text.count("Trao đổi") >= 2
    assert "toàn vẹn đến sự kiện" in trace.text


def test_comments_are_not_empty_not_by_strangers_and_not_in_answer_to_something_else(person: Person) -> None:
    clerk, page = received(person, "Kiều Văn Trao Đổi")
    of = number(page)
    assert clerk.post(f"/dossiers/{of}/comments", {"_said-0": "  "}).status == 422
    assert clerk.post(f"/dossiers/{of}/comments?answers=1", {"_said-1": "x"}).status == 422
    assert clerk.post(f"/dossiers/{of}/comments", {"_said-0": "x" * 4001}).status == 422
    assert person("don_vi_c").post(f"/dossiers/{of}/comments", {"_said-0": "x"}).status == 404
    assert person("kiem_tra").post(f"/dossiers/{of}/comments", {"_said-0": "x"}).status == 403
    assert clerk.get(page.path).all("//article") == []


def test_who_has_a_task_open_is_shown_to_others_for_a_minute(person: Person, demo: tuple[Settings, Database]) -> None:
    clerk, page = received(person, "Tô Thị Cùng Mở")
    clerk.post(f"{page.path}presence")
    assert clerk.get(page.path).all("//div[@class='who-looks']/p") == []
    with demo[1].write() as tx:
        tx.exec_driver_sql(
            "insert into presence select task_id, 'chanh_vp', seen_at from presence where login = 'van_thu'"
        )
    assert "Phạm Văn Mẫu đang mở việc này" in clerk.get(page.path).one("//div[@class='who-looks']")
    assert "Phạm Văn Mẫu đang mở việc này" in clerk.post(f"{page.path}presence").text
    with demo[1].write() as tx:
        tx.exec_driver_sql("update presence set seen_at = seen_at - interval '61 seconds'")
    assert clerk.post(f"{page.path}presence").text.strip() == ""
    assert person("don_vi_c").post(f"{page.path}presence").status == 404


def test_a_session_that_ends_in_mid_form_loses_no_word(person: Person) -> None:
    clerk, page = received(person, "Lưu Văn Hết Phiên")
    held = clerk.client.get_cookie("vinhdanh")
    assert held is not None
    clerk.client.delete_cookie("vinhdanh")
    out = clerk.send(page, FORM, {"arrival_note": "Gõ sau khi hết phiên"})
    assert out.status == 401
    assert "Gõ sau khi hết phiên" in out.text
    token = page.one("//form[@id='form']/input[@name='csrf_token']/@value")
    clerk.client.post("/sign-in/demo", data={"csrf_token": token, "login": "van_thu"})
    again = clerk.send(out, "//section[contains(@class, 'refusal')]/form")
    assert again.path == page.path
    assert "Gõ sau khi hết phiên" in again.text
    assert "Đã lưu nháp" in again.one("//*[@id='saved']")


def test_after_a_task_comes_the_next_one_with_how_many_are_left(person: Person) -> None:
    clerk, first = received(person, "Đinh Thị Việc Một")
    received(person, "Đinh Thị Việc Hai")
    done = clerk.send(first, FORM, {"received_on": "13/01/2022", "full_on": "13/01/2022"})
    assert any("Việc tiếp theo; còn" in each for each in done.all("//p[@role='status']"))


def test_two_windows_of_one_person_do_not_write_over_each_other(person: Person) -> None:
    clerk, first = received(person, "Nghiêm Thị Hai Cửa Sổ")
    second = clerk.get(first.path)
    draft = f"{first.path}draft"
    clerk.send(second, FORM, {"arrival_note": "Bản của cửa sổ hai", "received_on": "13/01/2022"}, draft)
    typed = {"arrival_note": "Bản của cửa sổ một", "full_on": "12/01/2022"}
    both = clerk.send(first, FORM, typed, draft)
    assert both.status == 409
    assert "Cửa sổ khác đã lưu bản nháp mới hơn" in both.one("//section[contains(@class, 'refusal-note')]")
    rows = both.all("//section[@id='compare']//tbody/tr")
    assert len(rows) == 3
    assert any("Bản của cửa sổ hai" in row and "Bản của cửa sổ một" in row for row in rows)
    picked = {"_pick:/received_on": "theirs", "_pick:/arrival_note": "mine"}
    merged = clerk.send(both, FORM, picked, f"{first.path}merge")
    values = dict(merged.fields(FORM))
    assert values["arrival_note"] == "Bản của cửa sổ một"
    assert values["received_on"] == "13/01/2022"
    assert values["full_on"] == "12/01/2022"
    assert clerk.send(merged, FORM, {"full_on": "13/01/2022"}).status == 200


def test_an_older_window_sends_nothing_before_both_texts_were_seen(person: Person) -> None:
    clerk, first = received(person, "Ông Thị Cửa Sổ Cũ")
    second = clerk.get(first.path)
    clerk.send(second, FORM, {"arrival_note": "Mới hơn"}, f"{first.path}draft")
    days = {"received_on": "13/01/2022", "full_on": "13/01/2022", "arrival_note": "Cũ hơn"}
    both = clerk.send(first, FORM, days)
    assert both.status == 409
    assert "Mới hơn" in both.one("//section[@id='compare']")
    part = clerk.client.post(f"{first.path}draft", data=dict(first.fields(FORM)), headers={"HX-Request": "true"})
    assert part.status_code == 409
    assert "Xem cả hai bản" in part.get_data(as_text=True)
    done = clerk.send(both, FORM)
    assert "Đã xong" in done.one("//p[@role='status']")
