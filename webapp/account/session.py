"""The signed-in person of this request, and what each page demands; one that demands nothing is refused."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Flask, Response, current_app, g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from webapp.layout import database
from webapp.layout.refusals import Refusal, answer
from workflows.domain.actor import Actor
from workflows.domain.errors import NotAllowed
from workflows.queries import accounts

View = TypeVar("View", bound=Callable[..., Any])

SIGNED_IN = "signed in"
PUBLIC = "public"
CHOOSING = "own."
"""The only pages for somebody with a one-time password, until another one is chosen."""
EXPIRED = Refusal(
    401,
    lazy_gettext("You have been signed out"),
    lazy_gettext("Copy what you typed below, sign in again and paste it. Nothing was changed."),
)


class NotYours(NotAllowed):
    """This page is not for your role: {title}."""


def requires(permission: str = SIGNED_IN) -> Callable[[View], View]:
    """Let only people with `permission` (of domain.actor.PERMISSIONS) see the page; without one, anybody signed in."""

    def mark(view: View) -> View:
        cast("Any", view).permission = permission
        return view

    return mark


def public(view: View) -> View:
    """Let anybody see the page."""
    cast("Any", view).permission = PUBLIC
    return view


def current_actor() -> Actor:
    """The signed-in person; only for pages that require one."""
    actor = g.actor
    assert isinstance(actor, Actor)
    return actor


def cookie_name() -> str:
    """The name of the cookie; browsers bind a `__Host-` one to this host and to https."""
    return "__Host-vinhdanh" if current_app.config["SESSION_COOKIE_SECURE"] else "vinhdanh"


def token() -> str | None:
    """The token the browser holds."""
    return request.cookies.get(cookie_name())


def keep(response: ResponseReturnValue, fresh: str) -> Response:
    """Hand the browser the token of a new session."""
    kept = make_response(response)
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    kept.set_cookie(cookie_name(), fresh, httponly=True, samesite="Lax", secure=secure, path="/")
    return kept


def forget(response: ResponseReturnValue) -> Response:
    """Take the token from the browser."""
    kept = make_response(response)
    kept.delete_cookie(cookie_name(), path="/", secure=bool(current_app.config["SESSION_COOKIE_SECURE"]))
    return kept


def guard() -> ResponseReturnValue | None:
    """Before every page: who is it, and may that person see it. A page that states no permission is for nobody."""
    g.actor = None
    if request.endpoint == "static":
        return None
    held = token()
    g.actor = accounts.actor_of(database(), held) if held else None
    if request.endpoint is None:
        return None
    permission = getattr(current_app.view_functions[request.endpoint], "permission", None)
    if permission == PUBLIC:
        return None
    if g.actor is None:
        return _sign_in()
    if g.actor.must_choose_password and not str(request.endpoint).startswith(CHOOSING):
        return redirect(url_for("own.account"), 303)
    if permission != SIGNED_IN and (permission is None or not g.actor.may(permission)):
        raise NotYours(title=g.actor.title)
    return None


def _sign_in() -> ResponseReturnValue:
    address = url_for("account.sign_in", next=request.full_path.rstrip("?")) if request.method == "GET" else None
    if request.headers.get("HX-Request") == "true":
        return answer(EXPIRED)
    return redirect(address, 303) if address else answer(EXPIRED)


def register(app: Flask) -> None:
    """Guard every page of `app`."""
    app.before_request(guard)
