"""The editor of one diagram of a draft, with how many open tasks stand at each of its steps now."""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.account.session import current_actor, requires
from webapp.layout import database
from webapp.layout.headers import EDITOR_POLICY
from webapp.layout.language import say
from webapp.workshop import words
from workflows.domain.text import Text
from workflows.operations import new_diagrams as acts
from workflows.queries import workshop as query
from workflows.queries.drafting import open_at, readable

blueprint = Blueprint(
    "diagrams", __name__, template_folder="templates", url_prefix="/workshop/drafts/<int:draft>/diagrams"
)


@blueprint.get("/<process>")
@requires("definition.edit")
def edit(draft: int, process: str) -> ResponseReturnValue:
    """The diagram of a process on a canvas, its entries beside it, what is wrong below."""
    db, actor = database(), current_actor()
    path = f"{process}.bpmn"
    _, sha256 = query.file(db, actor, draft, path)
    bundle = readable(db, actor, draft)
    known = bundle.processes.get(process)
    base = url_for("workshop.draft", draft=draft)
    answer = make_response(
        render_template(
            "workshop/diagram.html",
            row=query.draft(db, actor, draft).row,
            path=path,
            sha256=sha256,
            title=say(Text(known.name, bundle.manifest.labels.get(process, ""))) if known else path,
            words=words,
            in_use=open_at(db, actor, process),
            addresses={
                "form": f"{base}forms/TASK",
                "table": f"{base}decisions/DECISION/RULES",
                "diagram": f"{base}diagrams/PROCESS",
            },
        )
    )
    answer.headers["Content-Security-Policy"] = EDITOR_POLICY
    return answer


@blueprint.post("/")
@requires("definition.edit")
def begin(draft: int) -> ResponseReturnValue:
    """Begin a new diagram: a pool with one lane, from a start to an end."""
    asked = request.form
    process = acts.begin_diagram(database(), current_actor(), draft, asked.get("id", ""), asked.get("title", ""))
    return redirect(url_for(".edit", draft=draft, process=process), 303)
