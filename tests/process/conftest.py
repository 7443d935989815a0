"""The office in which the procedure is played."""

from tests.story import new_office, office, prepared_office, shared_office

__all__ = ["new_office", "office", "prepared_office", "shared_office"]
