"""A FEEL expression with its facts and values by what people call them; what has no such words stays as it is."""

import re

from workflows.definitions.difference.names import Names
from workflows.domain.text import Text

PART = re.compile(r'"[^"]*"|[a-z]\w*(?:\.\w+)+|\b(?:and|or|true|false|null)\b|!=|[<>]=')
QUOTED = re.compile(r'"[^"]*"')
FACT = re.compile(r"[a-z]\w*(?:\.\w+)+")
WORDS = {
    "and": Text("và", "and"),
    "or": Text("hoặc", "or"),
    "true": Text("có", "yes"),
    "false": Text("không", "no"),
    "null": Text("trống", "empty"),
    "!=": Text("≠", "≠"),
    ">=": Text("≥", "≥"),
    "<=": Text("≤", "≤"),
}


def only_blanks(old: str | None, new: str | None) -> bool:
    """Whether two texts differ in blanks alone, and not inside of quotes."""
    if not old or not new or old.split() != new.split():
        return False
    return QUOTED.findall(old) == QUOTED.findall(new)


def in_words(expression: str, names: Names) -> Text:
    """The expression as a reader would say it."""
    values: dict[str, Text] = {}
    for fact in FACT.findall(QUOTED.sub("", expression)):
        values.update(names.values(fact))

    def said(part: str) -> Text:
        if part.startswith('"'):
            return values.get(part.strip('"'), Text(part, part))
        return WORDS.get(part) or names.label(part) or Text(part, part)

    return Text(
        PART.sub(lambda found: said(found[0]).vi, expression),
        PART.sub(lambda found: said(found[0]).of("en"), expression),
    )
