"""The columns of the inbox; a new one is a line here."""

from collections.abc import Callable, Sequence
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
    """One column: its key, its heading, the class that places it, the fact and its qualifier.

    `kind` asks for a special cell, `sort` is what the list is sorted by under it, `usual` whether it is shown unasked.
    """

    key: str
    title: object
    css: str
    fact: Show
    qualifier: Show = nothing
    kind: str = "text"
    sort: str = ""
    usual: bool = True


def received(row: InboxRow, _locale: str) -> str:
    """The day the task came."""
    return words.day(row.opened_at)


def lines(row: InboxRow, _locale: str) -> str:
    """How many nominees it is about."""
    return ngettext("%(num)s line", "%(num)s lines", row.lines_count) if row.lines_count else ""


def draft(row: InboxRow, _locale: str) -> str:
    """That something is typed already, or that it is done in place of somebody."""
    if row.for_whom:
        return str(gettext("In place of %(name)s", name=row.for_whom))
    return gettext("Draft") if row.has_draft else ""


def followed(row: InboxRow, _locale: str) -> str:
    """The day to look at it again."""
    return words.day(row.follow_up_on)


COLUMNS = (
    Column("number", lazy_gettext("Number"), "c-n", lambda row, _: row.number, kind="link", sort="number"),
    Column(
        "title", lazy_gettext("Nominees"), "c-w", lambda row, it: row.title.of(it), lines, kind="strong", sort="title"
    ),
    Column(
        "award",
        lazy_gettext("Award, type"),
        "c-f",
        lambda row, it: row.award_form.of(it),
        lambda row, it: row.kind.of(it),
        sort="award",
    ),
    Column("step", lazy_gettext("Step"), "c-s", lambda row, it: row.step.of(it), draft, kind="tagged", sort="step"),
    Column("unit", lazy_gettext("Unit"), "c-u", lambda row, _: row.unit or "", sort="unit"),
    Column("opened", lazy_gettext("Received"), "c-r num", received, sort="opened"),
    Column("movement", lazy_gettext("Movement"), "c-u", lambda row, it: row.movement.of(it), usual=False),
    Column("followed", lazy_gettext("Look again on"), "c-r num", followed, usual=False),
    Column("due", lazy_gettext("Due"), "c-d", lambda row, _: words.day(row.due_at), kind="due", sort="due"),
)
ALWAYS = frozenset({"number", "due"})
"""Columns nobody can take away: the way to the task, and its deadline."""


def chosen(keys: Sequence[str]) -> tuple[Column, ...]:
    """The columns somebody chose, in the order of the house; the usual ones where nothing was chosen."""
    if not keys:
        return tuple(column for column in COLUMNS if column.usual)
    return tuple(column for column in COLUMNS if column.key in keys or column.key in ALWAYS)
