"""In which order a decision lists those it commends; it chooses nobody."""

from collections.abc import Iterable

from workflows.domain.facts import Line

KINDS = ("collective", "household", "person")


def in_order(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Collectives first, then households, then persons; each as they stand in the dossier or round."""
    return tuple(sorted(lines, key=lambda line: (_place(line), line.ordinal)))


def _place(line: Line) -> int:
    kind = line.nominee.get("kind")
    return KINDS.index(kind) if isinstance(kind, str) and kind in KINDS else len(KINDS)
