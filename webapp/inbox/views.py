"""The lists of work, and taking work on or giving it back."""

from itertools import groupby
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from webapp.account.session import current_actor, requires
from webapp.inbox.columns import COLUMNS
from webapp.layout import database
from webapp.layout.words import bucket
from workflows.operations import user_tasks
from workflows.queries import accounts, clock
from workflows.queries import inbox as work

blueprint = Blueprint("inbox", __name__, template_folder="templates")

QUEUES = {
    "mine": lazy_gettext("Mine"),
    "pool": lazy_gettext("Nobody's yet"),
    "done": lazy_gettext("Done"),
}


@blueprint.get("/inbox")
@requires("task.work")
def inbox() -> ResponseReturnValue:
    """One list of work: mine, nobody's yet, or done."""
    queue = request.args.get("queue", "mine")
    queue = queue if queue in QUEUES else "mine"
    search = request.args.get("q", "").strip()
    number = max(1, request.args.get("page", 1, type=int))
    actor = current_actor()
    rows = work.inbox(database(), actor, queue=queue, search=search or None, page=number)
    now = clock.clock(database()).now
    if queue == "done":
        groups = [(None, list(rows.rows))]
    else:
        marked = ((bucket(row.due_at, row.due_working_days, now), row) for row in rows.rows)
        groups = [(key, [row for _, row in each]) for key, each in groupby(marked, lambda pair: pair[0])]
    return render_template(
        "inbox/inbox.html",
        queues=QUEUES,
        queue=queue,
        search=search,
        rows=rows,
        groups=groups,
        columns=COLUMNS,
        now=now,
        counts_by_queue=accounts.counts(database(), actor),
    )


@blueprint.post("/tasks/<uuid:task_id>/claim")
@requires("task.work")
def claim(task_id: UUID) -> ResponseReturnValue:
    """Take a task on, and open it."""
    user_tasks.claim(database(), current_actor(), str(task_id))
    return redirect(url_for("tasks.task", task_id=task_id), 303)


@blueprint.post("/tasks/<uuid:task_id>/release")
@requires("task.work")
def release(task_id: UUID) -> ResponseReturnValue:
    """Give a task back to the group; what was typed is gone from the list, not from the draft."""
    user_tasks.release(database(), current_actor(), str(task_id))
    flash(gettext("You have given the task back. Anyone of the group can take it on."))
    return redirect(url_for(".inbox"), 303)
