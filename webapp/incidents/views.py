"""The list of stopped instances, and trying one again."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp.account.session import current_actor, requires
from webapp.layout import database
from workflows.operations import incidents as acts
from workflows.queries import incidents as query

blueprint = Blueprint("incidents", __name__, template_folder="templates")


@blueprint.get("/incidents")
@requires("incident.retry")
def incidents() -> ResponseReturnValue:
    """What stopped, longest first."""
    return render_template("incidents/list.html", rows=query.incidents(database(), current_actor()))


@blueprint.post("/incidents/<number>/retry")
@requires("incident.retry")
def retry(number: str) -> ResponseReturnValue:
    """Try the step that stopped once more."""
    acts.retry(database(), current_actor(), number)
    flash(
        gettext(
            "The step of %(number)s was tried again. If it stopped once more, it is still listed here.", number=number
        )
    )
    return redirect(url_for(".incidents"), 303)
