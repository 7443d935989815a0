"""The office whose tables are looked at, and ways to look at all of them."""

from tests.story import new_office, office, prepared_office, shared_office

__all__ = ["new_office", "office", "prepared_office", "shared_office"]
