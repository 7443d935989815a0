"""Units for administrators: opened, renamed, ended with a successor; each change asks for its reason."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from webapp.account.session import current_actor, requires
from webapp.layout import database
from webapp.layout.refusals import kind_of, sentence
from webapp.people import words
from workflows.domain.days import day_asked
from workflows.domain.errors import DomainError, InvalidInput, InvalidState
from workflows.operations import unit_entries as acts
from workflows.operations.units import dissolve_unit
from workflows.queries import directory as query

blueprint = Blueprint("units", __name__, template_folder="templates")


@blueprint.get("/units")
@requires("account.manage")
def units() -> ResponseReturnValue:
    """All units, those that ended too."""
    q = request.args.get("q", "").strip()
    return render_template("people/units.html", rows=query.units(database(), q), q=q, kinds=words.KINDS)


@blueprint.get("/new-unit")
@requires("account.manage")
def new_unit() -> ResponseReturnValue:
    """The form for one more unit."""
    return _new()


@blueprint.post("/new-unit")
@requires("account.manage")
def open_unit() -> ResponseReturnValue:
    """Open a unit."""
    code, reason = request.form.get("code", "").strip(), request.form.get("reason", "")
    try:
        acts.open_unit(database(), current_actor(), code, _told(), reason)
    except InvalidInput as refusal:
        return _new(refusal), kind_of(refusal).status
    flash(gettext("The unit is opened. Enter the people who prepare its dossiers next."))
    return redirect(url_for(".unit", unit=code), 303)


@blueprint.get("/units/<unit>")
@requires("account.manage")
def unit(unit: str) -> ResponseReturnValue:
    """One unit: entries, its end, history."""
    return _unit(unit)


@blueprint.post("/units/<unit>")
@requires("account.manage")
def change_unit(unit: str) -> ResponseReturnValue:
    """Change a unit's entries."""
    seen, reason = request.form.get("seen", 0, type=int), request.form.get("reason", "")
    try:
        acts.change_unit(database(), current_actor(), unit, _told(), reason, seen)
    except (InvalidInput, InvalidState) as refusal:
        return _unit(unit, refusal), kind_of(refusal).status
    flash(gettext("The change is kept with its reason."))
    return redirect(url_for(".unit", unit=unit), 303)


@blueprint.post("/units/<unit>/end")
@requires("account.manage")
def end_unit(unit: str) -> ResponseReturnValue:
    """End a unit; what it has open passes to the successor."""
    asked = request.form
    try:
        on, successor = day_asked(asked.get("on", "")), asked.get("successor", "")
        passed = dissolve_unit(database(), current_actor(), unit, successor, on, asked.get("reason", ""))
    except (InvalidInput, InvalidState) as refusal:
        return _unit(unit, refusal), kind_of(refusal).status
    flash(
        ngettext(
            "The unit has ended; %(num)s matter passed on.",
            "The unit has ended; %(num)s matters passed on.",
            len(passed),
        )
    )
    return redirect(url_for(".unit", unit=unit), 303)


def _told() -> acts.Entries:
    asked = request.form
    name, kind, head = (asked.get(each, "").strip() for each in ("name", "kind", "head"))
    return acts.Entries(name, kind, asked.get("has_seal") == "yes", head)


def _new(refusal: DomainError | None = None) -> str:
    return render_template(
        "people/new_unit.html",
        said=sentence(refusal) if refusal else "",
        wrong=getattr(refusal, "fields", {}),
        told=_told(),
        kinds=words.KINDS,
    )


def _unit(code: str, refusal: DomainError | None = None) -> str:
    row, seen = query.unit(database(), code)
    is_form = refusal is not None and request.endpoint == "units.change_unit"
    return render_template(
        "people/unit.html",
        row=row,
        seen=seen,
        said=sentence(refusal) if refusal else "",
        wrong=getattr(refusal, "fields", {}),
        told=_told() if is_form else acts.Entries(row.name, row.kind, row.has_seal, row.head or ""),
        asked=request.form,
        kinds=words.KINDS,
        others=[each for each in query.units(database()) if each.valid_to is None and each.code != code],
        members=query.people(database(), unit=code, state="active").rows,
        acts=query.acts(database(), about="unit", subject=code).rows,
        words=words,
    )
