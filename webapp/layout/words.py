"""Dates, deadlines, statuses and sizes as people say them; it computes no deadline."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Flask
from flask_babel import gettext, lazy_gettext, ngettext

from webapp.layout.language import locale

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
SOON = 2
KIB = 1024

WEEKDAYS = (
    lazy_gettext("Monday"),
    lazy_gettext("Tuesday"),
    lazy_gettext("Wednesday"),
    lazy_gettext("Thursday"),
    lazy_gettext("Friday"),
    lazy_gettext("Saturday"),
    lazy_gettext("Sunday"),
)


@dataclass(frozen=True, slots=True)
class Status:
    """A status as it is shown: its words and its icon."""

    words: object
    icon: str


STATUSES: Mapping[str, Status] = {
    "dang-soan": Status(lazy_gettext("Being drafted"), "pencil"),
    "cho-tiep-nhan": Status(lazy_gettext("Waiting to be received"), "inbox"),
    "da-tiep-nhan": Status(lazy_gettext("Has been received"), "check"),
    "tra-lai": Status(lazy_gettext("Returned for completion"), "arrow-back-up"),
    "dang-tham-dinh": Status(lazy_gettext("Being appraised"), "list-check"),
    "cho-hoi-dong": Status(lazy_gettext("Waiting for the Council"), "users-group"),
    "cho-ky": Status(lazy_gettext("Waiting for signature"), "signature"),
    "cho-cap-so": Status(lazy_gettext("Waiting for a number"), "hash"),
    "co-quan-ngoai": Status(lazy_gettext("Sent to an outside body"), "send"),
    "tam-dung": Status(lazy_gettext("Suspended"), "clock-pause"),
    "da-khen": Status(lazy_gettext("Commended"), "award"),
    "khong-dat": Status(lazy_gettext("Not approved"), "circle-x"),
    "da-rut": Status(lazy_gettext("Withdrawn"), "logout"),
    "huy-bo": Status(lazy_gettext("Cancelled"), "ban"),
    "da-luu": Status(lazy_gettext("Filed"), "archive"),
}

VERDICTS: Mapping[str, Status] = {
    "open": Status(lazy_gettext("Under review"), "circle-dashed"),
    "passed": Status(lazy_gettext("Passed"), "check"),
    "failed": Status(lazy_gettext("Not passed"), "x"),
    "withdrawn": Status(lazy_gettext("Withdrawn"), "logout"),
    "suspended": Status(lazy_gettext("Suspended"), "clock-pause"),
    "revoked": Status(lazy_gettext("Revoked"), "ban"),
}


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline in words, with the icon and the class that go with it."""

    words: str
    icon: str
    css: str


def local(moment: datetime) -> datetime:
    """The moment on a Vietnamese clock."""
    return moment.astimezone(HERE)


def day(moment: datetime | date | None) -> str:
    """dd/MM/yyyy."""
    if moment is None:
        return ""
    return f"{local(moment) if isinstance(moment, datetime) else moment:%d/%m/%Y}"


def minute(moment: datetime | None) -> str:
    """HH:MM."""
    return f"{local(moment):%H:%M}" if moment else ""


def stamp(moment: datetime | None) -> str:
    """HH:MM dd/MM/yyyy."""
    return f"{local(moment):%H:%M %d/%m/%Y}" if moment else ""


def long_day(moment: datetime | None) -> str:
    """With the day of the week: thứ Năm 13/01/2022."""
    return f"{WEEKDAYS[local(moment).weekday()]} {day(moment)}" if moment else ""


def due(due_at: datetime | None, left: int | None, now: datetime) -> Due:
    """How a deadline stands: `left` working days, negative when it has passed."""
    if due_at is None or left is None:
        return Due(gettext("No deadline"), "circle-minus", "calm meta")
    days = (local(due_at).date() - local(now).date()).days
    if left < 0 or due_at < now:
        late = max(1, -left)
        words = ngettext("Overdue by %(num)s working day", "Overdue by %(num)s working days", late)
        return Due(words, "alert-triangle", "red")
    if days <= 0:
        return Due(gettext("Today"), "clock-exclamation", "amber")
    soon = left <= SOON
    words = (
        gettext("Tomorrow")
        if days == 1
        else ngettext("%(num)s working day left", "%(num)s working days left", max(left, 1))
    )
    return Due(words, "clock-exclamation" if soon else "calendar", "amber" if soon else "calm")


@dataclass(frozen=True, slots=True)
class Bucket:
    """A group of the inbox by deadline."""

    key: str
    words: str
    icon: str | None = None
    css: str = ""


def bucket(due_at: datetime | None, left: int | None, now: datetime) -> Bucket:
    """Overdue, today, this week (to Sunday), later, or without a deadline."""
    if due_at is None:
        return Bucket("none", gettext("No deadline"))
    today, end = local(now).date(), local(due_at).date()
    if due_at < now or (left is not None and left < 0):
        return Bucket("overdue", gettext("Overdue"), "alert-triangle", "red")
    if end <= today:
        return Bucket("today", gettext("Today"), "clock-exclamation", "amber")
    if end <= today + timedelta(days=6 - today.weekday()):
        return Bucket("week", gettext("This week"))
    return Bucket("later", gettext("Later"))


def size(count: int) -> str:
    """A file's size, rounded up: 12 KB, 3,4 MB."""
    if count < KIB * KIB:
        return f"{max(1, -(-count // KIB))} KB"
    return f"{count / KIB / KIB:.1f} MB"


def money(amount: int) -> str:
    """A sum as the language writes it: 447.000 đồng, 447,000 đồng."""
    written = f"{amount:,}"
    return f"{written if locale() == 'en' else written.replace(',', '.')} đồng"


def register(app: Flask) -> None:
    """Give the templates of `app` these words."""
    filters = (day, minute, stamp, long_day, size, money)
    app.jinja_env.filters.update({each.__name__: each for each in filters})
    app.jinja_env.globals.update(due_words=due, statuses=STATUSES, verdicts=VERDICTS)
