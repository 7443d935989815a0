"""Slips of the pen from other languages and keyboards, each with what FEEL wants; right expressions pass untouched."""

import re

_TEXTS = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\n]*|/\*.*?\*/', re.DOTALL)
_SLIPS = (
    (re.compile("[“”„‘’'«»]"), 'Put texts in straight double quotes: "thematic".'),
    (re.compile("=="), "Write = for equal."),
    (re.compile("<>"), "Write != for not equal."),
    (re.compile("=>|=<"), "Write >= or <=."),
    (re.compile(r"&&|\bAND\b"), "Write and."),
    (re.compile(r"\|\||\bOR\b"), "Write or."),
    (re.compile(r"!(?!=)|\bNOT\b"), "Write not(…)."),
    (re.compile(r"\b(?:True|TRUE|False|FALSE|None|NULL)\b"), "Write true, false or null in small letters."),
    (re.compile(r"^\s*(?:[<>]=?)?\s*-?\d+,\d+\s*$"), "Write a decimal point, 0.5; two numbers with a space, 0, 5."),
)


def slip(expression: str) -> tuple[str, str] | None:
    """What looks wrong outside of texts in quotes, and what to write instead."""
    bare = _TEXTS.sub('""', expression)
    for pattern, hint in _SLIPS:
        found = pattern.search(bare)
        if found:
            return found[0].strip(), hint
    return None
