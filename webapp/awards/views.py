"""The register of awards: a list to search, without anything to change."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from webapp.account.session import current_actor, requires
from webapp.layout import database
from workflows.queries import awards as query
from workflows.queries.dossiers import choices

blueprint = Blueprint("awards", __name__, template_folder="templates")

STATES = {
    "awarded": (lazy_gettext("In force"), "check"),
    "corrected": (lazy_gettext("Corrected"), "pencil"),
    "revoked": (lazy_gettext("Revoked"), "ban"),
}


@blueprint.get("/awards")
@requires("award.read")
def awards() -> ResponseReturnValue:
    """The awards this person may see, the latest decision first."""
    asked = {name: request.args.get(name, "").strip() for name in ("q", "form", "state")}
    rows = query.register(
        database(),
        current_actor(),
        search=asked["q"],
        form=asked["form"],
        state=asked["state"],
        page=max(1, request.args.get("page", 1, type=int)),
    )
    forms = choices(database(), current_actor()).award_forms
    return render_template("awards/list.html", rows=rows, asked=asked, states=STATES, forms=forms)
