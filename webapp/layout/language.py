"""Vietnamese and English for every visible text; it refuses a third language and compiles nothing to disk."""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, g, request
from flask_babel import Babel, Domain, get_locale

from workflows.domain.said import table
from workflows.domain.text import Text

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
DEFAULT = "vi"
COOKIE = "vinhdanh_language"
CATALOGUE = Path(__file__).parent / "translations" / "vi" / "LC_MESSAGES" / "messages.po"


@cache
def translations(locale: str) -> NullTranslations:
    """The translations of a language; English is what the source says."""
    if locale == "en":
        return NullTranslations()
    compiled = BytesIO()
    with CATALOGUE.open("rb") as source:
        catalog = read_po(source, locale=locale)
    for english, vietnamese in table().items():
        catalog.add(english, string=vietnamese)
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Translations(compiled)


class Catalogue(Domain):  # type: ignore[misc]  # flask_babel has no types
    """The one catalogue, read from its text."""

    def get_translations(self) -> NullTranslations:
        """The translations of the language of this request."""
        return translations(locale())


def locale() -> str:
    """The language of this request: "vi" or "en"."""
    chosen = get_locale()
    return str(chosen) if str(chosen) in LANGUAGES else DEFAULT


def choose() -> str:
    """The person's own language, else that of the browser's cookie, else Vietnamese."""
    actor = getattr(g, "actor", None)
    wanted = actor.locale if actor else request.cookies.get(COOKIE, DEFAULT)
    return wanted if wanted in LANGUAGES else DEFAULT


def say(text: Any) -> str:
    """A text of the bundle (Text, a table with vi and en, or a plain string) in the language of this request."""
    if text is None:
        return ""
    if isinstance(text, Text):
        return text.of(locale())
    if isinstance(text, dict):
        return Text(str(text.get("vi", "")), str(text.get("en", ""))).of(locale())
    return str(text)


def register(app: Flask) -> None:
    """Make `app` speak the language of the person."""
    babel = Babel(app, default_locale=DEFAULT, default_timezone="Asia/Ho_Chi_Minh", locale_selector=choose)
    babel.domain_instance = Catalogue()
    app.jinja_env.filters["say"] = say
    app.jinja_env.globals.update(locale=locale, languages=LANGUAGES)
