"""Refusals as pages: what happened, to what, what to do; typed text is shown again, a traceback never."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from webapp.layout.addresses import own
from webapp.layout.language import say
from webapp.layout.words import stamp
from workflows.domain.errors import (
    DefinitionRejected,
    DomainError,
    InvalidInput,
    InvalidState,
    NotAllowed,
    NotFound,
)
from workflows.domain.text import Text
from workflows.store.session import DatabaseUnavailable

SECRETS = frozenset({"csrf_token", "password", "old", "new", "again"})
MOST_SHOWN = 20_000
UNAVAILABLE = 503
SIGNED_OUT = 401


@dataclass(frozen=True, slots=True)
class Refusal:
    """How one kind of refusal is answered."""

    status: int
    title: object
    advice: object


KINDS: Mapping[type[Exception], Refusal] = {
    NotFound: Refusal(
        404,
        lazy_gettext("Nothing is found here"),
        lazy_gettext(
            "Check the number, or search for the dossier. If somebody sent you this address, ask that person."
        ),
    ),
    NotAllowed: Refusal(
        403,
        lazy_gettext("This is not yours to do"),
        lazy_gettext("If you think it should be, ask the office that handles commendation."),
    ),
    InvalidState: Refusal(
        409,
        lazy_gettext("This can no longer be done"),
        lazy_gettext("Open the dossier to see how it stands now."),
    ),
    InvalidInput: Refusal(
        422,
        lazy_gettext("Some entries have to be corrected"),
        lazy_gettext("Go back, correct them and send again."),
    ),
    DefinitionRejected: Refusal(
        422,
        lazy_gettext("The definition is rejected"),
        lazy_gettext("Correct the diagram or the table, then try again."),
    ),
    DatabaseUnavailable: Refusal(
        503,
        lazy_gettext("The database does not answer"),
        lazy_gettext("Nothing was changed. Wait a minute and send again; if it lasts, tell the administrator."),
    ),
}
"""Kind of error → status, in one place."""

ADDRESSES: Mapping[int, Refusal] = {
    400: Refusal(
        400,
        lazy_gettext("The page was open for too long"),
        lazy_gettext("Open the page again and send once more. Nothing was changed."),
    ),
    403: Refusal(
        403,
        lazy_gettext("The request came from another site"),
        lazy_gettext("Open the page from Vinh Danh itself and send again. Nothing was changed."),
    ),
    404: Refusal(404, lazy_gettext("There is no page at this address"), KINDS[NotFound].advice),
    405: Refusal(
        405, lazy_gettext("This address does not take that request"), lazy_gettext("Go back to the page you came from.")
    ),
    413: Refusal(
        413,
        lazy_gettext("The file is too large"),
        lazy_gettext("Send a smaller file: scan in black and white, or split it. Nothing was changed."),
    ),
}
BROKEN = Refusal(
    500,
    lazy_gettext("Something broke on our side"),
    lazy_gettext(
        "Nothing was changed. Try again; if it happens twice, tell the administrator the time and the address."
    ),
)


def kind_of(error: Exception) -> Refusal:
    """How to answer this error."""
    return next((refusal for kind, refusal in KINDS.items() if isinstance(error, kind)), BROKEN)


def sentence(error: Exception) -> str:
    """The error's own sentence in the language of this request, with what it is about in the same language."""
    if not isinstance(error, DomainError):
        return ""
    error.about = {name: _translated(value) for name, value in error.about.items()}
    return error.message(gettext)


def _translated(value: object) -> object:
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, Text):
        return say(value)
    return gettext(value) if isinstance(value, str) and value else value


def typed() -> list[tuple[str, str]]:
    """What the person typed into the refused form, without tokens and passwords."""
    if request.method in {"GET", "HEAD"} or request.content_length is None or request.max_content_length is None:
        return []
    if request.content_length > request.max_content_length:
        return []
    return [
        (name, value[:MOST_SHOWN])
        for name, value in request.form.items(multi=True)
        if value.strip() and name not in SECRETS and not name.startswith("_")
    ]


def again(refusal: Refusal) -> list[tuple[str, str]]:
    """The whole form to send once more, where waiting helps; files and passwords are never held for it."""
    if refusal.status != UNAVAILABLE or not typed() or {"password", "old"} & set(request.form):
        return []
    if any(sent.filename for sent in request.files.values()):
        return []
    return list(request.form.items(multi=True))


def later(refusal: Refusal) -> str:
    """Where what was typed can be kept after signing in again; empty where it cannot."""
    return own(request.form.get("_later"), "") if refusal.status == SIGNED_OUT and typed() else ""


def answer(refusal: Refusal, said: str = "") -> ResponseReturnValue:
    """The page of a refusal; only its sentence where a part of a page was asked for."""
    part = request.headers.get("HX-Request") == "true"
    template = "layout/refusal_part.html" if part else "layout/refusal.html"
    kept = later(refusal)
    return render_template(
        template,
        refusal=refusal,
        said=said,
        typed=typed(),
        again=again(refusal),
        later=kept,
        all_typed=list(request.form.items(multi=True)) if kept else [],
    ), refusal.status


def register(app: Flask) -> None:
    """Answer every error of `app` with a page."""

    def domain_error(error: Exception) -> ResponseReturnValue:
        return answer(kind_of(error), sentence(error))

    def http_error(error: HTTPException) -> ResponseReturnValue:
        if error.code is None or error.code < 400:  # noqa: PLR2004  # redirections are no errors
            return error
        return answer(ADDRESSES.get(error.code, BROKEN))

    def broken(error: Exception) -> ResponseReturnValue:
        app.logger.error("unexpected error at %s", request.path, exc_info=error)
        return answer(BROKEN)

    app.register_error_handler(DomainError, domain_error)
    app.register_error_handler(DatabaseUnavailable, domain_error)
    app.register_error_handler(CSRFError, lambda _error: answer(ADDRESSES[400]))
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Exception, broken)
