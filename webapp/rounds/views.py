"""The list of review rounds, a new one, and one page for each."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp.account.session import current_actor, requires
from webapp.layout import database
from webapp.layout.refusals import sentence
from workflows.domain.errors import InvalidInput
from workflows.operations import rounds as acts
from workflows.queries import clock, meeting
from workflows.queries import rounds as query
from workflows.queries.personal import exclusions

blueprint = Blueprint("rounds", __name__, template_folder="templates")


@blueprint.get("/rounds")
@requires()
def rounds() -> ResponseReturnValue:
    """The rounds this person may see."""
    search, number = request.args.get("q", "").strip(), max(1, request.args.get("page", 1, type=int))
    rows = query.rounds(database(), current_actor(), search=search or None, page=number)
    return render_template("rounds/list.html", rows=rows, search=search)


@blueprint.get("/rounds/new")
@requires("round.open")
def new() -> ResponseReturnValue:
    """What a new round is for."""
    return render_template("rounds/new.html", choices=query.choices(database(), current_actor()), chosen={}, said="")


@blueprint.post("/rounds/new")
@requires("round.open")
def open_round() -> ResponseReturnValue:
    """Begin a round."""
    wanted = {name: request.form.get(name, "").strip() for name in ("movement", "award_form", "title")}
    actor = current_actor()
    try:
        number = acts.open_round(database(), actor, **wanted)
    except InvalidInput as refusal:
        choices = query.choices(database(), actor)
        return render_template("rounds/new.html", choices=choices, chosen=wanted, said=sentence(refusal)), 422
    flash(gettext("%(number)s is opened.", number=number))
    return redirect(url_for(".round_page", number=number), 303)


@blueprint.get("/rounds/<number>/side-by-side")
@requires()
def beside(number: str) -> ResponseReturnValue:
    """Two to four lines of a round, one beside the other."""
    chosen = request.args.getlist("line", type=int)
    page = query.round_page(database(), current_actor(), number)
    return render_template(
        "rounds/beside.html", round=page, lines=meeting.side_by_side(database(), current_actor(), number, chosen)
    )


@blueprint.get("/rounds/<number>")
@requires()
def round_page(number: str) -> ResponseReturnValue:
    """One round: its dossiers, its lines, how far the vote is."""
    page = query.round_page(database(), current_actor(), number)
    aside = exclusions(database(), current_actor(), number)
    return render_template("rounds/round.html", round=page, aside=aside, now=clock.clock(database()).now)
