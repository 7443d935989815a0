"""The walk of a dossier through the pages, without scripts."""

import io
from collections.abc import Callable

from tests.web.conftest import Browser, Page
from workflows.jobs import drain
from workflows.settings import Settings
from workflows.store.session import Database

Person = Callable[[str], Browser]

NOMINEE = {
    "kind": "person",
    "title": "ba",
    "name": "Lê Thị Mô Phỏng",
    "position": "chuyên viên",
    "place_of_work": "Phòng Mẫu A",
    "target": "G1",
    "content": "II.3",
    "achieved_on": "30/12/2021",
    "work": "Đã có thành tích xuất sắc trong phòng, chống dịch",
    "summary": "Trực chốt 40 ngày.",
}
LETTER = {
    "kind": "thematic",
    "award_form": "giay_khen",
    "stage": "gd1_2021",
    "outside_plan": "false",
    "letter_date": "10/01/2022",
    "letter_signer": "Nguyễn Văn Giả Sử",
    "letter_signer_title": "Trưởng phòng",
    "unit_meeting_on": "07/01/2022",
}
FORM = "//form[@id='form']"


def opened(browser: Browser) -> Page:
    """A new dossier's first task."""
    page = browser.get("/dossiers/new")
    wanted = {"movement": "covid-2021", "kind": "thematic", "award_form": "giay_khen"}
    return browser.send(page, "//form[contains(@class, 'opening')]", wanted)


def number(page: Page) -> str:
    return page.one("//h1").split(" ")[0]


def filled(name: str) -> dict[str, str]:
    return {**LETTER, **{f"nominees-0-{key}": value for key, value in {**NOMINEE, "name": name}.items()}}


def attached(browser: Browser, page: Page, kind: str) -> Page:
    fields: dict[str, object] = dict(page.fields(FORM))
    fields |= {
        "paper_kind": kind,
        "paper_title": f"Giấy tờ {kind}",
        "paper": (io.BytesIO(b"%PDF-1.4\n"), "tờ trình.pdf"),
    }
    return browser.post(page.path.removesuffix("complete") + "papers", fields)


def handed_in(browser: Browser, name: str) -> str:
    """A dossier with one nominee, handed in; its number."""
    page = opened(browser)
    page = browser.send(page, FORM, filled(name), to=page.path + "draft")
    for kind in page.all("//ul[@class='required']/li[@class='missing']/@data-kind"):
        page = attached(browser, page, kind)
    of = number(page)
    done = browser.send(page, FORM)
    assert "Đã xong" in done.one("//p[@role='status']")
    return of


def task_of(browser: Browser, of: str) -> Page:
    """The person's task for a dossier, taken on where nobody has it."""
    lists = [browser.get(f"/inbox?queue={queue}&q={of}") for queue in ("mine", "pool")]
    links = [link for each in lists for link in each.all(f"//a[text()='{of}' and starts-with(@href, '/tasks')]/@href")]
    page = browser.get(links[0])
    return (
        browser.send(page, "//form[contains(@action, '/claim')]")
        if page.all("//form[contains(@action, '/claim')]")
        else page
    )


def test_a_dossier_goes_from_the_unit_to_the_appraisal(person: Person, demo: tuple[Settings, Database]) -> None:
    settings, db = demo
    of = handed_in(person("don_vi_a"), "Lê Thị Mô Phỏng")
    clerk, head, officer = person("van_thu"), person("chanh_vp"), person("chuyen_vien")
    page = task_of(clerk, of)
    clerk.send(page, FORM, {"received_on": "13/01/2022", "full_on": "13/01/2022"})
    drain(db, settings)
    page = task_of(head, of)
    head.send(page, FORM, {"officer": "chuyen_vien"})
    page = task_of(officer, of)
    filled_in = officer.get(f"{page.path}?fill=lines")
    assert len(filled_in.all("//table//select[option[@selected]]")) == 3
    without_evidence = officer.send(filled_in, FORM, {"outcome": "forward"})
    assert without_evidence.status == 422
    assert "Tiêu chuẩn I1 của dòng 1" in without_evidence.text
    shown = {f"sheet-{n}-{name}": said for n in (0, 1) for name, said in {"met": "met", "evidence": "Báo cáo"}.items()}
    done = officer.send(filled_in, FORM, {"outcome": "forward", **shown})
    assert of in done.one("//p[@role='status']")
    assert "Chờ họp Hội đồng" in officer.get(f"/dossiers/{of}").one("//span[contains(@class, 'st ')]")
    trace = officer.get(f"/trace/{of}")
    assert "toàn vẹn đến sự kiện" in trace.text
    assert "Thẩm định hồ sơ" in " ".join(trace.all("//ol[@class='happened']/li"))


def test_a_refused_form_keeps_every_entry_and_leads_to_the_wrong_ones(person: Person) -> None:
    browser = person("don_vi_a")
    page = opened(browser)
    wrong = browser.send(page, FORM, {**filled("Bà Giữ Nguyên"), "letter_signer": "", "nominees-0-citizen_id": "12"})
    assert wrong.status == 422
    assert "Người ký văn bản: Mục này phải điền." in " ".join(wrong.all("//section[@id='problems']//li"))
    assert wrong.one("//input[@name='nominees-0-name']/@value") == "Bà Giữ Nguyên"
    assert wrong.one("//input[@name='nominees-0-citizen_id']/@value") == "12"
    ids = set(wrong.all("//@id"))
    assert {link[1:] for link in wrong.all("//section[@id='problems']//a/@href")} <= ids


def test_missing_papers_are_named_and_nothing_typed_is_lost(person: Person) -> None:
    browser = person("don_vi_a")
    page = browser.send(opened(browser), FORM, filled("Bà Thiếu Giấy"))
    assert page.status == 422
    assert "Còn thiếu giấy tờ" in page.one("//*[@role='alert']")
    assert page.one("//input[@name='nominees-0-name']/@value") == "Bà Thiếu Giấy"


def test_a_draft_is_there_when_the_person_comes_back(person: Person) -> None:
    browser = person("don_vi_a")
    page = opened(browser)
    browser.send(page, FORM, {"letter_signer": "Trần Văn Nháp"}, to=page.path + "draft")
    again = person("don_vi_a").get(page.path)
    assert again.one("//input[@name='letter_signer']/@value") == "Trần Văn Nháp"
    assert "Đã lưu nháp" in again.one("//p[@id='saved']")
    row = f"//tr[.//a[text()='{number(page)}']]"
    assert "Nháp" in person("don_vi_a").get(f"/inbox?q={number(page)}").one(row)


def test_a_script_saves_the_draft_and_gets_the_time_only(person: Person) -> None:
    browser = person("don_vi_a")
    page = opened(browser)
    response = browser.client.post(page.path + "draft", data=dict(page.fields(FORM)), headers={"HX-Request": "true"})
    assert "Đã lưu nháp" in response.get_data(as_text=True)
    assert "<html" not in response.get_data(as_text=True)


def test_more_rows_come_without_scripts_and_keep_what_was_typed(person: Person) -> None:
    browser = person("don_vi_a")
    page = opened(browser)
    more = browser.send(page, FORM, {"nominees-0-name": "Bà Một", "_blanks": "3"}, to=page.path + "draft")
    assert len(more.all("//li[@class='entry']")) == 4
    assert more.one("//input[@name='nominees-0-name']/@value") == "Bà Một"


def test_pressing_twice_is_pressing_once(person: Person) -> None:
    browser = person("don_vi_a")
    page = opened(browser)
    page = browser.send(page, FORM, filled("Bà Hai Lần"), to=page.path + "draft")
    for kind in page.all("//ul[@class='required']/li[@class='missing']/@data-kind"):
        page = attached(browser, page, kind)
    first, second = browser.send(page, FORM), browser.send(page, FORM)
    assert first.status == second.status == 200
    assert "Đã xong" in second.one("//p[@role='status']")


def test_who_comes_too_late_is_told_who_was_first_and_keeps_the_text(person: Person) -> None:
    of = handed_in(person("don_vi_a"), "Bà Đến Sau")
    clerk = person("van_thu")
    page = task_of(clerk, of)
    clerk.send(page, FORM, {"received_on": "13/01/2022", "full_on": "13/01/2022"})
    late = clerk.send(page, FORM, {"_key": "another", "received_on": "14/01/2022", "note": "Ghi chú của tôi"})
    assert late.status == 409
    assert "Đỗ Thị Ví Von" in late.one("//section[contains(@class, 'refusal')]")
    assert "Ghi chú của tôi" in late.one("//dl[@class='typed']")


def test_a_task_of_nobody_is_read_first_then_taken_on_and_given_back(person: Person) -> None:
    of = handed_in(person("don_vi_a"), "Bà Chưa Ai Nhận")
    clerk = person("van_thu")
    link = clerk.get(f"/inbox?queue=pool&q={of}").one(f"//a[text()='{of}' and starts-with(@href, '/tasks')]/@href")
    page = clerk.get(link)
    assert page.all(FORM) == []
    page = clerk.send(page, "//form[contains(@action, '/claim')]")
    assert page.all(FORM) != []
    back = clerk.send(page, FORM, to=page.all("//button[contains(@formaction, '/release')]/@formaction")[0])
    assert back.path == "/inbox"
    assert of in clerk.get("/inbox?queue=pool").text


def test_a_list_is_searched_without_accents(person: Person) -> None:
    of = handed_in(person("don_vi_a"), "Đặng Thị Không Dấu")
    assert of in person("van_thu").get("/inbox?queue=pool&q=dang thi khong dau").text
    assert of in person("chuyen_vien").get("/dossiers?q=DANG THI KHONG").text


def test_a_unit_withdraws_with_a_reason_and_only_with_one(person: Person) -> None:
    browser = person("don_vi_a")
    of = handed_in(browser, "Bà Rút Lại")
    page = browser.get(f"/dossiers/{of}")
    assert browser.send(page, "//form[contains(@action, '/withdraw')]", {"reason": " "}).status == 422
    page = browser.send(page, "//form[contains(@action, '/withdraw')]", {"reason": "Đơn vị rà soát lại"})
    assert "Đã rút" in page.one("//span[contains(@class, 'st ')]")


def test_a_paper_is_taken_off_again_and_the_draft_stays(person: Person) -> None:
    browser = person("don_vi_a")
    page = attached(browser, browser.send(opened(browser), FORM, {"letter_signer": "Bà Ký"}, to=None), "to_trinh")
    assert page.status in {200, 422}


def test_a_round_is_opened_by_the_office(person: Person) -> None:
    browser = person("chuyen_vien")
    page = browser.get("/rounds/new")
    wanted = {"movement": "covid-2021", "award_form": "giay_khen", "title": "Đợt xét khen thử"}
    page = browser.send(page, "//form[contains(@class, 'opening')]", wanted)
    assert "Đợt xét khen thử" in page.one("//h1")
    assert page.path.startswith("/rounds/")


def test_the_clock_of_the_demo_goes_on_by_a_button(person: Person) -> None:
    browser = person("chuyen_vien")
    page = browser.get("/inbox")
    before = page.one("//div[@class='strip']//b")
    after = browser.send(page, "//div[@class='strip']//form[.//button[@name='days']]", {"days": "1"})
    assert after.one("//div[@class='strip']//b") != before
