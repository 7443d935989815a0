"""An expression as feelin's parser reads it, with the limits checked before it is parsed; it judges no meaning."""

import json
from dataclasses import dataclass

from workflows.domain.said import Said
from workflows.rules import sandbox
from workflows.rules.errors import NothingWritten, NotReached, NotReadable, TooDeep, TooLong
from workflows.rules.slips import slip
from workflows.rules.values import Json, clean
from workflows.rules.vocabulary import Vocabulary

MAX_LENGTH = 8000
_EXAMPLE = Said('Write, for example: lines.open > 0 and a = "b".')
MAX_BRACKETS = 40
_VALUED_WORDS = frozenset({"null", "?"})


@dataclass(frozen=True, slots=True)
class Node:
    """One node of the tree, named as in lezer-feel's grammar, with the source it covers."""

    name: str
    text: str
    children: tuple["Node", ...]

    @property
    def is_word(self) -> bool:
        """Whether this is a keyword or a bracket, which stands for itself."""
        return not self.children and self.name == self.text and self.name not in _VALUED_WORDS

    @property
    def parts(self) -> tuple["Node", ...]:
        """The children that carry meaning, without keywords and brackets."""
        return tuple(child for child in self.children if not child.is_word)

    @property
    def words(self) -> tuple[str, ...]:
        """The keywords and brackets among the children."""
        return tuple(child.name for child in self.children if child.is_word)

    @property
    def name_text(self) -> str:
        """A name of one or several words, with single spaces."""
        return " ".join(self.text.split())


def parse(expression: str, vocabulary: Vocabulary, *, place: str, unary: bool = False) -> Node:
    """The tree of an expression, or of a table cell if unary; raises NotReadable or what check_size raises."""
    check_size(expression, place=place)
    found = slip(expression)
    if found is not None:
        raise NotReadable(place=place, expression=expression, near=found[0], hint=found[1])
    try:
        answer = sandbox.parse(expression, json.dumps(_shape(expression, vocabulary)), unary=unary)
    except sandbox.Exhausted:
        raise NotReached(place=place, expression=expression) from None
    except sandbox.Stopped:
        answer = {"failed": "stopped"}
    if answer.get("failed") == "unreadable":
        near = answer["near"] or expression[-20:]
        raise NotReadable(place=place, expression=expression, near=near, hint=_EXAMPLE)
    if "failed" in answer:
        raise TooDeep(place=place, expression=expression, limit=MAX_BRACKETS)
    return _node(answer["tree"], expression.encode("utf-16-le"))


def check_size(expression: str, *, place: str) -> None:
    """Refuse what is empty, too long or nested too deeply, before any parser sees it."""
    if not expression.strip():
        raise NothingWritten(place=place)
    if len(expression) > MAX_LENGTH:
        raise TooLong(place=place, expression=expression, length=len(expression), limit=MAX_LENGTH)
    if not clean(expression):
        raise NotReadable(
            place=place, expression=expression.encode("ascii", "replace").decode(), near="?", hint=_EXAMPLE
        )
    depth = 0
    for char in expression:
        depth += (char in "([{") - (char in ")]}")
        if depth > MAX_BRACKETS:
            raise TooDeep(place=place, expression=expression, limit=MAX_BRACKETS)


def _shape(expression: str, vocabulary: Vocabulary) -> dict[str, Json]:
    """The declared names that can occur in the source, nested: the parser needs them to read names of several words."""
    shape: dict[str, Json] = {}
    for name in vocabulary:
        segments = name.split(".")
        if all(word in expression for word in segments[0].split()):
            group = shape
            for segment in segments:
                group = group.setdefault(segment, {})
    return shape


def _node(entry: Json, source: bytes) -> Node:
    name, start, end, children = entry
    text = source[2 * start : 2 * end].decode("utf-16-le")
    return Node(name, text, tuple(_node(child, source) for child in children))
