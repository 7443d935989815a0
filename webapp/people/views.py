"""Substitutes, own relatives, and what people do about themselves on a task, a dossier or a round."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp.account.session import current_actor, requires
from webapp.layout import database
from webapp.layout.refusals import kind_of, sentence
from workflows.domain.calendar import local_day
from workflows.domain.days import day_asked
from workflows.domain.errors import InvalidInput
from workflows.operations import blocking, handing, ties
from workflows.operations import substitutes as acts
from workflows.queries import clock
from workflows.queries import personal as query

blueprint = Blueprint("people", __name__, template_folder="templates")


@blueprint.get("/substitutes")
@requires("substitute.manage")
def substitutes() -> ResponseReturnValue:
    """Who acts for whom, and a form for one more."""
    return _substitutes()


@blueprint.post("/substitutes")
@requires("substitute.manage")
def name_substitute() -> ResponseReturnValue:
    """Let somebody act for an absent person."""
    asked = request.form
    try:
        acts.name_substitute(
            database(),
            current_actor(),
            absent=asked.get("absent", ""),
            substitute=asked.get("substitute", ""),
            from_on=day_asked(asked.get("from_on", "")),
            to_on=day_asked(asked.get("to_on", "")),
            reason=asked.get("reason", ""),
        )
    except InvalidInput as refusal:
        return _substitutes(sentence(refusal)), kind_of(refusal).status
    flash(gettext("The substitute is named. The tasks appear in that person's work on these days."))
    return redirect(url_for(".substitutes"), 303)


@blueprint.post("/substitutes/<int:entry>/end")
@requires("substitute.manage")
def end_substitute(entry: int) -> ResponseReturnValue:
    """End a substitution now."""
    acts.end_substitute(database(), current_actor(), entry)
    flash(gettext("The substitution has ended."))
    return redirect(url_for(".substitutes"), 303)


@blueprint.get("/relatives")
@requires("task.work")
def relatives() -> ResponseReturnValue:
    """The own relatives that were declared, and a form for one more."""
    return _relatives()


@blueprint.post("/relatives")
@requires("task.work")
def declare_relative() -> ResponseReturnValue:
    """Declare a relative."""
    asked = request.form
    try:
        ties.declare_relative(
            database(),
            current_actor(),
            name=asked.get("name", ""),
            relation=asked.get("relation", ""),
            citizen_id=asked.get("citizen_id"),
        )
    except InvalidInput as refusal:
        return _relatives(sentence(refusal)), kind_of(refusal).status
    flash(gettext("Your declaration is kept."))
    return redirect(url_for(".relatives"), 303)


@blueprint.post("/relatives/<int:tie>/end")
@requires("task.work")
def end_relative(tie: int) -> ResponseReturnValue:
    """Take a declaration back."""
    ties.end_relative(database(), current_actor(), tie)
    flash(gettext("The declaration is taken back."))
    return redirect(url_for(".relatives"), 303)


@blueprint.post("/tasks/<uuid:task_id>/hand-over")
@requires("task.work")
def hand_over(task_id: UUID) -> ResponseReturnValue:
    """Give a task to somebody else."""
    handing.hand_over(
        database(), current_actor(), str(task_id), request.form.get("to", ""), request.form.get("reason", "")
    )
    flash(gettext("The task is handed over."))
    return redirect(url_for("inbox.inbox"), 303)


@blueprint.post("/tasks/<uuid:task_id>/tie")
@requires("task.work")
def declare_tie(task_id: UUID) -> ResponseReturnValue:
    """Say that one is related to the nominee of a line."""
    line = request.form.get("line", 0, type=int)
    ties.declare_tie(database(), current_actor(), str(task_id), line, request.form.get("relation", ""))
    flash(gettext("Your declaration is kept. What you may still do is shown here."))
    return redirect(url_for("tasks.task", task_id=task_id), 303)


@blueprint.post("/rounds/<number>/recuse")
@requires("task.work")
def recuse(number: str) -> ResponseReturnValue:
    """The chair has a member stand aside."""
    asked = request.form
    line = asked.get("line", 0, type=int)
    ties.recuse(database(), current_actor(), number, asked.get("member", ""), line, asked.get("reason", ""))
    flash(gettext("The decision is kept in the history of the round."))
    return redirect(url_for("rounds.round_page", number=number), 303)


@blueprint.post("/dossiers/<number>/override")
@requires("task.work")
def override(number: str) -> ResponseReturnValue:
    """Let a line go on although a rule bars it."""
    asked = request.form
    line = asked.get("line", 0, type=int)
    blocking.override(database(), current_actor(), number, line, asked.get("rule", ""), asked.get("reason", ""))
    flash(gettext("The line may go on. The reason is kept in the history."))
    return redirect(url_for("dossiers.dossier", number=number), 303)


def _substitutes(said: str = "") -> str:
    today = local_day(clock.clock(database()).now)
    return render_template(
        "people/substitutes.html",
        rows=query.substitutes(database(), today),
        people=query.colleagues(database()),
        said=said,
        asked=request.form,
    )


def _relatives(said: str = "") -> str:
    rows = query.relatives(database(), current_actor())
    return render_template("people/relatives.html", rows=rows, said=said, asked=request.form)
