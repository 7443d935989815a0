"""«Which way will this dossier go?»: a subject, an award, a type and a day, answered by the diagrams and tables."""

from itertools import groupby

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from webapp.account.session import current_actor, requires
from webapp.layout import database
from webapp.layout.refusals import sentence
from workflows.domain.calendar import local_day
from workflows.domain.days import day_asked
from workflows.domain.errors import DomainError, InvalidInput
from workflows.queries import clock, dossiers, movements, routes

blueprint = Blueprint("ways", __name__, template_folder="templates", url_prefix="/movements/<key>/way")

SUBJECTS = {
    "person": lazy_gettext("A person"),
    "collective": lazy_gettext("A collective"),
    "household": lazy_gettext("A household"),
}


MARKS = {
    "V": lazy_gettext("text read"),
    "K": lazy_gettext("text not compared yet"),
    "D": lazy_gettext("set by the Department"),
}
"""How sure a citation is."""


@blueprint.get("/")
@requires()
def way(key: str) -> ResponseReturnValue:
    """The questions and, once they are answered, the way."""
    plan = movements.movement(database(), key)
    now = clock.clock(database()).now
    written = request.args.get("on", "").strip()
    found, said = None, ""
    if "award_form" in request.args:
        try:
            found = routes.route(
                database(),
                routes.Asked(
                    key,
                    request.args.get("kind", ""),
                    request.args.get("award_form", ""),
                    request.args.get("subject", ""),
                    day_asked(written) if written else local_day(now),
                ),
            )
        except InvalidInput as refusal:
            said = sentence(refusal)
    page = render_template(
        "movements/way.html",
        plan=plan,
        found=found,
        stopped=sentence(found.stopped)
        if found and isinstance(found.stopped, DomainError)
        else found and found.stopped,
        parts=[(name, list(steps)) for name, steps in groupby(found.steps, lambda step: step.process)] if found else [],
        said=said,
        subjects=SUBJECTS,
        marks=MARKS,
        choices=dossiers.choices(database(), current_actor()),
        asked=request.args,
        on=written or f"{local_day(now):%d/%m/%Y}",
    )
    return page, 422 if said else 200


@blueprint.get("/<process>.bpmn")
@requires()
def diagram(key: str, process: str) -> ResponseReturnValue:
    """A diagram of the procedure in force."""
    movements.movement(database(), key)
    return Response(routes.diagram_of(database(), process), mimetype="application/xml")
