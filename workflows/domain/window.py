"""The page on which somebody types, so that two windows of one person do not write over each other."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Window:
    """A page by its key, and when the draft it began with was kept."""

    key: str
    began_with: datetime | None = None
