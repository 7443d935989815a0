"""The trace of one instance: its steps, its diagrams, and whether its history is whole."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from webapp.account.session import current_actor, requires
from webapp.layout import database
from workflows.queries import clock
from workflows.queries import trace as query

blueprint = Blueprint("audit", __name__, template_folder="templates")


@blueprint.get("/trace/<number>")
@requires()
def trace(number: str) -> ResponseReturnValue:
    """The path of one dossier or round; technical events are folded away until they are asked for."""
    page = query.trace(database(), current_actor(), number)
    technical = "technical" in request.args
    return render_template(
        "audit/trace.html",
        trace=page,
        technical=technical,
        steps=[step for step in page.steps if technical or not step.technical],
        hidden=sum(step.technical for step in page.steps),
        now=clock.clock(database()).now,
    )


@blueprint.get("/trace/<number>/diagrams/<process>.bpmn")
@requires()
def diagram(number: str, process: str) -> ResponseReturnValue:
    """The diagram an instance runs on, in the version it is pinned to."""
    return Response(query.diagram_xml(database(), current_actor(), number, process), mimetype="application/xml")
