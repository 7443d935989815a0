"""Letters of outside bodies: the clerk's register, one letter with what it answers, and early ones that wait."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from werkzeug.datastructures import MultiDict

from webapp.account.session import current_actor, requires
from webapp.layout import database
from webapp.layout.files import file_answer
from webapp.layout.form_page import form_page
from webapp.layout.refusals import kind_of, sentence
from workflows.domain import form
from workflows.domain.errors import DomainError, InvalidInput, InvalidState, NotFound
from workflows.operations import arrivals as acts
from workflows.operations.letters import SenderNotAsked
from workflows.queries import arrivals as query
from workflows.queries import letters as early

blueprint = Blueprint("letters", __name__, template_folder="templates", url_prefix="/letters")

WRONG = (lazy_gettext("This day has not come yet."), lazy_gettext("Choose the file of the letter."))
"""What only the register says of an entry; the other sentences are those of all forms."""
ENTRIES = ("body", "number", "dated", "subject", "answers_number")


@blueprint.get("")
@requires("letter.enter")
def letters() -> ResponseReturnValue:
    """The register: the letters that wait, oldest first, and the last ones filed."""
    waiting, filed = query.register(database(), current_actor())
    rows = early.letters(database(), current_actor())
    return render_template("letters/list.html", waiting=waiting, filed=filed, rows=rows)


@blueprint.get("/new")
@requires("letter.enter")
def new() -> ResponseReturnValue:
    """An empty page of the register."""
    return _new({}, None)


@blueprint.post("/new")
@requires("letter.enter")
def enter() -> ResponseReturnValue:
    """Enter a letter; what is refused keeps every entry but the file, which no browser lets a page keep."""
    told = {name: request.form.get(name, "") for name in ENTRIES}
    sent = request.files.get("file")
    filename, content = (sent.filename or "", sent.read()) if sent else ("", b"")
    try:
        entered = acts.register_letter(database(), current_actor(), told, filename, content)
    except (InvalidInput, InvalidState) as refusal:
        return _new(told, refusal), kind_of(refusal).status
    flash(gettext("The letter is entered."))
    return redirect(url_for(".letter", letter_id=entered), 303)


@blueprint.get("/<int:letter_id>")
@requires("letter.enter")
def letter(letter_id: int) -> ResponseReturnValue:
    """One letter and the form of what it answers."""
    return _letter(letter_id, request.args.get("message", ""))


@blueprint.get("/<int:letter_id>/file")
@requires("letter.enter")
def file(letter_id: int) -> ResponseReturnValue:
    """The paper of a letter: shown where a browser shows it safely, else handed out as a file."""
    found = query.file(database(), current_actor(), letter_id)
    return file_answer(found.content, found.media_type, found.filename)


@blueprint.post("/<int:letter_id>/assign")
@requires("letter.enter")
def assign(letter_id: int) -> ResponseReturnValue:
    """Say with which dossier or round the letter belongs."""
    number = request.form.get("typed", "").strip() or request.form.get("number", "")
    try:
        acts.assign_letter(database(), current_actor(), letter_id, number)
    except (NotFound, InvalidState) as refusal:
        return _letter(letter_id, "", refusal=refusal, typed=number), kind_of(refusal).status
    return redirect(url_for(".letter", letter_id=letter_id), 303)


@blueprint.post("/<int:letter_id>/keep")
@requires("letter.enter")
def keep(letter_id: int) -> ResponseReturnValue:
    """File the paper with its matter without an answer to anything."""
    try:
        matter = acts.file_letter(database(), current_actor(), letter_id)
    except InvalidState as refusal:
        return _letter(letter_id, "", refusal=refusal), kind_of(refusal).status
    flash(gettext("The letter is filed with %(number)s.", number=matter))
    return redirect(url_for(".letters"), 303)


@blueprint.post("/<int:letter_id>/answer/<message>/draft")
@requires("letter.enter")
def fill(letter_id: int, message: str) -> ResponseReturnValue:
    """The same page with the same answer for every line; nothing is recorded."""
    return _letter(letter_id, message, told=_told(letter_id, message), filled=request.form.get("_fill", ""))


@blueprint.post("/<int:letter_id>/answer/<message>")
@requires("letter.enter")
def answer(letter_id: int, message: str) -> ResponseReturnValue:
    """Let the matter have what the letter says; a refusal shows the page again with every entry."""
    confirmed = request.form.get("_confirmed") == "yes"
    try:
        matter = acts.answer_with_letter(
            database(), current_actor(), letter_id, message, _answers(), confirmed=confirmed
        )
    except (InvalidInput, InvalidState) as refusal:
        kept = _told(letter_id, message)
        return _letter(letter_id, message, told=kept, refusal=refusal), kind_of(refusal).status
    flash(gettext("The letter is recorded in %(number)s.", number=matter))
    return redirect(url_for(".letters"), 303)


def _new(told: Mapping[str, str], refusal: DomainError | None) -> str:
    errors = {at.lstrip("/"): gettext(why) for at, why in getattr(refusal, "fields", {}).items()}
    bodies = query.bodies(database(), current_actor())
    said = sentence(refusal) if refusal else ""
    return render_template("letters/new.html", bodies=bodies, told=told, errors=errors, said=said)


def _answers() -> MultiDict[str, str]:
    pairs = request.form.items(multi=True)
    return MultiDict((name, value) for name, value in pairs if name != "csrf_token" and not name.startswith("_"))


def _told(letter_id: int, message: str) -> Mapping[str, Any] | None:
    """What was typed, as far as it can be kept."""
    found = query.arrival(database(), current_actor(), letter_id, message)
    try:
        return form.draft(found.form.schema, _answers()) if found.form else None
    except InvalidInput:
        return None


def _letter(
    letter_id: int,
    message: str,
    *,
    told: Mapping[str, Any] | None = None,
    refusal: DomainError | None = None,
    filled: str = "",
    typed: str = "",
) -> str:
    found = query.arrival(database(), current_actor(), letter_id, message)
    shown = found.form and form_page(
        found.form.schema,
        found.form.ui,
        found.answers if told is None else told,
        errors=refusal.fields if isinstance(refusal, InvalidInput) else {},
        choices=found.choices,
        lines=found.lines,
        filled=filled,
    )
    return render_template(
        "letters/letter.html",
        letter=found,
        form=shown,
        said=sentence(refusal) if refusal else "",
        confirm=isinstance(refusal, SenderNotAsked) or (found.chosen is not None and not found.chosen.asked),
        typed=typed,
    )
