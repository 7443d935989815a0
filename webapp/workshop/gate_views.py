"""The check before publishing: a checklist that fills while one watches, with each finding led to its place."""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from webapp.account.session import current_actor, requires
from webapp.layout import database
from webapp.layout.headers import EDITOR_POLICY
from webapp.workshop import words
from workflows.operations import gating as acts
from workflows.queries import gating as query
from workflows.queries import workshop

blueprint = Blueprint("gated", __name__, template_folder="templates", url_prefix="/workshop/drafts/<int:draft>/gate")
STATES = {
    "waiting": (lazy_gettext("waits"), "clock"),
    "running": (lazy_gettext("is running"), "hourglass"),
    "passed": (lazy_gettext("passed"), "circle-check"),
    "warned": (lazy_gettext("passed, with remarks"), "alert-triangle"),
    "failed": (lazy_gettext("failed"), "circle-x"),
    "skipped": (lazy_gettext("not run"), "circle-minus"),
}


@blueprint.get("")
@requires("definition.edit")
def gate(draft: int) -> ResponseReturnValue:
    """The check of a draft as its files stand now."""
    db, actor = database(), current_actor()
    page = query.check_of(db, actor, draft)
    seen = request.headers.get("HX-Request")
    if seen and not page.under_way:
        answer = make_response("")
        answer.headers["HX-Refresh"] = "true"
        return answer
    answer = make_response(
        render_template(
            "workshop/gate.html",
            page=page,
            row=workshop.draft(db, actor, draft).row,
            words=words,
            states=STATES,
        )
    )
    answer.headers["Content-Security-Policy"] = EDITOR_POLICY
    return answer


@blueprint.post("")
@requires("definition.edit")
def ask(draft: int) -> ResponseReturnValue:
    """Have the draft checked."""
    acts.ask(database(), current_actor(), draft)
    return redirect(url_for(".gate", draft=draft), 303)


@blueprint.post("/stop")
@requires("definition.edit")
def stop(draft: int) -> ResponseReturnValue:
    """End the check that is under way."""
    acts.stop(database(), current_actor(), draft)
    return redirect(url_for(".gate", draft=draft), 303)
