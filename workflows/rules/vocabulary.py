"""The declared facts an expression may name, each with its kind and values; a name that is not declared is refused."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from workflows.domain.said import Said
from workflows.rules.errors import NameMalformed

Kind = Literal["text", "number", "boolean", "date", "instant", "list", "context"]
KINDS: frozenset[str] = frozenset({"text", "number", "boolean", "date", "instant", "list", "context"})

_SEGMENT = re.compile(r"[^\W\d]\w*( \w+)*")
_WORDS = """and or not in if then else for return some every satisfies between instance of function null true false
item partial external __proto__ constructor prototype"""
_FIRST_WORDS = """date time duration list context number string boolean"""
_RESERVED = frozenset(_WORDS.split())
_FIRST_RESERVED = _RESERVED | frozenset(_FIRST_WORDS.split())


@dataclass(frozen=True, slots=True)
class FactType:
    """What a fact is: its kind, the values it may take (of a list: its items), and the kind of a list's items."""

    kind: Kind
    values: tuple[str, ...] = ()
    of: str | None = None


Vocabulary = Mapping[str, FactType]


def check_vocabulary(vocabulary: Vocabulary) -> None:
    """Refuse names FEEL cannot read or that lead out of the facts; raises NameMalformed."""
    for name, fact in vocabulary.items():
        check_name(name)
        if fact.kind not in KINDS or (fact.of is not None and fact.of not in KINDS):
            raise NameMalformed(
                name=name,
                why=Said("its kind is «{kind}», not one of {kinds}", kind=fact.kind, kinds=", ".join(sorted(KINDS))),
            )
        outer = owner(name, vocabulary)
        if outer is not None and vocabulary[outer].kind not in ("list", "context"):
            raise NameMalformed(
                name=name,
                why=Said("«{outer}» is a {kind} and cannot have parts", outer=outer, kind=vocabulary[outer].kind),
            )


def check_name(name: str) -> None:
    """Refuse a name FEEL cannot read or that leads out of the facts; raises NameMalformed."""
    for index, segment in enumerate(name.split(".")):
        if not _SEGMENT.fullmatch(segment):
            raise NameMalformed(name=name, why=Said("use letters, digits and _ only, joined by dots, a letter first"))
        if segment in (_RESERVED if index else _FIRST_RESERVED):
            raise NameMalformed(
                name=name, why=Said("«{word}» is a word of the expression language; choose another", word=segment)
            )


def owner(name: str, vocabulary: Vocabulary) -> str | None:
    """The nearest declared fact that `name` is a part of, if any."""
    while "." in name:
        name = name.rpartition(".")[0]
        if name in vocabulary:
            return name
    return None


def members(group: str, vocabulary: Vocabulary) -> list[str]:
    """The declared facts under the group «lines», e.g. lines.open and lines.total."""
    return sorted(name for name in vocabulary if name.startswith(group + "."))


def nearest(name: str, vocabulary: Vocabulary) -> str | None:
    """The declared name that was probably meant, for a hint."""
    found = difflib.get_close_matches(name, vocabulary, n=1, cutoff=0.7)
    if not found:
        tail = name.rpartition(".")[2]
        found = [known for known in sorted(vocabulary) if known.rpartition(".")[2] == tail][:1]
    return found[0] if found else None
