"""Slips of the pen from other languages and keyboards, each with what FEEL wants; right expressions pass untouched."""

import re

from workflows.domain.said import Said

_TEXTS = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\n]*|/\*.*?\*/', re.DOTALL)
_SLIPS = (
    (re.compile("[“”„‘’'«»]"), Said('Put texts in straight double quotes: "thematic".')),
    (re.compile("=="), Said("Write = for equal.")),
    (re.compile("<>"), Said("Write != for not equal.")),
    (re.compile("=>|=<"), Said("Write >= or <=.")),
    (re.compile(r"&&|\bAND\b"), Said("Write and.")),
    (re.compile(r"\|\||\bOR\b"), Said("Write or.")),
    (re.compile(r"!(?!=)|\bNOT\b"), Said("Write not(…).")),
    (re.compile(r"\b(?:True|TRUE|False|FALSE|None|NULL)\b"), Said("Write true, false or null in small letters.")),
    (
        re.compile(r"^\s*(?:[<>]=?)?\s*-?\d+,\d+\s*$"),
        Said("Write a decimal point, 0.5; two numbers with a space, 0, 5."),
    ),
)


def slip(expression: str) -> tuple[str, Said] | None:
    """What looks wrong outside of texts in quotes, and what to write instead."""
    bare = _TEXTS.sub('""', expression)
    for pattern, hint in _SLIPS:
        found = pattern.search(bare)
        if found:
            return found[0].strip(), hint
    return None
