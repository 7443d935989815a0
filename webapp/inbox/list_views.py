"""A list of nominees from a spreadsheet into the form of a task: template, preview with errors by row, taking it in."""

import json
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from webapp.account.session import current_actor, requires
from webapp.inbox.task_views import save
from webapp.layout import database
from webapp.layout.refusals import sentence
from workflows.domain import form as forms
from workflows.domain.errors import InvalidInput
from workflows.operations import user_tasks
from workflows.queries import lists
from workflows.queries import task as tasks

blueprint = Blueprint("lists", __name__, template_folder="templates", url_prefix="/tasks/<uuid:task_id>/list")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ListUnreadable(InvalidInput):
    """The list could not be taken in. Send the file again."""


@blueprint.get("/template.xlsx")
@requires("dossier.open")
def template(task_id: UUID) -> ResponseReturnValue:
    """The spreadsheet to fill in."""
    name, content = lists.template_for_task(database(), current_actor(), str(task_id))
    return Response(content, mimetype=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@blueprint.get("/")
@requires("dossier.open")
def choose(task_id: UUID) -> ResponseReturnValue:
    """Where a file is chosen or rows are pasted."""
    return _page(task_id)


@blueprint.post("/")
@requires("dossier.open")
def read(task_id: UUID) -> ResponseReturnValue:
    """What the list would bring in; nothing is changed yet."""
    sent = request.files.get("file")
    content = sent.read() if sent is not None and sent.filename else None
    pasted, start = request.form.get("pasted", ""), request.form.get("_start", "")
    try:
        found = lists.preview(database(), current_actor(), str(task_id), content=content, pasted=pasted, start=start)
    except InvalidInput as refusal:
        return _page(task_id, said=sentence(refusal), pasted=pasted), 422
    return _page(task_id, found=found, pasted=pasted)


@blueprint.post("/paste")
@requires("dossier.open")
def paste(task_id: UUID) -> ResponseReturnValue:
    """What rows pasted into the form itself would bring in; what was typed before is kept as the draft."""
    page = tasks.task(database(), current_actor(), str(task_id))
    save(page)
    pasted, start = request.form.get("_pasted", ""), request.form.get("_start", "")
    try:
        found = lists.preview(database(), current_actor(), str(task_id), content=None, pasted=pasted, start=start)
    except InvalidInput as refusal:
        return _page(task_id, said=sentence(refusal), pasted=pasted), 422
    return _page(task_id, found=found, pasted=pasted)


@blueprint.post("/take")
@requires("dossier.open")
def take(task_id: UUID) -> ResponseReturnValue:
    """Put rows into the draft of the task, after those that are there, or in their place: the good ones, or all."""
    page = tasks.task(database(), current_actor(), str(task_id))
    table = lists.table_of(page.form)
    try:
        rows: Any = json.loads(request.form.get("all" if "everything" in request.form else "rows", ""))
    except ValueError as error:
        raise ListUnreadable from error
    if not table or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ListUnreadable
    there = [] if request.form.get("instead") else [row for row in page.answers.get(table) or [] if any(row.values())]
    kept = forms.draft(page.form.schema, {**page.answers, table: [*there, *rows]})
    user_tasks.save_draft(database(), current_actor(), str(task_id), kept)
    flash(
        ngettext(
            "%(num)s nominee was taken from the list. Check the form, then send it.",
            "%(num)s nominees were taken from the list. Check the form, then send it.",
            len(rows),
        )
    )
    return redirect(url_for("tasks.task", task_id=task_id, _anchor=f"f-{table}"), 303)


def _page(task_id: UUID, *, found: lists.Preview | None = None, said: str = "", pasted: str = "") -> str:
    page = tasks.task(database(), current_actor(), str(task_id))
    good = [dict(row.answers) for row in found.good] if found else []
    every = [dict(row.as_typed) for row in found.rows] if found else []
    return render_template(
        "inbox/list.html",
        task=page,
        found=found,
        said=said,
        pasted=pasted,
        start=request.form.get("_start", "")[:60],
        rows=json.dumps(good, ensure_ascii=False),
        every=json.dumps(every, ensure_ascii=False),
        there=len(page.answers.get(lists.table_of(page.form)) or []),
        complaint=lambda each: each.message(gettext) if hasattr(each, "message") else gettext(each),
    )
