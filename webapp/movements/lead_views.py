"""Leading a movement: the board of its units with launch and urging on, and its figures."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext, ngettext

from webapp.account.session import current_actor, requires
from webapp.layout import database
from webapp.layout.language import say
from webapp.layout.words import Status, day
from webapp.movements import charts
from workflows.operations import participations
from workflows.queries import follow_up, reports
from workflows.queries.follow_up import Board, UnitRow

blueprint = Blueprint("leading", __name__, template_folder="templates", url_prefix="/movements/<key>")

STATES = {
    "unlaunched": Status(lazy_gettext("Plan not sent yet"), "circle-minus"),
    "unconfirmed": Status(lazy_gettext("Launch not confirmed"), "hourglass"),
    "nothing": Status(lazy_gettext("Nothing yet"), "circle-dashed"),
    "drafting": Status(lazy_gettext("Drafting"), "pencil"),
    "returned": Status(lazy_gettext("Returned for completion"), "arrow-back-up"),
    "submitted": Status(lazy_gettext("Handed in"), "check"),
}
CSS = {
    "unconfirmed": "st-tra-lai",
    "returned": "st-tra-lai",
    "drafting": "st-da-tiep-nhan",
    "submitted": "st-da-khen",
    "nothing": "st-khong-dat",
}
TABLES = {
    "unit": lazy_gettext("By unit"),
    "award_form": lazy_gettext("By award"),
    "kind": lazy_gettext("By kind of nominee"),
    "target": lazy_gettext("By target group of the plan"),
    "content": lazy_gettext("By content of the plan"),
    "staff_class": lazy_gettext("By class of staff"),
}
FILTERS = {
    "unit": lazy_gettext("Every unit"),
    "award_form": lazy_gettext("Every award"),
    "type": lazy_gettext("Every type"),
    "target": lazy_gettext("Every target group"),
    "content": lazy_gettext("Every content"),
    "kind": lazy_gettext("Every kind of nominee"),
}


@blueprint.get("/units")
@requires("dossier.read_all")
def board(key: str) -> ResponseReturnValue:
    """Where each unit stands."""
    found = follow_up.board(database(), current_actor(), key)
    wanted = request.args.get("state")
    rows = [row for row in found.rows if wanted in (None, row.state)]
    return render_template(
        "movements/board.html",
        board=found,
        rows=rows,
        wanted=wanted,
        states=STATES,
        css=CSS,
        letters={row.unit: letter(found, row) for row in rows if row.number},
        leads=current_actor().may("movement.lead"),
    )


@blueprint.post("/launch")
@requires("movement.lead")
def launch(key: str) -> ResponseReturnValue:
    """Send the plan to the units that do not have it."""
    opened = participations.launch_movement(database(), current_actor(), key)
    flash(
        ngettext("The plan was sent to %(num)s unit.", "The plan was sent to %(num)s units.", len(opened))
        if opened
        else gettext("Every unit has the plan already.")
    )
    return redirect(url_for(".board", key=key), 303)


@blueprint.post("/units/<unit>/urge")
@requires("movement.lead")
def urge(key: str, unit: str) -> ResponseReturnValue:
    """Send a unit the letter."""
    told = participations.urge(database(), current_actor(), key, unit, request.form.get("text", ""))
    flash(ngettext("The letter went to %(num)s person.", "The letter went to %(num)s people.", told))
    return redirect(url_for(".board", key=key), 303)


@blueprint.get("/reports")
@requires("dossier.read_all")
def figures(key: str) -> ResponseReturnValue:
    """The figures of the movement, narrowed by what stands in the address."""
    asked = {name: request.args.get(name, "").strip() for name in FILTERS}
    found = reports.report(database(), current_actor(), key, reports.Narrowed(**asked))
    return render_template(
        "movements/reports.html",
        report=found,
        tables=TABLES,
        filters=FILTERS,
        asked=asked,
        awards=_awards_chart(found),
        days=_days_chart(found),
    )


def _awards_chart(found: reports.Report) -> charts.Chart:
    rows = [(row.name, row.counts) for row in found.awards]
    told = "; ".join(f"{name}: {sum(counts)}" for name, counts in rows)
    summary = gettext("Awards by unit and form. %(rows)s.", rows=told)
    return charts.chart(rows, series=[say(form) for form in found.forms], summary=summary)


def _days_chart(found: reports.Report) -> charts.Chart:
    rows = [(say(row.title), (row.days,)) for row in found.bodies]
    told = "; ".join(f"{name}: {days:.1f}" for name, (days,) in rows)
    summary = gettext("Working days a task takes on average, by body. %(rows)s.", rows=told)
    return charts.chart(rows, summary=summary, digits=1)


def letter(board: Board, row: UnitRow) -> str:
    """The letter that urges a unit on, as it is proposed; the office may write it anew."""
    asked = {
        "unconfirmed": gettext("confirm that the plan was made known to the staff"),
        "returned": gettext("complete the dossiers that were returned"),
        "drafting": gettext("hand in the dossiers that are being drafted"),
    }.get(row.state, gettext("nominate those who deserve it, or report that there is nobody"))
    until = gettext(" by %(day)s", day=day(board.stage.submit_by)) if board.stage else ""
    words: str = gettext(
        "To %(unit)s.\nIn the movement «%(movement)s» the Department's office asks the unit to %(asked)s%(until)s.",
        unit=row.name,
        movement=say(board.title),
        asked=asked,
        until=until,
    )
    return words
