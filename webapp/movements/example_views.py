"""The register of examples of a movement: found without accents, entered by units, recognised by the office."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from webapp.account.session import current_actor, requires
from webapp.layout import database
from webapp.layout.files import file_answer
from webapp.layout.refusals import sentence
from workflows.domain.errors import InvalidInput
from workflows.operations import examples as acts
from workflows.queries import examples as query
from workflows.queries import movements

blueprint = Blueprint("examples", __name__, template_folder="templates", url_prefix="/movements/<key>/examples")

KINDS = {
    "person_or_team": lazy_gettext("Outstanding person or team"),
    "initiative": lazy_gettext("Initiative"),
    "model": lazy_gettext("Model"),
}
STATES = {
    "proposed": (lazy_gettext("Proposed"), "hourglass", "st-da-tiep-nhan"),
    "recognised": (lazy_gettext("Recognised"), "check", "st-da-khen"),
}


@blueprint.get("/")
@requires()
def examples(key: str) -> ResponseReturnValue:
    """The entries this person may see, the latest first."""
    return _page(key)


@blueprint.post("/")
@requires("dossier.open")
def propose(key: str) -> ResponseReturnValue:
    """Enter an example of the own unit."""
    told = {name: request.form.get(name, "") for name in ("kind", "title", "summary")}
    sent = request.files.get("paper")
    proposal = acts.Proposal(
        told["kind"],
        told["title"],
        told["summary"],
        sent.filename or "" if sent else "",
        sent.read() if sent and sent.filename else b"",
    )
    try:
        acts.propose_example(database(), current_actor(), key, proposal)
    except InvalidInput as refusal:
        return _page(key, told=told, said=sentence(refusal)), 422
    flash(gettext("The example is entered. The office sees it and may recognise it."))
    return redirect(url_for(".examples", key=key), 303)


@blueprint.post("/<int:example>/recognise")
@requires("movement.lead")
def recognise(key: str, example: int) -> ResponseReturnValue:
    """Recognise an example, so that every unit sees it."""
    acts.recognise_example(database(), current_actor(), example, request.form.get("ground", ""))
    flash(gettext("The example is recognised; every unit sees it now."))
    return redirect(url_for(".examples", key=key), 303)


@blueprint.get("/<int:example>/paper")
@requires()
def paper(key: str, example: int) -> ResponseReturnValue:
    """The paper that shows an example."""
    movements.movement(database(), key)
    found = query.paper_of(database(), current_actor(), example)
    return file_answer(found.content, found.media_type, found.filename)


def _page(key: str, *, told: dict[str, str] | None = None, said: str = "") -> str:
    actor = current_actor()
    asked = {name: request.args.get(name, "").strip() for name in ("q", "kind", "state")}
    rows = query.register(
        database(),
        actor,
        key,
        search=asked["q"],
        kind=asked["kind"],
        state=asked["state"],
        page=max(1, request.args.get("page", 1, type=int)),
    )
    return render_template(
        "movements/examples.html",
        plan=movements.movement(database(), key),
        rows=rows,
        asked=asked,
        kinds=KINDS,
        states=STATES,
        told=told or {},
        said=said,
        proposes=actor.may("dossier.open") and actor.unit is not None,
        leads=actor.may("movement.lead"),
    )
