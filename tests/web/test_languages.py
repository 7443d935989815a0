"""Every visible text in both languages, Vietnamese first."""

from collections.abc import Callable
from functools import cache

import pytest

from tests.web.conftest import Browser
from tests.web.test_safety import PAGES
from webapp.layout import catalogue
from webapp.layout.language import translations
from workflows.domain.form_sentences import SENTENCES
from workflows.domain.person import Person
from workflows.operations.accounts import add_person
from workflows.settings import Settings
from workflows.store.session import Database

SignIn = Callable[[str], Browser]
PASSWORD = "mật khẩu đủ dài"


def test_every_text_has_vietnamese() -> None:
    assert catalogue.missing() == []


def test_no_text_of_the_catalogue_is_out_of_date() -> None:
    texts = {text if isinstance(text, str) else text[0] for text in catalogue.messages()}
    kept = {entry.id if isinstance(entry.id, str) else entry.id[0] for entry in catalogue.kept() if entry.id}
    assert kept == texts


def test_a_translation_keeps_the_places_of_its_text() -> None:
    for entry in catalogue.kept():
        if entry.id:
            words = entry.string if isinstance(entry.string, str) else (entry.string or [""])[0]
            source = entry.id if isinstance(entry.id, str) else entry.id[1]
            assert set(catalogue.PLACES.findall(words)) == set(catalogue.PLACES.findall(source)), source


@cache
def english() -> frozenset[str]:
    """Texts that must not stand on a Vietnamese page."""
    texts = {text for text in catalogue.messages() if isinstance(text, str) and len(text) > 3}
    return frozenset(text for text in texts if translations("vi").gettext(text) != text)


@pytest.mark.parametrize("path", PAGES)
def test_no_english_is_left_on_a_vietnamese_page(person: SignIn, path: str) -> None:
    page = person("chuyen_vien").get(path)
    assert page.one("/html/@lang") == "vi"
    assert set(page.all("//body//text()")) & english() == set()
    assert set(page.all("//@aria-label | //@placeholder | //@title")) & english() == set()


def test_the_language_follows_the_person(person: SignIn) -> None:
    browser = person("uy_vien_3")
    assert browser.get("/inbox").one("//h1") == "Việc cần xử lý"
    browser.post("/language", {"language": "en"})
    assert browser.get("/inbox").one("//h1") == "Work to do"
    assert person("uy_vien_3").get("/inbox").one("//h1") == "Work to do"
    assert browser.get("/inbox").one("/html/@lang") == "en"
    browser.post("/language", {"language": "vi"})


def test_before_the_sign_in_the_language_follows_the_browser(visitor: Browser) -> None:
    assert visitor.get("/about").one("/html/@lang") == "vi"
    visitor.post("/language", {"language": "en"})
    assert visitor.get("/about").one("/html/@lang") == "en"
    visitor.post("/language", {"language": "fr"})
    assert visitor.get("/about").one("/html/@lang") == "vi"


def test_sentences_about_entries_have_vietnamese() -> None:
    for sentence in SENTENCES.values():
        assert translations("vi").gettext(sentence) != sentence


def test_the_language_chosen_at_the_door_stays_after_stepping_in(visitor: Browser, person: SignIn) -> None:
    visitor.post("/language", {"language": "en"})
    visitor.post("/sign-in/demo", {"login": "uy_vien_3"})
    assert visitor.get("/inbox").one("/html/@lang") == "en"
    assert person("uy_vien_3").get("/inbox").one("/html/@lang") == "en"
    visitor.post("/language", {"language": "vi"})


def test_a_browser_left_in_english_does_not_decide_for_who_signs_in_with_a_password(
    visitor: Browser, demo: tuple[Settings, Database]
) -> None:
    add_person(demo[1], Person("tu_chon", "Bà Tự Chọn", groups=("unit",), password=PASSWORD))
    entry: dict[str, object] = {"login": "tu_chon", "password": PASSWORD}
    visitor.client.set_cookie("vinhdanh_language", "en")
    visitor.post("/sign-in", entry)
    assert visitor.get("/about").one("/html/@lang") == "vi"
    visitor.post("/sign-out")
    visitor.post("/language", {"language": "en"})
    visitor.post("/sign-in", entry)
    assert visitor.get("/about").one("/html/@lang") == "en"


def test_what_has_no_name_yet_is_called_so_in_both_languages(person: SignIn) -> None:
    browser = person("don_vi_c")
    wanted: dict[str, object] = {"movement": "covid-2021", "kind": "thematic", "award_form": "giay_khen"}
    task = browser.post("/dossiers/new", wanted)
    number = task.one("//h1").split(" ")[0]
    for language, words in (("vi", "Chưa ghi đối tượng"), ("en", "No nominee written down yet")):
        browser.post("/language", {"language": language})
        assert words in browser.get(task.path).one("//div[@class='hd']")
        assert words in browser.get(f"/inbox?q={number}").one("//tr[@class='item']")
        assert words in browser.get(f"/dossiers?q={number}").one("//tr[@class='item']")
        assert words in browser.get(f"/dossiers/{number}").one("//h1")
        assert words in browser.get(f"/trace/{number}").one("//div[@class='hd']")
    browser.post("/language", {"language": "vi"})


def test_an_ad_hoc_round_says_so_wherever_it_is_named(person: SignIn, demo: tuple[Settings, Database]) -> None:
    browser = person("chuyen_vien")
    with demo[1].read() as tx:
        sought = "select number from instance where process = 'review_round' and kind = 'ad_hoc'"
        number = tx.exec_driver_sql(sought).scalar_one()
    for path, place in (("/rounds", "//tr"), (f"/rounds/{number}", "//h1"), (f"/trace/{number}", "//div[@class='hd']")):
        assert "Khen đột xuất: " in " ".join(browser.get(path).all(place)), path
