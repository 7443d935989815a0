"""What is said about an answer that does not fit its form; it knows sentences, not how forms are checked."""

from collections.abc import Mapping
from typing import Self

from workflows.domain.said import Said
from workflows.domain.text import Text

SENTENCES: Mapping[str, str] = {
    "required": "This must be filled in.",
    "type.string": "This must be text.",
    "type.integer": "This must be a whole number.",
    "type.number": "This must be a number.",
    "type.boolean": "This must be yes or no.",
    "type.array": "This must be a list.",
    "type.object": "This must be a group of fields.",
    "minLength": "At least {limit} characters are needed here; there are {found}.",
    "maxLength": "At most {limit} characters fit here; there are {found}.",
    "pattern": "This is not written in the expected way.",
    "format": "This is not written in the expected way.",
    "format.date": "Write the date as day/month/year, for example 13/01/2022.",
    "format.email": "Write a full e-mail address.",
    "enum": "Choose one of the answers offered.",
    "minimum": "The smallest number allowed is {limit}.",
    "maximum": "The largest number allowed is {limit}.",
    "exclusiveMinimum": "The number must be greater than {limit}.",
    "exclusiveMaximum": "The number must be less than {limit}.",
    "multipleOf": "The number must be a multiple of {limit}.",
    "minItems": "At least {limit} rows are needed; there are {found}.",
    "maxItems": "At most {limit} rows are allowed; there are {found}.",
    "uniqueItems": "The same entry appears twice.",
    "unknown": "«{name}» is not a field of this form.",
    "name": "«{name}» cannot be the name of a field.",
    "depth": "The entries are nested deeper than {limit} levels.",
    "size": "The entries are larger than {limit} KiB.",
    "character": "This contains a character that cannot be stored.",
    "finite": "This must be an ordinary number, at most 18 digits long.",
    "json": "This is not text, a number, yes or no, or a list of those.",
    "unshown": "Standard {standard} of line {line} must be met, with what shows it, if the line is found eligible.",
    "own_reason": "The plan has no standard for this subject; write the reason.",
    "tied": "This person has a tie to the nominee of line {line}; choose somebody else.",
    "count": "This does not fit the ballots: counted from them it is {found}.",
    "formula": "This is a formula; write the value itself.",
    "not_before": "This day cannot be before {day}.",
    "other_year": "The number is one of {year}; a paper of {day} cannot have it.",
    "other": "This combination of entries is not allowed.",
}
"""English sentences by the reason they are said; the keys are JSON Schema keywords, or reasons of our own."""


class Complaint(Said):
    """One sentence about one answer."""

    __slots__ = ()

    def __new__(cls, reason: str, **about: object) -> Self:
        """The sentence for `reason`, a key of SENTENCES, with what it is about."""
        return super().__new__(cls, SENTENCES[reason], **about)


class RuleSaid(str):
    """What a rule says about one answer, in the words of the procedure: Vietnamese as it stands, `said` for both."""

    __slots__ = ("said",)

    said: Text

    def __new__(cls, said: Text) -> Self:
        """The sentence of the bundle."""
        sentence = super().__new__(cls, said.vi)
        sentence.said = said
        return sentence
