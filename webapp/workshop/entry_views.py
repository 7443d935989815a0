"""Tables of a draft that are no decisions: parameters, working days, stages; one form for each entry."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp.account.session import current_actor, requires
from webapp.layout import database
from webapp.layout.refusals import kind_of, sentence
from webapp.workshop import words
from workflows.domain.days import day_asked
from workflows.domain.errors import DomainError, InvalidInput, InvalidState
from workflows.operations import draft_entries as acts
from workflows.queries import draft_entries as query
from workflows.queries import workshop

blueprint = Blueprint(
    "entries", __name__, template_folder="templates", url_prefix="/workshop/drafts/<int:draft>/entries"
)


@blueprint.get("/")
@requires("definition.edit")
def entries(draft: int) -> ResponseReturnValue:
    """Parameters of the authority, the calendar of a year, the stages of the movements."""
    return _entries(draft)


@blueprint.post("/parameter")
@requires("definition.edit")
def parameter(draft: int) -> ResponseReturnValue:
    """Choose another value of a parameter."""
    asked = request.form
    try:
        acts.set_parameter(
            database(), current_actor(), draft, asked.get("name", ""), asked.get("value", ""), asked.get("reason", "")
        )
    except (InvalidInput, InvalidState) as refusal:
        return _entries(draft, refusal), kind_of(refusal).status
    return _kept(draft, "parameters")


@blueprint.post("/day")
@requires("definition.edit")
def day(draft: int) -> ResponseReturnValue:
    """Make a day a day off or a working day."""
    asked = request.form
    try:
        acts.set_day(
            database(),
            current_actor(),
            draft,
            day_asked(asked.get("day", "")),
            working=asked.get("kind") == "working",
            reason=asked.get("reason", ""),
        )
    except (InvalidInput, InvalidState) as refusal:
        return _entries(draft, refusal), kind_of(refusal).status
    return _kept(draft, "calendar")


@blueprint.post("/stage")
@requires("definition.edit")
def stage(draft: int) -> ResponseReturnValue:
    """Date a stage of a movement otherwise."""
    asked = request.form
    try:
        days = query.Days(*(day_asked(asked.get(name, "")) for name in ("begins", "ends", "submit_by")))
        movement, key = asked.get("movement", ""), asked.get("stage", "")
        acts.set_stage(database(), current_actor(), draft, movement, key, days, asked.get("reason", ""))
    except (InvalidInput, InvalidState) as refusal:
        return _entries(draft, refusal), kind_of(refusal).status
    return _kept(draft, "stages")


def _kept(draft: int, part: str) -> ResponseReturnValue:
    flash(gettext("The entry is changed in the draft, with its reason."))
    return redirect(url_for(".entries", draft=draft, _anchor=part), 303)


def _entries(draft: int, refusal: DomainError | None = None) -> str:
    db, actor = database(), current_actor()
    return render_template(
        "workshop/entries.html",
        row=workshop.draft(db, actor, draft).row,
        page=query.entries(db, actor, draft, request.args.get("year", type=int)),
        words=words,
        said=sentence(refusal) if refusal else "",
        asked=request.form,
        part=request.path.rsplit("/", 1)[-1],
    )
