"""The columns of the inbox; a new one is a line here."""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext, lazy_gettext, ngettext

from webapp.layout import words
from workflows.queries.inbox import InboxRow

Show = Callable[[InboxRow, str], str]


def nothing(_row: InboxRow, _locale: str) -> str:
    """No second line."""
    return ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the class that places it, the fact and its qualifier; `kind` asks for a special cell."""

    title: object
    css: str
    fact: Show
    qualifier: Show = nothing
    kind: str = "text"


def received(row: InboxRow, _locale: str) -> str:
    """The day the task came."""
    return words.day(row.opened_at)


def lines(row: InboxRow, _locale: str) -> str:
    """How many nominees it is about."""
    return ngettext("%(num)s line", "%(num)s lines", row.lines_count) if row.lines_count else ""


COLUMNS = (
    Column(lazy_gettext("Number"), "c-n", lambda row, _: row.number, kind="link"),
    Column(lazy_gettext("Nominees"), "c-w", lambda row, it: row.title.of(it), lines, kind="strong"),
    Column(lazy_gettext("Award, type"), "c-f", lambda row, it: row.award_form.of(it), lambda row, it: row.kind.of(it)),
    Column(
        lazy_gettext("Step"),
        "c-s",
        lambda row, it: row.step.of(it),
        lambda row, _: gettext("Draft") if row.has_draft else "",
        kind="tagged",
    ),
    Column(lazy_gettext("Unit"), "c-u", lambda row, _: row.unit or ""),
    Column(lazy_gettext("Received"), "c-r num", received),
    Column(lazy_gettext("Due"), "c-d", lambda row, _: words.day(row.due_at), kind="due"),
)
