"""Drafts and versions: the two lists, and the page of one draft with everything it holds and changes."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp.account.session import current_actor, requires
from webapp.layout import database
from webapp.layout.refusals import kind_of, sentence
from webapp.workshop import words
from workflows.domain.errors import DomainError, InvalidInput, InvalidState
from workflows.operations import workshop as acts
from workflows.queries import drafting
from workflows.queries import workshop as query

blueprint = Blueprint("workshop", __name__, template_folder="templates", url_prefix="/workshop")


@blueprint.get("/")
@requires("definition.edit")
def home() -> ResponseReturnValue:
    """The drafts that somebody works on, and the versions."""
    return _home()


@blueprint.post("/drafts")
@requires("definition.edit")
def open_draft() -> ResponseReturnValue:
    """Open a draft over a version."""
    try:
        made = acts.open_draft(
            database(), current_actor(), request.form.get("title", ""), request.form.get("base", type=int)
        )
    except InvalidInput as refusal:
        return _home(refusal), kind_of(refusal).status
    return redirect(url_for(".draft", draft=made), 303)


@blueprint.get("/drafts/<int:draft>/")
@requires("definition.edit")
def draft(draft: int) -> ResponseReturnValue:
    """One draft: its diagrams, tables, forms and papers, what it changes, and what is wrong with it."""
    return _draft(draft)


@blueprint.post("/drafts/<int:draft>/drop")
@requires("definition.edit")
def drop(draft: int) -> ResponseReturnValue:
    """Give up a draft, with the reason."""
    try:
        acts.drop_draft(database(), current_actor(), draft, request.form.get("reason", ""))
    except (InvalidInput, InvalidState) as refusal:
        return _draft(draft, refusal), kind_of(refusal).status
    flash(gettext("The draft is given up; its files can still be read."))
    return redirect(url_for(".home"), 303)


@blueprint.post("/drafts/<int:draft>/rebase")
@requires("definition.edit")
def rebase(draft: int) -> ResponseReturnValue:
    """Lay a draft over the version in force today."""
    try:
        number = acts.rebase_draft(database(), current_actor(), draft)
    except InvalidState as refusal:
        return _draft(draft, refusal), kind_of(refusal).status
    flash(gettext("The draft now lies over version %(number)s.", number=number))
    return redirect(url_for(".draft", draft=draft), 303)


def _home(refusal: DomainError | None = None) -> str:
    db, actor, every = database(), current_actor(), "all" in request.args
    return render_template(
        "workshop/home.html",
        drafts=query.drafts(db, actor, every=every),
        every=every,
        versions=query.versions(db, actor),
        said=sentence(refusal) if refusal else "",
        title=request.form.get("title", ""),
        states=words.DRAFTS,
        in_force=words.VERSIONS,
    )


def _draft(draft: int, refusal: DomainError | None = None) -> str:
    db, actor = database(), current_actor()
    page = query.draft(db, actor, draft)
    return render_template(
        "workshop/draft.html",
        page=page,
        row=page.row,
        found=drafting.check(db, actor, draft, "", None),
        said=sentence(refusal) if refusal else "",
        unreadable=sentence(page.refusal) if page.refusal else "",
        words=words,
        asked=request.form,
        q=request.args.get("q", "").strip(),
        only="changed" in request.args,
    )
