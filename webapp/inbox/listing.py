"""What the address of the inbox asks for, and the same address with one thing changed; it reads no database."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import request, url_for
from flask_babel import gettext, lazy_gettext

from webapp.layout.language import say
from workflows.domain.actor import Actor
from workflows.queries.inbox import SORTS
from workflows.queries.inbox_filters import QUEUES as KNOWN
from workflows.queries.inbox_filters import Filters
from workflows.queries.rows import Choices

QUEUES = {
    "mine": lazy_gettext("Mine"),
    "pool": lazy_gettext("Nobody's yet"),
    "followed": lazy_gettext("Look again later"),
    "others": lazy_gettext("Others'"),
    "done": lazy_gettext("Done"),
}
CHOOSING = frozenset({"mine", "pool", "others"})
"""Lists whose tasks can be chosen for one act on several."""
DUE = {
    "overdue": lazy_gettext("Overdue"),
    "today": lazy_gettext("Today"),
    "week": lazy_gettext("This week"),
    "later": lazy_gettext("Later"),
}
NAMES = {
    "award_form": lazy_gettext("Award"),
    "kind": lazy_gettext("Type"),
    "unit": lazy_gettext("Unit"),
    "step": lazy_gettext("Step"),
    "due": lazy_gettext("Due"),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter that is on: its words, and the address without it."""

    words: str
    without: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the list; `values` are the words of the address, without those that say nothing."""

    queue: str
    filters: Filters
    sort: str
    falling: bool
    page: int
    values: Mapping[str, str]

    def address(self, **changed: str | None) -> str:
        """The address of this list with something changed; None takes it out. It begins at the first page again."""
        values: dict[str, Any] = {**self.values, **changed}
        return url_for("inbox.inbox", **{name: value for name, value in values.items() if value})

    def sorted_by(self, sort: str) -> str:
        """The address sorted by a column, and the other way round if it is so already."""
        turned = "1" if self.sort == sort and not self.falling else None
        return self.address(sort=sort, falling=turned)

    def chips(self, choices: Choices) -> list[Chip]:
        """The filters that are on."""
        found = []
        if self.filters.search:
            found.append(Chip(gettext("Contains «%(search)s»", search=self.filters.search), self.address(q=None)))
        for name, label in NAMES.items():
            if value := getattr(self.filters, name):
                words = DUE.get(value, value) if name == "due" else say(dict(choices.get(name, ())).get(value, value))
                found.append(Chip(f"{label}: {words}", self.address(**{name: None})))
        return found


def queues(actor: Actor) -> Mapping[str, object]:
    """The lists that this person has: others' tasks are for those who may give them to somebody else."""
    return {key: name for key, name in QUEUES.items() if key != "others" or actor.may("task.hand_over")}


def asked() -> Asked:
    """What this request asks of the list; a word that means nothing is left out."""
    given = {name: value.strip() for name, value in request.args.items() if value.strip()}
    queue = given.get("queue", "mine")
    queue = queue if queue in KNOWN else "mine"
    filters = Filters(given.get("q"), *(given.get(name) for name in ("award_form", "kind", "unit", "step")))
    filters = replace(filters, due=given.get("due") if given.get("due") in DUE else None)
    sort = given["sort"] if given.get("sort") in SORTS else "due"
    values = {name: value for name, value in given.items() if name in {"q", *NAMES, "sort", "falling"}}
    return Asked(
        queue,
        filters,
        sort,
        "falling" in given,
        max(1, request.args.get("page", 1, type=int)),
        {"queue": queue, **values},
    )
