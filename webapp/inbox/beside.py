"""What stands beside a task: papers, history, diagram, comments, who else looks; nothing here moves the matter."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp.account.session import current_actor, requires
from webapp.inbox.reading import reading
from webapp.inbox.task_views import keep
from webapp.layout import database
from webapp.layout.comments import spoken
from workflows.operations import comments, presence
from workflows.queries import clock
from workflows.queries import task as tasks
from workflows.queries import trace as traces

blueprint = Blueprint("beside", __name__, template_folder="templates", url_prefix="/tasks/<uuid:task_id>")


@blueprint.get("/papers/<int:paper_id>")
@requires("task.work")
def paper(task_id: UUID, paper_id: int) -> ResponseReturnValue:
    """One paper beside the form: with scripts that part of the page, without them the whole page."""
    if request.headers.get("HX-Request") != "true":
        return redirect(url_for("tasks.task", task_id=task_id, paper=paper_id, _anchor="papers"), 303)
    page = tasks.task(database(), current_actor(), str(task_id))
    return render_template("inbox/reading.html", task=page, reading=reading(page.papers, paper_id))


@blueprint.get("/history")
@requires("task.work")
def history(task_id: UUID) -> ResponseReturnValue:
    """What has happened to the matter of the task so far."""
    return _tab(task_id, "history")


@blueprint.get("/diagram")
@requires("task.work")
def diagram(task_id: UUID) -> ResponseReturnValue:
    """Where the matter of the task stands on its diagrams."""
    return _tab(task_id, "diagram")


@blueprint.post("/presence")
@requires("task.work")
def look(task_id: UUID) -> ResponseReturnValue:
    """The page says that it is still open, and hears who else has the task open."""
    head = tasks.heading(database(), current_actor(), str(task_id))
    return render_template("inbox/looking.html", looking=presence.look(database(), current_actor(), head.task_id))


@blueprint.post("/comments")
@requires("task.work")
def say(task_id: UUID) -> ResponseReturnValue:
    """Say something about the matter of the task, perhaps in answer to a comment; the form's words are its draft."""
    head = tasks.heading(database(), current_actor(), str(task_id))
    keep(task_id)
    text, answers = spoken()
    comments.comment(database(), current_actor(), head.number, text, answers)
    flash(gettext("Your comment stands in the history of %(number)s.", number=head.number))
    return redirect(url_for("tasks.task", task_id=task_id, _anchor="comments"), 303)


def _tab(task_id: UUID, tab: str) -> str:
    head = tasks.heading(database(), current_actor(), str(task_id))
    trace = traces.trace(database(), current_actor(), head.number)
    steps = [step for step in trace.steps if not step.technical]
    now = clock.clock(database()).now
    return render_template("inbox/beside.html", task=head, trace=trace, steps=steps, tab=tab, now=now)
