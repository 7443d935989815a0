"""Texts of a bundle with places such as {number}: they are filled as they stand, nothing is formatted or looked up."""

import re
from collections.abc import Collection, Mapping

PLACE = re.compile(r"\{(\w+)(?::0([1-9])d)?\}")


def filled(text: str, values: Mapping[str, object]) -> str:
    """The text with each place that has a value filled; {number:03d} writes a number with leading zeros."""

    def value(place: re.Match[str]) -> str:
        return str(values[place[1]]).zfill(int(place[2] or 0)) if place[1] in values else place[0]

    return PLACE.sub(value, text)


def strange_place(text: str, known: Collection[str]) -> str | None:
    """The first thing in braces that is no known place, or a brace that stands alone."""
    left = PLACE.sub(lambda place: "" if place[1] in known else place[0], text)
    found = re.search(r"\{[^{}]{0,40}\}?|\}", left)
    return found[0] if found else None
