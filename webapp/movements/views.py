"""The list of movements and the plan of one, paragraph beside what carries it out."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from webapp.account.session import public
from webapp.layout import database
from webapp.layout.language import say
from workflows.queries import movements as query

blueprint = Blueprint("movements", __name__, template_folder="templates")

NUMBERED = re.compile(r"[IVX]+\. ")
PARTS = {
    "targets": (lazy_gettext("Target group of a nominee"), "users"),
    "contents": (lazy_gettext("Content of the movement, chosen for each nominee"), "forms"),
    "award_forms": (lazy_gettext("Award form"), "award"),
    "standards": (lazy_gettext("Standard, checked at the appraisal"), "list-check"),
}
KINDS = {
    "form": (lazy_gettext("Form"), "forms"),
    "diagram": (lazy_gettext("Diagram"), "sitemap"),
    "rule": (lazy_gettext("Rule table"), "table"),
    "page": (lazy_gettext("Page of the movement"), "list-check"),
    "outside": (lazy_gettext("Outside this system"), "speakerphone"),
}
PLACES = {
    "units": "leading.board",
    "documents": "sent.documents",
    "examples": "examples.examples",
    "reports": "leading.figures",
    "way": "ways.way",
}
"""The pages that carry a paragraph out; others are parts of the plan's own page."""
STAGE_STATES = {
    "over": lazy_gettext("over"),
    "running": lazy_gettext("running now"),
    "ahead": lazy_gettext("not begun"),
}


@dataclass(frozen=True, slots=True)
class Carrier:
    """One thing that carries out a paragraph of the plan."""

    kind: object
    icon: str
    title: str
    note: str = ""
    link: str = ""


@blueprint.get("/movements")
@public
def movements() -> ResponseReturnValue:
    """All movements."""
    return render_template("movements/list.html", rows=query.movements(database()))


@blueprint.get("/plan")
@public
def plan() -> ResponseReturnValue:
    """The plan, where there is one; else the list to choose from."""
    found = query.movements(database())
    return redirect(url_for(".movement", key=found[0].key) if len(found) == 1 else url_for(".movements"))


@blueprint.get("/movements/<key>")
@public
def movement(key: str) -> ResponseReturnValue:
    """One movement: its stages and its plan."""
    told = query.movement(database(), key)
    parts = [each for each in told.get("text", ()) if each["as"] == "heading" and NUMBERED.match(each["text"])]
    return render_template(
        "movements/movement.html",
        plan=told,
        parts=parts,
        carriers=carriers(told),
        stages=query.stages(database(), key),
        states=STAGE_STATES,
    )


def carriers(plan: Mapping[str, Any]) -> Mapping[str, list[Carrier]]:
    """What carries out each paragraph, by the paragraph's id."""
    found: defaultdict[str, list[Carrier]] = defaultdict(list)
    for part, (kind, icon) in PARTS.items():
        for each in plan.get(part, ()):
            code = str(each.get("key", "")) if part != "award_forms" else ""
            found[str(each.get("paragraph", ""))].append(Carrier(kind, icon, say(each.get("title")), code))
    for each in plan.get("carried", ()):
        kind, icon = KINDS.get(str(each["kind"]), KINDS["diagram"])
        carrier = Carrier(kind, icon, say(each["title"]), link=_link(plan, each))
        for paragraph in each["paragraphs"]:
            found[str(paragraph)].append(carrier)
    return found


def _link(plan: Mapping[str, Any], told: Mapping[str, Any]) -> str:
    if told["kind"] != "page":
        return ""
    place = PLACES.get(str(told["of"]))
    return url_for(place, key=plan["key"]) if place else f"#{told['of']}"
