"""People and groups for administrators, and what was changed about them; each change asks for its reason."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp.account.session import current_actor, requires
from webapp.layout import database
from webapp.layout.refusals import kind_of, sentence
from webapp.people import words
from workflows.domain.actor import PERMISSIONS
from workflows.domain.errors import DomainError, InvalidInput, InvalidState
from workflows.operations import people as acts
from workflows.queries import directory as query

blueprint = Blueprint("directory", __name__, template_folder="templates")


@blueprint.get("/people")
@requires("account.manage")
def people() -> ResponseReturnValue:
    """Everybody who can sign in or could, to search and to filter."""
    asked = {name: request.args.get(name, "").strip() for name in ("q", "unit", "group", "state")}
    rows = query.people(
        database(),
        search=asked["q"],
        unit=asked["unit"],
        group=asked["group"],
        state=asked["state"],
        page=max(1, request.args.get("page", 1, type=int)),
    )
    return render_template(
        "people/directory.html",
        rows=rows,
        asked=asked,
        units=query.units(database()),
        groups=query.groups(database()),
    )


@blueprint.get("/new-person")
@requires("account.manage")
def new_person() -> ResponseReturnValue:
    """The form for one more person."""
    return _new()


@blueprint.post("/new-person")
@requires("account.manage")
def enter_person() -> ResponseReturnValue:
    """Enter a person and show the one-time password, once."""
    login = request.form.get("login", "").strip()
    try:
        password = acts.enter_person(database(), current_actor(), login, _told(), request.form.get("reason", ""))
    except InvalidInput as refusal:
        return _new(refusal), kind_of(refusal).status
    return _shown_once(login, password)


@blueprint.get("/people/<login>")
@requires("account.manage")
def person(login: str) -> ResponseReturnValue:
    """One person: entries, lock, one-time password, history."""
    return _person(login)


@blueprint.post("/people/<login>")
@requires("account.manage")
def change_person(login: str) -> ResponseReturnValue:
    """Change a person's entries and groups."""
    seen, reason = request.form.get("seen", 0, type=int), request.form.get("reason", "")
    try:
        acts.change_person(database(), current_actor(), login, _told(), reason, seen)
    except (InvalidInput, InvalidState) as refusal:
        return _person(login, refusal), kind_of(refusal).status
    flash(gettext("The change is kept with its reason."))
    return redirect(url_for(".person", login=login), 303)


@blueprint.post("/people/<login>/lock")
@requires("account.manage")
def lock_person(login: str) -> ResponseReturnValue:
    """Lock an account."""
    try:
        acts.lock_person(database(), current_actor(), login, request.form.get("reason", ""))
    except (InvalidInput, InvalidState) as refusal:
        return _person(login, refusal), kind_of(refusal).status
    flash(gettext("The account is locked and its sessions have ended."))
    return redirect(url_for(".person", login=login), 303)


@blueprint.post("/people/<login>/unlock")
@requires("account.manage")
def unlock_person(login: str) -> ResponseReturnValue:
    """Unlock an account."""
    try:
        acts.unlock_person(database(), current_actor(), login, request.form.get("reason", ""))
    except (InvalidInput, InvalidState) as refusal:
        return _person(login, refusal), kind_of(refusal).status
    flash(gettext("The account is unlocked."))
    return redirect(url_for(".person", login=login), 303)


@blueprint.post("/people/<login>/password")
@requires("account.manage")
def reset_password(login: str) -> ResponseReturnValue:
    """Give a one-time password and show it, once."""
    try:
        password = acts.reset_password(database(), current_actor(), login, request.form.get("reason", ""))
    except InvalidInput as refusal:
        return _person(login, refusal), kind_of(refusal).status
    return _shown_once(login, password)


@blueprint.get("/groups")
@requires("account.manage")
def groups() -> ResponseReturnValue:
    """Every group: what it may do and who is in it."""
    return render_template("people/groups.html", groups=query.groups(database()), allowed=PERMISSIONS, words=words)


@blueprint.get("/account-history")
@requires("account.history")
def history() -> ResponseReturnValue:
    """What was changed about people and units, the latest first."""
    asked = {name: request.args.get(name, "").strip() for name in ("q", "about")}
    page = max(1, request.args.get("page", 1, type=int))
    rows = query.acts(database(), about=asked["about"], search=asked["q"], page=page)
    return render_template("people/history.html", rows=rows, asked=asked, words=words)


def _told() -> acts.Entries:
    asked = request.form
    name, title, unit, email = (asked.get(each, "").strip() for each in ("name", "title", "unit", "email"))
    return acts.Entries(name, title, unit, email, tuple(dict.fromkeys(asked.getlist("groups"))))


def _new(refusal: DomainError | None = None) -> str:
    return render_template(
        "people/new_person.html",
        said=sentence(refusal) if refusal else "",
        wrong=getattr(refusal, "fields", {}),
        told=_told(),
        units=query.units(database()),
        groups=query.groups(database()),
    )


def _person(login: str, refusal: DomainError | None = None) -> str:
    row, seen = query.person(database(), login)
    is_form = refusal is not None and request.endpoint == "directory.change_person"
    kept = acts.Entries(row.name, row.title, row.unit or "", row.email or "", row.group_keys)
    return render_template(
        "people/person.html",
        row=row,
        seen=seen,
        said=sentence(refusal) if refusal else "",
        wrong=getattr(refusal, "fields", {}) if is_form else {},
        told=_told() if is_form else kept,
        units=query.units(database()),
        groups=query.groups(database()),
        acts=query.acts(database(), about="person", subject=login).rows,
        words=words,
    )


def _shown_once(login: str, password: str) -> str:
    row, _ = query.person(database(), login)
    return render_template("people/one_time.html", row=row, password=password)
