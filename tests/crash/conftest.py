"""The office whose connections are cut and whose tables are spoilt."""

from tests.story import new_office, office, prepared_office, shared_office

__all__ = ["new_office", "office", "prepared_office", "shared_office"]
