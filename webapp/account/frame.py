"""What the frame of each page shows: the person, counts, the demo's strip, where one can go."""

from dataclasses import dataclass

from flask import Flask, g
from flask_babel import lazy_gettext

from webapp.layout import database
from workflows.domain.actor import Actor
from workflows.queries import accounts, clock


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the main navigation."""

    endpoint: str
    words: object
    any_of: frozenset[str]


READERS = frozenset({"task.work", "dossier.read_all"})
PLACES = (
    Place("inbox.inbox", lazy_gettext("Work to do"), frozenset({"task.work"})),
    Place("dossiers.dossiers", lazy_gettext("Dossiers"), READERS),
    Place("rounds.rounds", lazy_gettext("Review rounds"), READERS),
    Place("awards.awards", lazy_gettext("Awards"), frozenset({"award.read"})),
    Place("movements.movements", lazy_gettext("Movements"), frozenset()),
    Place("letters.letters", lazy_gettext("Letters"), frozenset({"letter.enter"})),
    Place("directory.people", lazy_gettext("Accounts"), frozenset({"account.manage"})),
    Place("workshop.home", lazy_gettext("Workshop"), frozenset({"definition.edit"})),
    Place("incidents.incidents", lazy_gettext("Incidents"), frozenset({"incident.retry"})),
)


def places(actor: Actor) -> list[Place]:
    """Where this person can go."""
    return [place for place in PLACES if not place.any_of or any(actor.may(each) for each in place.any_of)]


def frame() -> dict[str, object]:
    """The values that base.html needs; read once in a request."""
    actor = getattr(g, "actor", None)
    counts = accounts.counts(database(), actor) if actor and actor.may("task.work") else None
    return {
        "actor": actor,
        "counts": counts,
        "clock": clock.clock(database()),
        "places": places(actor) if actor else [],
    }


def register(app: Flask) -> None:
    """Give base.html of `app` its values."""
    app.jinja_env.globals["frame"] = frame
