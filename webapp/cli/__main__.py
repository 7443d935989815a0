"""`python -m webapp.cli`: the same as `vinhdanh`."""

from webapp.cli import entry

entry()
