"""What differs between two versions, as frozen values with a sentence in both languages; it compares nothing itself."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from workflows.domain.text import Text

Kind = Literal["added", "removed", "changed", "moved"]
KINDS: tuple[Kind, ...] = ("added", "removed", "changed", "moved")
Area = Literal["diagram", "decision", "form", "settings", "calendar", "movement", "document", "other"]
Piece = tuple[str, bool]
PIECE = re.compile(r"\s*\w+|\s*[^\w\s]|\s+")
MOST_MARKED, MOST_WORDS, ALIKE = 4_000, 400, 0.4
"""Longer texts, and texts that hardly share a word, are not marked word by word."""
LONGEST = 240
"""Signs of a value inside a sentence; `old` and `new` hold all of it."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `element`: an element of the diagram, a row, a field, an entry; "" is the file as a whole.

    `moved`: drawn, written or placed differently, and the procedure runs as before. `aspect` says which part of the
    element, `old` and `new` hold it before and after ("" where there is none); `line` is that of the file, `where` the
    place in words, as a column of a page says it.
    """

    file: str
    kind: Kind
    element: str
    said: Text
    aspect: str = ""
    old: str = ""
    new: str = ""
    line: int = 0
    where: Text | None = None

    @property
    def is_long(self) -> bool:
        """Whether the sentence cannot hold what was and what is."""
        return max(len(self.old), len(self.new)) > LONGEST or "\n" in self.old + self.new

    @property
    def marked(self) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
        """Before and after as pieces, each with whether the other side lacks it."""
        words: list[list[str]] = [PIECE.findall(text[:MOST_MARKED]) for text in (self.old, self.new)]
        matcher = SequenceMatcher(None, words[0], words[1], autojunk=False)
        if max(map(len, words)) > MOST_WORDS or matcher.quick_ratio() < ALIKE:
            return ((self.old, True),), ((self.new, True),)
        steps = matcher.get_opcodes()
        return (
            tuple(("".join(words[0][a:b]), tag != "equal") for tag, a, b, _, _ in steps if a < b),
            tuple(("".join(words[1][c:d]), tag != "equal") for tag, _, _, c, d in steps if c < d),
        )


@dataclass(frozen=True, slots=True)
class FileDifference:
    """The changes of one file; `kind` is what happened to the file itself."""

    file: str
    area: Area
    title: Text
    kind: Kind
    changes: tuple[Change, ...]

    def count(self, kind: Kind) -> int:
        """How many changes are of a kind."""
        return sum(change.kind == kind for change in self.changes)


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs, file by file: diagrams first, then tables, forms and the rest."""

    files: tuple[FileDifference, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """All changes in the order of the files."""
        return tuple(change for each in self.files for change in each.changes)

    def count(self, kind: Kind) -> int:
        """How many changes are of a kind."""
        return sum(each.count(kind) for each in self.files)


def say(vi: str, en: str, **parts: Text | str | int) -> Text:
    """A sentence from its two templates; a part that is a Text stands in each in its language."""
    told: dict[str, tuple[object, object]] = {
        name: (part.vi, part.of("en")) if isinstance(part, Text) else (part, part) for name, part in parts.items()
    }
    return Text(
        vi.format_map({name: each[0] for name, each in told.items()}),
        en.format_map({name: each[1] for name, each in told.items()}),
    )


def joined(parts: "list[Text]", between: str = ", ") -> Text:
    """Several texts one after another."""
    return Text(between.join(each.vi for each in parts), between.join(each.of("en") for each in parts))


def begun(text: Text) -> Text:
    """The same with a capital letter at its beginning."""
    vi, en = text.vi, text.of("en")
    return Text(vi[:1].upper() + vi[1:], en[:1].upper() + en[1:])


def shortened(value: Text | str) -> Text:
    """A value as it may stand inside a sentence: on one line and not too long."""
    text = value if isinstance(value, Text) else Text(value, value)
    return Text(_short(text.vi), _short(text.of("en")))


def _short(text: str) -> str:
    line = " ".join(text[: 4 * LONGEST].split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def altered(subject: Text, aspect: Text, old: Text | str | None, new: Text | str | None) -> Text:
    """The usual sentence: of something, a part was added, taken away or changed."""
    parts = {"subject": begun(subject), "aspect": aspect}
    if old is None:
        return say(
            "{subject}: thêm {aspect} «{new}».",
            "{subject}: {aspect} added: «{new}».",
            **parts,
            new=shortened(new or ""),
        )
    if new is None:
        return say(
            "{subject}: bỏ {aspect} «{old}».", "{subject}: {aspect} removed: «{old}».", **parts, old=shortened(old)
        )
    return say(
        "{subject}: {aspect} từ «{old}» thành «{new}».",
        "{subject}: {aspect} from «{old}» to «{new}».",
        **parts,
        old=shortened(old),
        new=shortened(new),
    )


def apart(old: Text | str, new: Text | str, written: tuple[str, str]) -> tuple[Text | str, Text | str]:
    """Both in words; as they are written where the words are the same."""
    return written if str(old) == str(new) and written[0] != written[1] else (old, new)


def kind_of(old: object | None, new: object | None) -> Kind:
    """Added where there was nothing, removed where there is nothing any more."""
    return "added" if old is None else "removed" if new is None else "changed"
