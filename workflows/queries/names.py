"""How instances, steps, award forms and days are called on a page."""

from datetime import datetime

from sqlalchemy import Connection

from workflows.definitions import Bundle
from workflows.domain.calendar import WorkingDays, local_day
from workflows.domain.errors import NotFound
from workflows.domain.text import Text
from workflows.store.bundles import in_force

PROCEDURE = "commendation"
ROUND = Text("Đợt xét khen", "Review round")
NONE = Text("")


def newest(tx: Connection) -> Bundle | None:
    """The newest deployed procedure, or None on an empty database."""
    try:
        return in_force(tx, PROCEDURE)[1]
    except NotFound:
        return None


def step_name(bundle: Bundle, process: str, element: str) -> Text:
    """A step in both languages: the title of its form, else the label of the diagram."""
    form = bundle.forms.get(element)
    return Text.read(form.ui["title"]) if form else Text(bundle.element(process, element).name)


def value_name(bundle: Bundle, fact: str, value: str | None) -> Text:
    """A chosen value in both languages, as the forms name it; a value that no form lists stands for itself."""
    if not value:
        return NONE
    prefix, _, name = fact.rpartition(".")
    for form in bundle.forms.values():
        fields = form.ui.get("fields", {})
        if prefix == form.prefix and name in fields:
            named = fields[name].get("values", {}).get(value)
        elif prefix == "nominee" and "nominees" in fields:
            named = fields["nominees"].get("fields", {}).get(name, {}).get("values", {}).get(value)
        else:
            continue
        if named:
            return Text.read(named)
    return Text(value)


def days_left(calendar: WorkingDays, due: datetime | None, now: datetime) -> int | None:
    """Working days until a deadline: 0 today, negative when it has passed."""
    if due is None:
        return None
    if due < now and local_day(due) == local_day(now):
        return -1
    return calendar.between(local_day(now), local_day(due))
