"""Bars as plain geometry, drawn by a template as SVG: labels above bars, parts side by side; it knows no figures."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, ROW, BAR, LABEL, END = 420, 38, 14, 14, 44
"""Width of the drawing, height of a row and of its bar, where the label stands, room for the number at the end."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a bar; `series` says which colour."""

    x: float
    width: float
    series: int
    value: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with its label above and its number at the end."""

    label: str
    label_y: int
    y: int
    parts: tuple[Part, ...]
    end: float
    number: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing `width` by `height`; whoever cannot see it reads `summary` and the table that holds the same."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    series: tuple[str, ...]
    summary: str


def chart(
    rows: Sequence[tuple[str, Sequence[float]]], *, series: Sequence[str] = (), summary: str, digits: int = 0
) -> Chart:
    """A chart of rows, each a label and its parts. An empty one has no bars."""
    most = max((sum(parts) for _, parts in rows), default=0) or 1
    scale = (WIDTH - END) / most
    bars = []
    for place, (label, parts) in enumerate(rows):
        x, drawn = 0.0, []
        for number, value in enumerate(parts):
            width = round(value * scale, 1)
            if value:
                drawn.append(Part(round(x, 1), width, number, value))
            x += width
        top = place * ROW
        written = f"{sum(parts):.{digits}f}".replace(".", ",") if digits else str(int(sum(parts)))
        bars.append(Bar(label, top + LABEL, top + LABEL + 5, tuple(drawn), round(x + 6, 1), written))
    return Chart(WIDTH, max(1, len(rows)) * ROW, tuple(bars), tuple(series), summary)
