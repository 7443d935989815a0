"""Every visible text in both languages, Vietnamese first."""

from collections.abc import Callable
from functools import cache

import pytest

from tests.web.conftest import Browser
from tests.web.test_safety import PAGES
from webapp.layout import catalogue
from webapp.layout.language import translations
from workflows.domain.form_sentences import SENTENCES

Person = Callable[[str], Browser]


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
def test_no_english_is_left_on_a_vietnamese_page(person: Person, path: str) -> None:
    page = person("chuyen_vien").get(path)
    assert page.one("/html/@lang") == "vi"
    assert set(page.all("//body//text()")) & english() == set()
    assert set(page.all("//@aria-label | //@placeholder | //@title")) & english() == set()


def test_the_language_follows_the_person(person: Person) -> None:
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
