"""Which patterns a form may hold: those that are tried in few steps whatever is typed; it refuses every other."""

import re

from workflows.domain.said import Said

LONGEST_TEXT = 1_000
"""Texts beyond this fit no pattern and are not tried."""
MOST_STEPS = 1_000_000
LONGEST_PATTERN = 300
DEEPEST_GROUP = 3
TOKEN = re.compile(
    r"(?P<sign>\\[dswDSW.*+?|(){}\[\]^$/\\-]|\[\^?(?:\\[dswDSW\]\[^\\-]|[^\]\[\\])+\]|[^\\*+?|(){}\[\]^$])"
    r"(?P<times>[*+?]|\{\d{1,3}(?:,\d{0,3})?\})?"
)


def refusal(pattern: str) -> Said | None:
    """Why a pattern may not stand in a form; None where it may.

    It is `^…$` around letters and classes like [A-Z], each with at most one of ? * + {m,n}, and groups (a|b) without.
    """
    if len(pattern) > LONGEST_PATTERN:
        return Said("it is longer than {limit} signs", limit=LONGEST_PATTERN)
    if not (pattern.startswith("^") and pattern.endswith("$")):
        return Said("it must begin with ^ and end with $")
    steps, rest = _steps(pattern[1:-1], 0)
    if rest is None:
        return Said("it holds more than letters, classes, ? * + {{m,n}} after one of them, and groups (a|b)")
    try:
        re.compile(pattern)
    except re.error as error:
        return Said("it cannot be read: {error}", error=error)
    return Said("it could be tried in too many ways; use fewer * and +") if steps > MOST_STEPS else None


def _steps(text: str, depth: int) -> tuple[int, str | None]:
    """In how many ways the beginning of `text` may be tried, and what is left of it behind «)»; None: unreadable."""
    total, steps = 0, 1
    while text:
        if text[0] == "(" and depth < DEEPEST_GROUP:
            inner, rest = _steps(text[1:], depth + 1)
            if rest is None or rest[:1] in {"?", "*", "+", "{"}:
                return 0, None
            steps, text = steps * inner, rest
        elif text[0] == "|" and depth:
            total, steps, text = total + steps, 1, text[1:]
        elif text[0] == ")" and depth:
            return total + steps, text[1:]
        else:
            found = TOKEN.match(text)
            if found is None or text[found.end() : found.end() + 1] in {"?", "*", "+", "{"}:
                return 0, None
            steps, text = steps * _times(found["times"] or ""), text[found.end() :]
    return (0, None) if depth else (steps, "")


def _times(written: str) -> int:
    """How many lengths a part may have."""
    if written in {"*", "+"} or written.endswith(",}"):
        return LONGEST_TEXT
    if written == "?":
        return 2
    fewest, _, most = written.strip("{}").partition(",")
    return int(most) - int(fewest) + 1 if most else 1
