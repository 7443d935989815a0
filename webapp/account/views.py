"""Signing in and out, the demo's door and clock, the language; it shows people, and never says which part was wrong."""

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from webapp.account.session import SIGNED_IN, current_actor, forget, keep, public, requires, token
from webapp.layout import database
from webapp.layout.addresses import came_from, own
from webapp.layout.language import COOKIE, DEFAULT, LANGUAGES
from workflows.domain.errors import NotAllowed
from workflows.operations import accounts as acts
from workflows.operations import clock as clock_acts
from workflows.queries import accounts, clock

blueprint = Blueprint("account", __name__, template_folder="templates")

DOOR_GROUPS = {
    "work": (lazy_gettext("Handling"), lazy_gettext("Draft, receive, appraise, vote on and sign dossiers.")),
    "admin": (
        lazy_gettext("Administration"),
        lazy_gettext("See what stopped because of a fault and have it tried again. No view of what dossiers say."),
    ),
    "audit": (
        lazy_gettext("Audit"),
        lazy_gettext("View only: the way of every dossier, and whether its history is whole."),
    ),
}
SAID_AS_VERBS = {"handle": "work", "administer": "admin"}
YEAR = 365 * 24 * 3600
PAGE_TOKEN = "csrf_token"  # noqa: S105  the name under which forms keep theirs
CHOSEN = "language"
"""Where a session notes the language that its visitor chose before signing in."""


@blueprint.get("/")
@public
def home() -> ResponseReturnValue:
    """To the person's first page."""
    if g.actor is None:
        return redirect(url_for(".sign_in"), 303)
    return redirect(_first_page(), 303)


@blueprint.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """The door of a demo, or the form for name and password."""
    if clock.clock(database()).is_demo and "password" not in request.args:
        people = accounts.demo_people(database())
        groups = [(words, [each for each in people if _door(each) == key]) for key, words in DOOR_GROUPS.items()]
        return render_template("account/door.html", groups=groups, next=request.args.get("next", ""))
    return _form()


@blueprint.post("/sign-in")
@public
def enter() -> ResponseReturnValue:
    """Sign in with a name and a password."""
    login, password = request.form.get("login", "").strip(), request.form.get("password", "")
    try:
        fresh = acts.sign_in(database(), login, password, request.remote_addr or "", request.user_agent.string)
    except NotAllowed as refusal:
        return _form(login, refusal.message(gettext)), 403
    return _welcome(fresh, session.get(CHOSEN))


@blueprint.post("/sign-in/demo")
@public
def enter_as() -> ResponseReturnValue:
    """Step into the role of a fictional person of a demo."""
    login = request.form.get("login", "")
    fresh = acts.sign_in_as(database(), login, request.remote_addr or "", request.user_agent.string)
    return _welcome(fresh, request.cookies.get(COOKIE))


@blueprint.post("/sign-out")
@public
def leave() -> ResponseReturnValue:
    """Sign out; on a demo this leads back to the door."""
    held = token()
    if held:
        acts.sign_out(database(), held)
    session.clear()
    return forget(redirect(url_for(".sign_in"), 303))


@blueprint.post("/language")
@public
def choose_language() -> ResponseReturnValue:
    """Change the language, for the person and for this browser."""
    wanted = request.form.get("language", DEFAULT)
    wanted = wanted if wanted in LANGUAGES else DEFAULT
    if g.actor is None:
        session[CHOSEN] = wanted
    else:
        acts.set_locale(database(), g.actor, wanted)
    response = redirect(came_from(url_for(".home")), 303)
    response.set_cookie(COOKIE, wanted, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure)
    return response


@blueprint.post("/clock")
@requires(SIGNED_IN)
def move_clock() -> ResponseReturnValue:
    """Let working days pass on a demo."""
    days = request.form.get("days", 1, type=int)
    clock_acts.move_clock(database(), current_actor(), working_days=min(max(days, 1), 5))
    flash(gettext("The demo's clock has moved on."))
    return redirect(came_from(url_for(".home")), 303)


def _door(person: accounts.DemoPerson) -> str:
    """Under which heading of the door; the bundle may say it as a verb, and whoever has no other handles dossiers."""
    known = SAID_AS_VERBS.get(person.group, person.group)
    return known if known in DOOR_GROUPS else "work"


def _form(login: str = "", problem: str = "") -> str:
    return render_template("account/sign_in.html", login=login, problem=problem, next=request.values.get("next", ""))


def _first_page() -> str:
    actor = g.actor
    if actor.may("task.work"):
        return url_for("inbox.inbox")
    return url_for("dossiers.dossiers") if actor.may("dossier.read_all") else url_for("incidents.incidents")


def _welcome(fresh: str, language: str | None) -> ResponseReturnValue:
    """Let the person in, reading on in the `language` chosen at the door, if one was.

    The token of pages that are still open stays, so that a form left open when its session ended can be kept.
    """
    page_token = session.get(PAGE_TOKEN)
    session.clear()
    if page_token:
        session[PAGE_TOKEN] = page_token
    g.actor = accounts.actor_of(database(), fresh)
    if g.actor is not None and language in LANGUAGES and language != g.actor.locale:
        acts.set_locale(database(), g.actor, language)
    return keep(redirect(own(request.form.get("next"), url_for(".home")), 303), fresh)
