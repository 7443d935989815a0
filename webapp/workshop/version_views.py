"""Deployed versions: what each holds, why, who approved it, how much runs on it; as a ZIP, and rolled back to."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp.account.session import current_actor, requires
from webapp.layout import database
from webapp.layout.refusals import kind_of, sentence
from webapp.workshop import words
from workflows.domain.errors import DomainError, InvalidInput, InvalidState
from workflows.operations import publishing as acts
from workflows.queries import workshop as query

blueprint = Blueprint("versions", __name__, template_folder="templates")


@blueprint.get("/versions/<int:number>")
@requires("definition.edit")
def version(number: int) -> ResponseReturnValue:
    """One deployed version."""
    return _version(number)


@blueprint.post("/versions/<int:number>/roll-back")
@requires("definition.approve")
def roll_back(number: int) -> ResponseReturnValue:
    """Put the content of an earlier version in force again, in one act, with the reason."""
    try:
        made = acts.roll_back(database(), current_actor(), number, request.form.get("reason", ""))
    except (InvalidInput, InvalidState) as refusal:
        return _version(number, refusal), kind_of(refusal).status
    flash(gettext("Version %(made)s is in force; it has the content of version %(number)s.", made=made, number=number))
    return redirect(url_for(".version", number=made), 303)


@blueprint.get("/versions/<int:number>/bundle.zip")
@requires("definition.edit")
def download(number: int) -> ResponseReturnValue:
    """A version as a ZIP of its folder."""
    row, _ = query.version(database(), current_actor(), number)
    return _zip(query.packed_version(database(), current_actor(), number), f"{row.version}-{row.sha256[:12]}")


@blueprint.get("/workshop/drafts/<int:draft>/bundle.zip")
@requires("definition.edit")
def download_draft(draft: int) -> ResponseReturnValue:
    """A draft as a ZIP of its folder."""
    return _zip(query.packed_draft(database(), current_actor(), draft), f"draft-{draft}")


@blueprint.post("/workshop/drafts/<int:draft>/bundle.zip")
@requires("definition.edit")
def upload(draft: int) -> ResponseReturnValue:
    """Make a draft hold what a ZIP holds."""
    sent = request.files.get("bundle")
    if sent is None or not sent.filename:
        raise InvalidInput({"/bundle": "This must be filled in."}, why="choose the ZIP of a bundle")
    changed = acts.import_zip(database(), current_actor(), draft, sent.read())
    flash(gettext("The draft now holds what the ZIP holds; %(number)s files changed.", number=changed))
    return redirect(url_for("workshop.draft", draft=draft), 303)


def _version(number: int, refusal: DomainError | None = None) -> str:
    db, actor = database(), current_actor()
    row, bundle = query.version(db, actor, number)
    return render_template(
        "workshop/version.html",
        row=row,
        bundle=bundle,
        versions=[each.version for each in query.versions(db, actor)],
        words=words,
        said=sentence(refusal) if refusal else "",
        asked=request.form,
    )


def _zip(content: bytes, name: str) -> ResponseReturnValue:
    answer = make_response(content)
    answer.headers["Content-Type"] = "application/zip"
    answer.headers["Content-Disposition"] = f'attachment; filename="commendation-{name}.zip"'
    return answer
