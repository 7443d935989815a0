"""How the pages of accounts say acts, entries and values; unknown ones are shown as they are kept."""

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext, lazy_gettext

from webapp.layout.language import say
from webapp.layout.words import day
from workflows.domain.text import Text

ACTS: Mapping[tuple[str, str], object] = {
    ("person", "entered"): lazy_gettext("Person entered"),
    ("person", "changed"): lazy_gettext("Person changed"),
    ("person", "locked"): lazy_gettext("Account locked"),
    ("person", "unlocked"): lazy_gettext("Account unlocked"),
    ("person", "password_reset"): lazy_gettext("One-time password given"),
    ("person", "password_changed"): lazy_gettext("Own password changed"),
    ("unit", "entered"): lazy_gettext("Unit opened"),
    ("unit", "changed"): lazy_gettext("Unit changed"),
    ("unit", "ended"): lazy_gettext("Unit ended"),
}
ENTRIES: Mapping[str, object] = {
    "name": lazy_gettext("Name"),
    "title": lazy_gettext("Position"),
    "unit": lazy_gettext("Unit"),
    "email": lazy_gettext("Mail address"),
    "groups": lazy_gettext("Groups"),
    "kind": lazy_gettext("Kind of unit"),
    "has_seal": lazy_gettext("Own seal"),
    "head": lazy_gettext("Head of the unit"),
    "successor": lazy_gettext("Taken over by"),
    "last_day": lazy_gettext("Last day"),
}
KINDS: Mapping[str, object] = {
    "division": lazy_gettext("Division of the Department"),
    "office": lazy_gettext("Office of the Department"),
    "affiliated": lazy_gettext("Affiliated unit"),
}
RIGHTS: Mapping[str, object] = {
    "task.work": lazy_gettext("does tasks"),
    "dossier.open": lazy_gettext("opens dossiers"),
    "dossier.withdraw": lazy_gettext("withdraws dossiers"),
    "dossier.read_all": lazy_gettext("reads all dossiers"),
    "dossier.read_sent": lazy_gettext("reads dossiers sent to it"),
    "dossier.suspend": lazy_gettext("suspends dossiers"),
    "award.read": lazy_gettext("reads the register of awards"),
    "letter.enter": lazy_gettext("enters letters"),
    "round.open": lazy_gettext("opens review rounds"),
    "movement.lead": lazy_gettext("leads movements"),
    "substitute.manage": lazy_gettext("names substitutes"),
    "task.hand_over": lazy_gettext("hands tasks over"),
    "history.verify": lazy_gettext("checks the history"),
    "instance.intervene": lazy_gettext("moves running matters to another version"),
    "incident.retry": lazy_gettext("has incidents tried again"),
    "definition.edit": lazy_gettext("changes the procedure in drafts"),
    "definition.approve": lazy_gettext("approves versions of the procedure that others drafted"),
    "account.manage": lazy_gettext("manages accounts"),
    "account.history": lazy_gettext("reads the history of accounts"),
}


def act(about: str, done: str) -> str:
    """What was done."""
    return str(ACTS.get((about, done), done))


def entry(name: str) -> str:
    """The label of an entry."""
    return str(ENTRIES.get(name, name))


def value(name: str, said: Text) -> str:
    """A value of an entry as people say it."""
    if name == "kind":
        return str(KINDS.get(said.vi, said.vi))
    if name == "has_seal":
        return str(gettext("yes") if said.vi == "True" else gettext("no"))
    if name == "last_day":
        return str(day(date.fromisoformat(said.vi)))
    return str(say(said))


def right(permission: str) -> str:
    """What a permission allows."""
    return str(RIGHTS.get(permission, permission))
