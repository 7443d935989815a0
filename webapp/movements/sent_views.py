"""The documents of a movement by «Nơi nhận»: to whom each went, and who has received it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from webapp.account.session import current_actor, requires
from webapp.layout import database
from webapp.layout.refusals import sentence
from workflows.domain.calendar import local_day
from workflows.domain.days import day_asked
from workflows.domain.errors import InvalidInput
from workflows.operations import sending
from workflows.queries import clock, movements, sent

blueprint = Blueprint("sent", __name__, template_folder="templates", url_prefix="/movements/<key>/documents")

WAYS = {
    "in_person": lazy_gettext("By hand"),
    "post": lazy_gettext("By post"),
    "mail": lazy_gettext("By e-mail"),
    "network": lazy_gettext("Over the document network"),
    "here": lazy_gettext("In this system"),
}


@blueprint.get("/")
@requires()
def documents(key: str) -> ResponseReturnValue:
    """Every document with its recipients; a unit sees what was sent to it."""
    return _page(key)


@blueprint.post("/")
@requires()
def note(key: str) -> ResponseReturnValue:
    """Write down that a recipient has a document."""
    told = {name: request.form.get(name, "").strip() for name in ("document", "recipient", "on", "way", "receiver")}
    try:
        receipt = sending.Receipt(day_asked(told["on"]), told["way"], told["receiver"])
        sending.note_receipt(database(), current_actor(), key, told["document"], told["recipient"], receipt)
    except InvalidInput as refusal:
        return _page(key, told=told, said=sentence(refusal)), 422
    flash(gettext("It is written down that the document was received."))
    return redirect(url_for(".documents", key=key, _anchor=f"d-{told['document']}"), 303)


def _page(key: str, *, told: dict[str, str] | None = None, said: str = "") -> str:
    actor = current_actor()
    found = sent.documents(database(), actor, key)
    return render_template(
        "movements/documents.html",
        plan=movements.movement(database(), key),
        documents=found,
        ways=WAYS,
        told=told or {},
        said=said,
        today=f"{local_day(clock.clock(database()).now):%d/%m/%Y}",
        for_all=sent.notes_for_all(actor),
        unit=actor.unit if actor.may("dossier.open") else None,
        me=actor.name,
    )
