"""The paper that is read beside a task, between the one before and the one after; none of another matter is opened."""

from collections.abc import Sequence
from dataclasses import dataclass

from workflows.queries.rows import PaperRow

PICTURES = frozenset({"image/png", "image/jpeg"})
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Reading:
    """One paper of a matter on the screen: its place among the others, and how a browser shows it."""

    paper: PaperRow
    place: int
    total: int
    way: str
    previous: PaperRow | None
    next: PaperRow | None


def reading(papers: Sequence[PaperRow], wanted: int | None, *, at_once: bool = True) -> Reading | None:
    """The wanted paper, or the first where it is not (any longer) one of these; None where there is no paper.

    Who puts a dossier together reads its papers on request, everybody else `at_once`.
    """
    if not papers or (wanted is None and not at_once):
        return None
    at = next((place for place, each in enumerate(papers) if each.id == wanted), 0)
    return Reading(
        papers[at],
        at + 1,
        len(papers),
        _way(papers[at].media_type),
        papers[at - 1] if at else None,
        papers[at + 1] if at + 1 < len(papers) else None,
    )


def _way(media_type: str) -> str:
    return "pdf" if media_type == PDF else "picture" if media_type in PICTURES else "file"
