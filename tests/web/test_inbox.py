"""The inbox without scripts: filters in the address, kept views, columns, one act on many tasks with results."""

from collections.abc import Callable

from tests.web.conftest import Browser
from tests.web.test_walk import handed_in, number

Person = Callable[[str], Browser]


def waiting(person: Person, *names: str) -> list[str]:
    """Dossiers that wait to be received."""
    return [handed_in(person("don_vi_a"), name) for name in names]


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
    assert page.status in {404, 422}
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
