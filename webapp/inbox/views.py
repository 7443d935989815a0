"""The lists of work, and taking work on or giving it back."""

from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp.account.session import current_actor, requires
from webapp.inbox.columns import ALWAYS, COLUMNS, chosen
from webapp.inbox.listing import CHOOSING, DUE, NAMES, QUEUES, asked, queues
from webapp.inbox.task_views import keep
from webapp.layout import database
from webapp.layout.words import bucket, day
from workflows.domain.days import day_asked
from workflows.operations import desk as arranging
from workflows.operations import user_tasks
from workflows.queries import accounts, clock, desk
from workflows.queries import inbox as work
from workflows.queries.inbox_filters import offered

blueprint = Blueprint("inbox", __name__, template_folder="templates")

ROWS = 50
"""How many tasks a page shows: what a clerk does in a day."""


@blueprint.get("/inbox")
@requires("task.work")
def inbox() -> ResponseReturnValue:
    """One list of work: mine, nobody's yet, what I look at again later, or done; as the address asks."""
    wanted, actor = asked(), current_actor()
    rows = work.inbox(
        database(),
        actor,
        wanted.queue,
        wanted.filters,
        page=wanted.page,
        size=ROWS,
        sort=wanted.sort,
        falling=wanted.falling,
    )
    now = clock.clock(database()).now
    choices = offered(database(), actor, wanted.queue)
    return render_template(
        "inbox/inbox.html",
        queues=queues(actor),
        queue=wanted.queue,
        choosing=wanted.queue in CHOOSING,
        may_assign=actor.may("task.hand_over"),
        search=wanted.filters.search,
        asked=wanted,
        choices=choices,
        names=NAMES,
        dues=DUE,
        chips=wanted.chips(choices),
        rows=rows,
        groups=_grouped(rows.rows, now, by_due=wanted.queue != "done" and wanted.sort == "due"),
        columns=chosen(desk.columns(database(), actor, "inbox")),
        all_columns=[column for column in COLUMNS if column.key not in ALWAYS],
        views=desk.views(database(), actor),
        shared=desk.own_groups(database(), actor),
        now=now,
        counts_by_queue=accounts.counts(database(), actor),
    )


@blueprint.get("/inbox/counts")
@requires("task.work")
def counts() -> ResponseReturnValue:
    """The numbers beside the queues as they are now; the page asks for them again and again, its rows stay."""
    queue = request.args.get("queue", "mine")
    return render_template(
        "inbox/counts.html",
        queues=queues(current_actor()),
        queue=queue if queue in QUEUES else "mine",
        seen=request.args.get("seen", type=int),
        counts_by_queue=accounts.counts(database(), current_actor()),
    )


@blueprint.post("/inbox/views")
@requires("task.work")
def keep_view() -> ResponseReturnValue:
    """Keep the list with its filters under a name."""
    sent: dict[str, Any] = {name: value for name, value in request.form.items() if name in arranging.ASKED}
    name = request.form.get("name", "")
    arranging.keep_view(database(), current_actor(), name, sent, request.form.get("group") or None)
    flash(gettext("The view «%(name)s» is kept.", name=name.strip()))
    return redirect(url_for(".inbox", **sent), 303)


@blueprint.post("/inbox/views/<int:view>/remove")
@requires("task.work")
def remove_view(view: int) -> ResponseReturnValue:
    """Take one of my views away."""
    arranging.remove_view(database(), current_actor(), view)
    flash(gettext("The view is removed."))
    return redirect(url_for(".inbox"), 303)


@blueprint.post("/inbox/columns")
@requires("task.work")
def columns() -> ResponseReturnValue:
    """Keep which columns I want."""
    known = [column.key for column in COLUMNS if column.key in request.form.getlist("column")]
    arranging.choose_columns(database(), current_actor(), "inbox", known)
    return redirect(url_for(".inbox", queue=request.form.get("queue", "mine")), 303)


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
    keep(task_id)
    user_tasks.release(database(), current_actor(), str(task_id))
    flash(gettext("You have given the task back. Anyone of the group can take it on."))
    return redirect(url_for(".inbox"), 303)


@blueprint.post("/tasks/<uuid:task_id>/follow-up")
@requires("task.work")
def follow_up(task_id: UUID) -> ResponseReturnValue:
    """Put a task aside until a day, or back among mine."""
    written = request.form.get("_day", "").strip()
    wanted = day_asked(written) if written else None
    keep(task_id)
    arranging.follow_up(database(), current_actor(), str(task_id), wanted)
    flash(
        gettext("You see the task again on %(day)s; its deadline stays.", day=day(wanted))
        if wanted
        else gettext("The task is among yours again.")
    )
    return redirect(url_for(".inbox"), 303)


def _grouped(rows: tuple[work.InboxRow, ...], now: datetime, *, by_due: bool) -> list[tuple[object, object]]:
    if not by_due:
        return [(None, list(rows))]
    marked = ((bucket(row.due_at, row.due_working_days, now), row) for row in rows)
    return [(key, [row for _, row in each]) for key, each in groupby(marked, lambda pair: pair[0])]
