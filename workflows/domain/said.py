"""Sentences, and parts of them, that can be said in both languages; it refuses nothing and knows no page."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Self

TABLE = Path(__file__).with_name("vietnamese.toml")
"""Vietnamese by English of what the rooms say without a page: the rules, the reader of bundles, the lint."""


class Said(str):
    """A sentence, or a part of one: English as it stands, any other language through `message`."""

    __slots__ = ("about", "template")

    template: str
    about: Mapping[str, object]

    def __new__(cls, template: str, **about: object) -> Self:
        """The sentence of an English template with what it is about, which may be said in its turn."""
        about = {key: "" if value is None else value for key, value in about.items()}
        said = super().__new__(cls, template.format_map(about))
        said.template, said.about = template, about
        return said

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, object]]:
        return (self.template,), dict(self.about)

    def message(self, gettext: Callable[[str], str]) -> str:
        """The same in the language of `gettext`."""
        return filled(gettext(self.template), self.about, gettext)


def filled(template: str, about: Mapping[str, object], gettext: Callable[[str], str]) -> str:
    """A template with its places filled; what is said is said in the language of `gettext`, a name stays."""
    return template.format_map({key: _of(value, gettext) for key, value in about.items()})


def _of(value: object, gettext: Callable[[str], str]) -> object:
    if isinstance(value, Said):
        return value.message(gettext)
    return "" if value is None else value


def joined(parts: Iterable[str], between: str = "") -> str:
    """Several parts one after another."""
    told = {f"part_{number}": part for number, part in enumerate(parts)}
    return Said(between.join(f"{{{name}}}" for name in told), **told)


@cache
def table() -> Mapping[str, str]:
    """The table, Vietnamese by English."""
    read: dict[str, str] = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return read


def vietnamese(text: str) -> str:
    """The Vietnamese template of an English one; a template without one stays."""
    return table().get(text, text)
