"""A diagram of another program, looked at and not kept: what runs here, what it lacks, what must be drawn otherwise."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from webapp.account.session import current_actor, requires
from workflows.queries import foreign as query

blueprint = Blueprint("foreign", __name__, template_folder="templates")
VERDICTS = {
    "runs": lazy_gettext("run as they are"),
    "needs": lazy_gettext("lack something"),
    "cannot": lazy_gettext("must be drawn otherwise"),
}
MARKS = {"needs": "changed", "cannot": "removed"}
UNPROCESSABLE = 422


@blueprint.get("/workshop/foreign")
@requires("definition.edit")
def ask() -> ResponseReturnValue:
    """Ask for the file."""
    return _page(None, "")


@blueprint.post("/workshop/foreign")
@requires("definition.edit")
def look() -> ResponseReturnValue:
    """Say what of it would run here."""
    sent = request.files.get("model")
    if sent is None or not sent.filename:
        return _page(None, ""), UNPROCESSABLE
    content = sent.read()
    sent.close()
    report = query.foreign_model(current_actor(), sent.filename[-200:], content)
    if report.refused is not None:
        return _page(report, ""), UNPROCESSABLE
    return _page(report, content.decode("utf-8-sig"))


def _page(report: query.ForeignReport | None, xml: str) -> str:
    elements = [each for process in report.processes for each in process.elements] if report else []
    every = [*elements, *(report.beside if report else ())]
    return render_template(
        "workshop/foreign.html",
        report=report,
        xml=xml if "BPMNDiagram" in xml else "",
        marks={each.id: MARKS[each.verdict] for each in every if each.verdict in MARKS},
        verdicts=VERDICTS,
        means=query.addition_means,
        asked=request.method == "POST",
    )
