"""The page of one task: the dossier beside its form, its draft, and sending it; what is refused keeps every word."""

import secrets
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from werkzeug.datastructures import MultiDict

from webapp.account.session import current_actor, requires
from webapp.inbox.compare import Against, Differing, differing, merged
from webapp.inbox.reading import reading
from webapp.layout import database
from webapp.layout.form_page import FormPage, Problem, form_page
from webapp.layout.language import say
from webapp.layout.refusals import kind_of, sentence, typed
from webapp.layout.words import minute, stamp
from workflows.domain import form
from workflows.domain.errors import DomainError, InvalidInput, InvalidState, NotAllowed, StaleRevision
from workflows.domain.window import Window
from workflows.operations import dossiers as dossier_acts
from workflows.operations import user_tasks
from workflows.queries import clock, meanwhile
from workflows.queries import task as tasks
from workflows.queries.drafted import lacking, takes_nominees
from workflows.queries.people import people_on_task
from workflows.queries.task import TaskPage

blueprint = Blueprint("tasks", __name__, template_folder="templates", url_prefix="/tasks/<uuid:task_id>")

GOING_ON = ("blanks", "fill", "common", "paper")
"""Buttons that keep the draft on the way to something else on the same page."""
NOT_ANSWERS = frozenset({"csrf_token", "paper_kind", "paper_title", "paper"})


@blueprint.get("/")
@requires("task.work")
def task(task_id: UUID) -> ResponseReturnValue:
    """The task as it stands, with the draft if there is one."""
    return _page(tasks.task(database(), current_actor(), str(task_id)))


@blueprint.post("/draft")
@requires("task.work")
def draft(task_id: UUID) -> ResponseReturnValue:
    """Keep what is typed so far; with scripts a part of the page answers, without them the page itself."""
    page = tasks.task(database(), current_actor(), str(task_id))
    if page.form.is_secret and "_fill" in request.form:
        return redirect(url_for(".task", task_id=task_id, _anchor="form", fill=request.form["_fill"]), 303)
    try:
        saved_at = save(page)
    except user_tasks.KeptElsewhere as refusal:
        if request.headers.get("HX-Request") != "true":
            return _refused(task_id, refusal)
        return render_template("inbox/elsewhere.html", said=sentence(refusal), task_id=task_id), kind_of(refusal).status
    if request.headers.get("HX-Request") == "true":
        now = tasks.task(database(), current_actor(), str(task_id))
        return render_template("inbox/saved.html", saved_at=saved_at, task=now, missing=_missing(now, now.answers))
    wanted: dict[str, Any] = {name: request.form[f"_{name}"] for name in GOING_ON if f"_{name}" in request.form}
    if not wanted.keys() & {"blanks", "fill", "paper"}:
        flash(gettext("The draft is saved."))
    return redirect(url_for(".task", task_id=task_id, _anchor="papers" if "paper" in wanted else "form", **wanted), 303)


@blueprint.post("/papers")
@requires("task.work")
def attach(task_id: UUID) -> ResponseReturnValue:
    """Attach a paper to the dossier of the task; the draft is kept with it."""
    page = tasks.task(database(), current_actor(), str(task_id))
    save(page)
    sent = request.files.get("paper")
    if sent is None or not sent.filename:
        raise NoFileChosen
    kind, title = request.form.get("paper_kind", ""), request.form.get("paper_title", "").strip()
    dossier_acts.attach_paper(
        database(), current_actor(), page.number, kind, title or sent.filename, sent.filename, sent.read()
    )
    flash(gettext("«%(name)s» is attached.", name=sent.filename))
    return redirect(url_for(".task", task_id=task_id, _anchor="papers"), 303)


@blueprint.post("/papers/<int:paper_id>/remove")
@requires("task.work")
def detach(task_id: UUID, paper_id: int) -> ResponseReturnValue:
    """Take a paper off the dossier of the task; the draft is kept with it."""
    page = tasks.task(database(), current_actor(), str(task_id))
    save(page)
    dossier_acts.remove_paper(database(), current_actor(), page.number, paper_id)
    flash(gettext("The paper is removed."))
    return redirect(url_for(".task", task_id=task_id, _anchor="papers"), 303)


@blueprint.post("/complete")
@requires("task.work")
def complete(task_id: UUID) -> ResponseReturnValue:
    """Send the task off; a refusal shows the same page with every entry kept."""
    key, seen = request.form.get("_key", ""), request.form.get("_seen", 0, type=int)
    try:
        done = user_tasks.complete(
            database(), current_actor(), str(task_id), answers(), key=key, seen=seen, window=_window()
        )
    except (InvalidInput, InvalidState, NotAllowed) as refusal:
        return _refused(task_id, refusal)
    step = say(tasks.task(database(), current_actor(), str(task_id)).step)
    flash(gettext("«%(task)s» of %(number)s is done.", task=step, number=done.number))
    if done.next_task_id is not None:
        flash(ngettext("Next task; %(num)s task is left.", "Next task; %(num)s tasks are left.", done.left))
        return redirect(url_for(".task", task_id=done.next_task_id), 303)
    return redirect(url_for("inbox.inbox"), 303)


@blueprint.post("/merge")
@requires("task.work")
def merge(task_id: UUID) -> ResponseReturnValue:
    """Make one draft of two texts by what was picked of each, to be read and sent."""
    page = tasks.task(database(), current_actor(), str(task_id))
    theirs = page.answers if request.form.get("_against") == "draft" else page.known
    picked = [name.removeprefix("_pick:") for name, value in request.form.items() if _is_theirs(name, value)]
    kept = merged(form.draft(page.form.schema, answers()), theirs, picked)
    try:
        user_tasks.save_draft(database(), current_actor(), page.task_id, form.draft(page.form.schema, kept), _window())
    except user_tasks.KeptElsewhere as refusal:
        return _refused(task_id, refusal)
    flash(gettext("Both texts are put together as you chose. Read the form, then send it."))
    return redirect(url_for(".task", task_id=task_id, _anchor="form"), 303)


def _is_theirs(name: str, value: str) -> bool:
    return name.startswith("_pick:") and value == "theirs"


class NoFileChosen(InvalidInput):
    """No file was chosen. What you typed is kept as a draft."""


def answers() -> MultiDict[str, str]:
    """What was typed into the form itself, without the page's own fields."""
    pairs = request.form.items(multi=True)
    return MultiDict((name, value) for name, value in pairs if name not in NOT_ANSWERS and not name.startswith("_"))


def save(page: TaskPage) -> Any:
    """Keep what was typed into the form as the draft of its task. Raises KeptElsewhere."""
    kept = form.draft(page.form.schema, answers())
    return user_tasks.save_draft(database(), current_actor(), page.task_id, kept, _window())


def keep(task_id: UUID) -> None:
    """Keep what stands in the form before the task leaves the desk; a newer draft of another window stays."""
    if "_seen" in request.form:
        page = tasks.task(database(), current_actor(), str(task_id))
        if not page.form.is_secret:
            with suppress(user_tasks.KeptElsewhere):
                save(page)


def _window() -> Window | None:
    """The page this came from, with the draft it began with; none for pages that do not say."""
    key, began = request.form.get("_key", ""), request.form.get("_draft")
    if not key or began is None:
        return None
    try:
        return Window(key, datetime.fromisoformat(began) if began else None)
    except ValueError:
        return None


def _against(page: TaskPage, kept: Mapping[str, Any] | None, refusal: DomainError | None) -> Against | None:
    """The other text, where what is typed meets one: another window's draft, what others changed, what was sent."""
    mine = kept if kept is not None else page.answers if page.draft_saved_at else None
    if mine is None or page.form.is_secret:
        return None
    if page.state == "completed":
        told = meanwhile.sent(database(), current_actor(), page.task_id)
        at = stamp(page.completed_at) if page.completed_at else ""
        return None if told is None else Against("sent", f"{page.completed_by}, {at}", _rows(page, told, mine))
    if isinstance(refusal, user_tasks.KeptElsewhere):
        at = stamp(page.draft_saved_at) if page.draft_saved_at else ""
        return Against("draft", gettext("Your other window, %(at)s", at=at), _rows(page, page.answers, mine))
    if isinstance(refusal, StaleRevision):
        seen = request.form.get("_seen", 0, type=int)
        only = meanwhile.changed_fields(database(), current_actor(), page.task_id, page.form.prefix, seen)
        return Against("facts", gettext("In the dossier now"), _rows(page, page.known, mine, only))
    return None


def _rows(
    page: TaskPage, theirs: Mapping[str, Any], mine: Mapping[str, Any], only: Collection[str] | None = None
) -> tuple[Differing, ...]:
    filled = {name for name, field in page.form.fields.items() if any(field.get(key) for key in form.FILLED_BY_SYSTEM)}
    asked = page.form.fields.keys() - filled
    return differing(_filled(page, theirs), _filled(page, mine), asked if only is None else asked & set(only))


def _filled(page: TaskPage, told: Mapping[str, Any]) -> FormPage:
    schema, ui = page.form.schema, page.form.ui
    return form_page(schema, ui, told, choices=page.choices, lines=page.lines, asked=page.defects)


def _missing(page: TaskPage, kept: Mapping[str, Any]) -> tuple[Problem, ...] | None:
    """What this form would refuse now, in its own words; None for forms that nobody writes nominees into."""
    if page.state != "open" or not page.may_work or not takes_nominees(page.form):
        return None
    errors = lacking(page.form, kept)
    if not errors:
        return ()
    shown = form_page(
        page.form.schema,
        page.form.ui,
        kept,
        errors=errors,
        choices=page.choices,
        lines=page.lines,
        asked=page.defects,
    )
    return shown.problems


def _refused(task_id: UUID, refusal: DomainError) -> ResponseReturnValue:
    page = tasks.task(database(), current_actor(), str(task_id))
    try:
        kept: Mapping[str, Any] | None = form.draft(page.form.schema, answers())
    except InvalidInput:
        kept = None
    errors = refusal.fields if isinstance(refusal, InvalidInput) else {}
    return _page(page, kept=kept, errors=errors, refusal=refusal), kind_of(refusal).status


def _page(
    page: TaskPage,
    *,
    kept: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
    refusal: DomainError | None = None,
) -> str:
    wanted = request.args.get("paper", type=int)
    shown = form_page(
        page.form.schema,
        page.form.ui,
        page.answers if kept is None else kept,
        errors=errors,
        choices=page.choices,
        lines=page.lines,
        asked=page.defects,
        blanks=request.args.get("blanks", 0, type=int),
        filled=request.args.get("fill", ""),
        common=request.args.get("common", "")[:500],
    )
    return render_template(
        "inbox/task.html",
        task=page,
        against=_against(page, kept, refusal),
        reading=reading(page.papers, wanted, at_once=not page.may_attach),
        people=people_on_task(database(), current_actor(), page.task_id),
        form=shown,
        missing=_missing(page, page.answers if kept is None else kept) if not errors else None,
        key=request.form.get("_key") or secrets.token_urlsafe(16),
        refusal=refusal,
        stays=isinstance(refusal, InvalidInput),
        said=sentence(refusal) if refusal else "",
        typed=() if refusal is None else typed() if kept is None else shown.entries,
        now=clock.clock(database()).now,
        saved=minute(page.draft_saved_at),
    )
