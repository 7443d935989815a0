"""Which signs the papers' fonts can print; it draws nothing and reads nothing but the fonts' tables."""

import struct
import unicodedata
from functools import cache
from importlib import resources
from pathlib import Path

UNPRINTABLE = "□"
"""Stands for a sign that no font of the papers has, so that a reader sees that one is missing."""
PLAIN = frozenset("\n\t")


def fonts() -> Path:
    """The folder of the papers' fonts."""
    return Path(str(resources.files("workflows.connectors") / "fonts"))


def printable(text: str) -> str:
    """The text with a box for each sign that cannot be printed, without signs that only steer (bidi, zero width)."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(sign) for sign in text)


def _shown(sign: str) -> str:
    if sign in PLAIN or ord(sign) in _known():
        return "" if unicodedata.category(sign) == "Cf" else sign
    return "" if unicodedata.category(sign) in {"Cf", "Cc"} else UNPRINTABLE


@cache
def _known() -> frozenset[int]:
    """The signs that every font of the papers has."""
    return frozenset.intersection(*(_signs(path.read_bytes()) for path in sorted(fonts().glob("*.ttf"))))


def _signs(font: bytes) -> frozenset[int]:
    """The signs of one font: those of its `cmap` that are told in segments (format 4, the basic plane)."""
    count = struct.unpack_from(">H", font, 4)[0]
    tables = {font[at : at + 4]: struct.unpack_from(">I", font, at + 8)[0] for at in range(12, 12 + 16 * count, 16)}
    start = tables[b"cmap"]
    found: set[int] = set()
    for n in range(struct.unpack_from(">H", font, start + 2)[0]):
        at = start + struct.unpack_from(">HHI", font, start + 4 + 8 * n)[2]
        if struct.unpack_from(">H", font, at)[0] == 4:  # noqa: PLR2004  # the number of the format
            found |= _segments(font, at)
    return frozenset(found)


def _segments(font: bytes, at: int) -> set[int]:
    size = struct.unpack_from(">H", font, at + 6)[0]
    number = size // 2
    ends, starts, deltas, offsets = (
        struct.unpack_from(f">{number}H", font, at + place) for place in (14, 16 + size, 16 + 2 * size, 16 + 3 * size)
    )
    found: set[int] = set()
    for n in range(number):
        for sign in range(starts[n], min(ends[n], 0xFFFE) + 1):
            glyph = sign + deltas[n] & 0xFFFF
            if offsets[n]:
                place = at + 16 + 3 * size + 2 * n + offsets[n] + 2 * (sign - starts[n])
                glyph = struct.unpack_from(">H", font, place)[0]
            if glyph:
                found.add(sign)
    return found
