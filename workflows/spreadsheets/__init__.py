"""Lists of nominees as spreadsheets: the template a unit fills in, and what a filled one says; it keeps nothing."""

from workflows.spreadsheets.columns import Column, columns
from workflows.spreadsheets.guard import FileRefused
from workflows.spreadsheets.reading import ListRow, read_file, read_pasted
from workflows.spreadsheets.template import template

__all__ = ["Column", "FileRefused", "ListRow", "columns", "read_file", "read_pasted", "template"]
