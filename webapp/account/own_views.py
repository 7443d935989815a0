"""The own account: password, sessions, language; whoever signed in with a one-time password comes here first."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from webapp.account.devices import device
from webapp.account.session import SIGNED_IN, current_actor, requires, token
from webapp.layout import database
from webapp.layout.refusals import kind_of, sentence
from workflows.domain.errors import DomainError
from workflows.operations import own_account as acts
from workflows.operations.passwords import SHORTEST
from workflows.queries.own_account import own_account

blueprint = Blueprint("own", __name__, template_folder="templates")


@blueprint.get("/account")
@requires(SIGNED_IN)
def account() -> ResponseReturnValue:
    """Password, sessions and language."""
    return _account()


@blueprint.post("/account/password")
@requires(SIGNED_IN)
def change_password() -> ResponseReturnValue:
    """Choose another password."""
    old, new, again = (request.form.get(name, "") for name in ("old", "new", "again"))
    try:
        acts.change_password(database(), current_actor(), token() or "", request.remote_addr or "", (old, new, again))
    except DomainError as refusal:
        return _account(refusal), kind_of(refusal).status
    flash(gettext("Your password is changed. Your other sessions have ended."))
    return redirect(url_for(".account"), 303)


@blueprint.post("/account/sessions/<int:session>/end")
@requires(SIGNED_IN)
def end_session(session: int) -> ResponseReturnValue:
    """End one other session."""
    acts.end_session(database(), current_actor(), session)
    flash(gettext("The session has ended."))
    return redirect(url_for(".account"), 303)


@blueprint.post("/account/sessions/end-others")
@requires(SIGNED_IN)
def end_other_sessions() -> ResponseReturnValue:
    """End every session but this one."""
    ended = acts.end_other_sessions(database(), current_actor(), token() or "")
    flash(ngettext("%(num)s session has ended.", "%(num)s sessions have ended.", ended))
    return redirect(url_for(".account"), 303)


def _account(refusal: DomainError | None = None) -> str:
    return render_template(
        "account/own.html",
        own=own_account(database(), current_actor(), token() or ""),
        said=sentence(refusal) if refusal else "",
        wrong=getattr(refusal, "fields", {}),
        least=SHORTEST,
        device=device,
    )
