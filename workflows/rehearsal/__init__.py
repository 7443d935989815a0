"""Plays the real diagrams and tables in memory, with answers nobody gave; it keeps nothing and touches no database."""

from workflows.rehearsal.answers import likely
from workflows.rehearsal.walk import Happened, Rehearsal, Waiting

__all__ = ["Happened", "Rehearsal", "Waiting", "likely"]
