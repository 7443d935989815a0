"""A visible text in the two languages of the house; it refuses a third."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Text:
    """One text for people, Vietnamese first."""

    vi: str
    en: str = ""

    def of(self, locale: str) -> str:
        """The text in `locale` ("vi" or "en"); Vietnamese where no translation was written."""
        return (self.en or self.vi) if locale == "en" else self.vi

    def __str__(self) -> str:
        return self.vi

    @classmethod
    def read(cls, source: "str | Mapping[str, str]") -> "Text":
        """From a bundle: a plain string, or a table with the keys vi and en."""
        return cls(source) if isinstance(source, str) else cls(source["vi"], source.get("en", ""))
