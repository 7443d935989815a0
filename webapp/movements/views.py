"""The list of movements and the plan of one, paragraph beside what carries it out."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template
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
    "board": (lazy_gettext("Follow-up"), "list-check"),
}


@dataclass(frozen=True, slots=True)
class Carrier:
    """One thing that carries out a paragraph of the plan."""

    kind: object
    icon: str
    title: str
    note: str = ""


@blueprint.get("/movements")
@public
def movements() -> ResponseReturnValue:
    """All movements."""
    return render_template("movements/list.html", rows=query.movements(database()))


@blueprint.get("/movements/<key>")
@public
def movement(key: str) -> ResponseReturnValue:
    """One movement: its stages and its plan."""
    plan = query.movement(database(), key)
    parts = [each for each in plan.get("text", ()) if each["as"] == "heading" and NUMBERED.match(each["text"])]
    return render_template(
        "movements/movement.html",
        plan=plan,
        parts=parts,
        carriers=carriers(plan),
    )


def carriers(plan: Mapping[str, Any]) -> Mapping[str, list[Carrier]]:
    """What carries out each paragraph, by the paragraph's id."""
    found: defaultdict[str, list[Carrier]] = defaultdict(list)
    for part, (kind, icon) in PARTS.items():
        for each in plan.get(part, ()):
            code = str(each.get("key", "")) if part != "award_forms" else ""
            found[str(each.get("paragraph", ""))].append(Carrier(kind, icon, say(each.get("title")), code))
    for paragraph in plan.get("text", ()):
        for each in paragraph.get("carried_by", ()):
            kind, icon = KINDS.get(str(each.get("kind")), KINDS["diagram"])
            found[str(paragraph["id"])].append(Carrier(kind, icon, say(each.get("title")), say(each.get("note"))))
    return found
