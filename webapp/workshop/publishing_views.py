"""From the page of a draft into the procedure that publishes it, and from its number back to the draft."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp.account.session import current_actor, requires
from webapp.layout import database
from webapp.workshop import words
from workflows.operations import publishing as acts
from workflows.queries import publications
from workflows.queries import workshop as query

blueprint = Blueprint("publishing", __name__, template_folder="templates", url_prefix="/workshop")


@blueprint.get("/drafts/<int:draft>/submit")
@requires("definition.edit")
def submit(draft: int) -> ResponseReturnValue:
    """What happens when a draft is submitted, and where its procedure stands."""
    db, actor = database(), current_actor()
    page = query.draft(db, actor, draft)
    return render_template(
        "workshop/submit.html", row=page.row, page=page, words=words, way=publications.publication(db, actor, draft)
    )


@blueprint.post("/drafts/<int:draft>/submit")
@requires("definition.edit")
def begin(draft: int) -> ResponseReturnValue:
    """Begin the procedure that publishes a draft and go to its first task."""
    number = acts.submit(database(), current_actor(), draft)
    return redirect(url_for(".publication", number=number), 303)


@blueprint.get("/publications/<number>")
@requires("definition.edit")
def publication(number: str) -> ResponseReturnValue:
    """The page of the draft that a publication is about."""
    return redirect(url_for(".submit", draft=publications.draft_of(database(), current_actor(), number)), 303)
