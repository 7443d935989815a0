"""The inbox without scripts: filters in the address, kept views, columns, one act on many tasks with results."""

from collections.abc import Callable

from tests.web.conftest import Browser
from tests.web.test_walk import handed_in, number
from workflows.jobs import drain
from workflows.settings import Settings
from workflows.store.session import Database

Person = Callable[[str], Browser]
Demo = tuple[Settings, Database]
SAID = "//p[@class='say']"


def waiting(person: Person, *names: str) -> list[str]:
    """Dossiers that wait to be received."""
    return [handed_in(person("don_vi_a"), name) for name in names]


def received(clerk: Browser, search: str, demo: Demo) -> None:
    """The clerk receives what is found by these words, all at once, and the receipts are printed."""
    tasks = clerk.get(f"/inbox?queue=pool&q={search}").all("//input[@name='task']/@value")
    days = {"received_on": "13/01/2022", "full_on": "13/01/2022", "confirmed": "1"}
    done = clerk.post("/inbox/bulk", {"task": tasks, "act": "complete", **days})
    assert f"Đã xong {len(tasks)} việc" in done.one(SAID)
    drain(demo[1], demo[0])


def own_task(unit: Browser) -> str:
    """A task of a unit's own, which nobody of the office may do."""
    opened = unit.send(
        unit.get("/dossiers/new"),
        "//form[contains(@class, 'opening')]",
        {"movement": "covid-2021", "kind": "thematic", "award_form": "giay_khen"},
    )
    return opened.path.rstrip("/").rpartition("/")[2]


def test_a_filter_stands_in_the_address_and_goes_with_its_cross(person: Person) -> None:
    (found,) = waiting(person, "Hồ Thị Bộ Lọc")
    page = person("van_thu").get("/inbox?queue=pool&step=receive_dossier&q=bo+loc")
    assert page.all("//tr[@class='item']//a[@class='b']") == [found]
    assert page.all("//a[@class='chip on']/text()[1]")[:2] == ["Chứa «bo loc»", "Bước: Tiếp nhận, vào số đến"]
    assert "step=" not in page.all("//a[@class='chip on']/@href")[1]
    empty = person("van_thu").get("/inbox?queue=pool&kind=ad_hoc&q=bo+loc")
    assert "Không có việc nào" in empty.one("//div[contains(@class, 'empty-note')]")


def test_a_heading_sorts_and_sorts_the_other_way_round(person: Person) -> None:
    made = waiting(person, "Đỗ Văn Thứ Nhất", "Đỗ Văn Thứ Hai")
    clerk = person("van_thu")
    page = clerk.get("/inbox?queue=pool&q=do+van+thu&sort=number")
    assert page.all("//tr[@class='item']//a[@class='b']") == made
    (turned,) = page.all("//th[contains(@class, 'c-n')]/a/@href")
    assert clerk.get(turned).all("//tr[@class='item']//a[@class='b']") == made[::-1]


def test_a_view_is_kept_and_removed_and_columns_are_chosen(person: Person) -> None:
    clerk = person("van_thu")
    page = clerk.get("/inbox?queue=pool&kind=thematic")
    kept = clerk.send(page, "//form[@action='/inbox/views']", {"name": "Chuyên đề", "group": "clerk"})
    assert kept.all("//div[@class='kept']//li/a") == ["Chuyên đề"]
    assert "kind=thematic" in kept.one("//div[@class='kept']//li/a/@href")
    chosen = clerk.post("/inbox/columns", {"column": ["title", "movement"], "queue": "pool"})
    assert chosen.all("//th[not(contains(@class, 'c-x')) and not(contains(@class, 'c-c'))]") == [
        "Số",
        "Đối tượng đề nghị",
        "Phong trào",
        "Hạn",
    ]
    clerk.post("/inbox/columns", {"column": []})
    gone = clerk.send(clerk.get("/inbox"), "//div[@class='kept']//form")
    assert gone.all("//div[@class='kept']") == []


def test_many_tasks_are_summed_up_first_and_then_done_with_a_result_each(person: Person) -> None:
    waiting(person, "Mai Văn Hàng Loạt", "Mai Thị Hàng Loạt")
    clerk = person("van_thu")
    page = clerk.get("/inbox?queue=pool&q=hang+loat")
    tasks = page.all("//input[@name='task']/@value")
    summed = clerk.post("/inbox/bulk", {"task": tasks, "act": "claim"})
    assert "2 việc. Chưa có gì thay đổi." in summed.one("//p[@class='say']")
    taken = clerk.send(summed, "//form[@id='form']", {"confirmed": "1", "act": "claim"})
    assert "Đã xong 2 việc" in taken.one("//p[@class='say']")
    form = clerk.post("/inbox/bulk", {"task": tasks, "act": "complete"})
    wrong = clerk.send(form, "//form[@id='form']")
    assert wrong.status == 422
    assert wrong.all("//section[@id='problems']//li")
    days = {"received_on": "13/01/2022", "full_on": "13/01/2022"}
    done = clerk.send(wrong, "//form[@id='form']", days)
    assert "Đã xong 2 việc" in done.one("//p[@class='say']")
    again = clerk.send(wrong, "//form[@id='form']", days)
    assert again.status == 422
    assert "đã xong" in again.one("//section[contains(@class, 'note')]")


def test_a_stale_a_foreign_and_a_conflicting_row_get_their_result_each(person: Person, demo: Demo) -> None:
    made = waiting(person, "Vương Văn Nhiều Dòng", "Vương Thị Cũ Dòng", "Vương Thị Sau Dòng", "Vương Văn Người Nhà")
    head = person("chanh_vp")
    received(person("van_thu"), "vuong", demo)
    page = head.get("/inbox?queue=pool&step=assign_officer&q=vuong&sort=number")
    assert page.all("//tr[@class='item']//a[@class='b']") == made
    good, stale, later, tied = page.all("//input[@name='task']/@value")
    assert head.post(f"/tasks/{tied}/tie", {"line": "1", "relation": "em ruột"}).status == 200
    foreign = own_task(person("don_vi_c"))

    summed = head.post("/inbox/bulk", {"task": [good, stale, later, tied, foreign, "x"], "act": "complete"})
    assert "Chưa có gì thay đổi" in summed.one(SAID)
    remark = {"officer": "chuyen_vien", "remark": "Xem sớm, trình trước ngày 20."}
    assert head.post("/inbox/bulk", {"task": [stale], "act": "complete", "confirmed": "1", **remark}).status == 200
    done = head.send(summed, "//form[@id='form']", remark)
    assert "Đã xong 2 việc; 4 việc không làm được" in done.one(SAID)
    told = dict(zip(done.all("//main//input[@name='task']/@value"), done.all("//main//td[last()]"), strict=True))
    assert told[good] == told[later] == "Đã xử lý"
    assert told[stale].startswith("Việc «Phân công chuyên viên»")
    assert "người thân" in told[tied]
    assert "dành cho Đơn vị đề nghị" in told[foreign]
    assert told["x"] == "Việc này: không có, hoặc bạn không được xem."
    assert person("chuyen_vien").get("/inbox?q=nhieu+dong").all("//tr[@class='item']//a[@class='b']") == made[:1]


def test_the_head_gives_tasks_to_somebody_and_each_row_has_its_result(person: Person, demo: Demo) -> None:
    made = waiting(person, "Trịnh Văn Giao Việc", "Trịnh Thị Giao Việc")
    clerk, head = person("van_thu"), person("chanh_vp")
    received(clerk, "giao+viec", demo)
    tasks = head.get("/inbox?queue=pool&q=giao+viec").all("//input[@name='task']/@value")
    officer = {"officer": "chuyen_vien", "confirmed": "1"}
    assert "Đã xong 2 việc" in head.post("/inbox/bulk", {"task": tasks, "act": "complete", **officer}).one(SAID)

    page = head.get("/inbox?queue=others&q=giao+viec&sort=number")
    assert page.all("//tr[@class='item']//a[@class='b']") == made
    chosen = page.all("//input[@name='task']/@value")
    summed = head.post("/inbox/bulk", {"task": chosen, "act": "assign"})
    assert "chuyen_vien_2" in summed.all("//select[@name='to']/option/@value")
    empty = head.send(summed, "//form[@id='form']", {"confirmed": "1", "to": "chuyen_vien_2"})
    assert empty.status == 422
    assert empty.one("//option[@selected]/@value") == "chuyen_vien_2"
    given = {"confirmed": "1", "to": "chuyen_vien_2", "reason": "Nghỉ phép từ thứ Hai."}
    assert "Đã xong 2 việc" in head.send(empty, "//form[@id='form']", given).one(SAID)
    theirs = person("chuyen_vien_2").get("/inbox?q=giao+viec").all("//tr[@class='item']//a[@class='b']")
    assert sorted(theirs) == sorted(made)
    assert "2 việc không làm được" in head.send(summed, "//form[@id='form']", given).one(SAID)
    assert "queue=others" not in clerk.get("/inbox").text
    assert not person("chuyen_vien").get("/inbox?queue=others").all("//tr[@class='item']")


def test_different_steps_are_not_finished_with_one_answer(person: Person) -> None:
    clerk, unit = person("van_thu"), person("don_vi_a")
    (made,) = waiting(person, "Lý Văn Khác Bước")
    own = unit.get("/dossiers/new")
    opened = unit.send(
        own,
        "//form[contains(@class, 'opening')]",
        {"movement": "covid-2021", "kind": "thematic", "award_form": "giay_khen"},
    )
    assert number(opened) != made
    theirs = clerk.get("/inbox?queue=pool&q=khac+buoc").all("//input[@name='task']/@value")
    mine = unit.get(f"/inbox?q={number(opened)}").all("//input[@name='task']/@value")
    page = clerk.post("/inbox/bulk", {"task": [*theirs, *mine], "act": "complete"})
    assert "1 việc trong đó không còn chờ bạn" in page.one(SAID)
    assert clerk.post("/inbox/bulk", {"act": "claim"}).status == 422


def test_the_counts_are_asked_for_again_and_say_what_is_new(person: Person) -> None:
    clerk = person("van_thu")
    before = int(clerk.get("/inbox?queue=pool").one("//li[@aria-current]//span[@class='n']"))
    waiting(person, "Cao Thị Mới Đến")
    page = clerk.get(f"/inbox/counts?queue=pool&seen={before}")
    assert page.one("//p[@class='fresh']") == "1 việc mới"
    assert not clerk.get(f"/inbox/counts?queue=pool&seen={before + 1}").all("//p[@class='fresh']")


def test_a_task_is_put_aside_from_its_page(person: Person) -> None:
    unit = person("don_vi_a")
    page = unit.send(
        unit.get("/dossiers/new"),
        "//form[contains(@class, 'opening')]",
        {"movement": "covid-2021", "kind": "thematic", "award_form": "giay_khen"},
    )
    task = page.path.rstrip("/")
    aside = unit.post(f"{task}/follow-up", {"_day": "20/01/2022"})
    assert "20/01/2022" in aside.one("//p[@role='status']")
    assert number(page) in unit.get("/inbox?queue=followed").all("//tr[@class='item']//a[@class='b']")
    assert unit.post(f"{task}/follow-up", {"_day": "hôm nào"}).status == 422
    assert unit.post(f"{task}/follow-up", {"_day": "01/01/2022"}).status == 422
