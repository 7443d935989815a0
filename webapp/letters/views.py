"""The list of letters of outside bodies that nobody has taken yet."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from webapp.account.session import current_actor, requires
from webapp.layout import database
from workflows.queries import letters as query

blueprint = Blueprint("letters", __name__, template_folder="templates")


@blueprint.get("/letters")
@requires("letter.enter")
def letters() -> ResponseReturnValue:
    """The letters that wait, oldest first."""
    return render_template("letters/list.html", rows=query.letters(database(), current_actor()))
