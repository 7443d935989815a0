"""What a draft changes, and what one version has otherwise than another: sentences, canvases, rows side by side."""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.account.session import current_actor, requires
from webapp.layout import database
from webapp.workshop import words
from workflows.queries import difference as query
from workflows.queries import workshop

blueprint = Blueprint("compared", __name__, template_folder="templates")


@blueprint.get("/workshop/drafts/<int:draft>/difference")
@requires("definition.edit")
def difference(draft: int) -> ResponseReturnValue:
    """What a draft changes of the version it was opened over."""
    page = query.difference_of_draft(database(), current_actor(), draft)
    return _page(page, draft)


@blueprint.get("/versions/<int:old>/difference/<int:new>")
@requires("definition.edit")
def versions(old: int, new: int) -> ResponseReturnValue:
    """What differs between any two versions."""
    page = query.difference_of_versions(database(), current_actor(), old, new)
    return _page(page, None)


@blueprint.get("/versions/difference")
@requires("definition.edit")
def choose() -> ResponseReturnValue:
    """Go to the difference of the two versions that were chosen."""
    old, new = (request.args.get(name, type=int) for name in ("old", "new"))
    if old is None or new is None:
        return redirect(url_for("workshop.home"), 303)
    return redirect(url_for(".versions", old=old, new=new), 303)


@blueprint.get("/versions/<int:number>/diagrams/<process>")
@requires("definition.edit")
def diagram(number: int, process: str) -> ResponseReturnValue:
    """The diagram of a process as a version has it."""
    return _xml(query.diagram_of_version(database(), current_actor(), number, process))


@blueprint.get("/workshop/drafts/<int:draft>/difference/<process>")
@requires("definition.edit")
def drafted(draft: int, process: str) -> ResponseReturnValue:
    """The diagram of a process as a draft has it."""
    return _xml(query.diagram_of_draft(database(), current_actor(), draft, process))


def _page(page: query.DifferencePage, draft: int | None) -> str:
    numbers = [each.version for each in workshop.versions(database(), current_actor())]
    return render_template(
        "workshop/difference.html", page=page, draft=draft, numbers=numbers, kinds=words.DIFFERENCES, words=words
    )


def _xml(content: bytes) -> ResponseReturnValue:
    answer = make_response(content)
    answer.headers["Content-Type"] = "application/xml; charset=utf-8"
    answer.headers["Content-Disposition"] = "attachment"
    return answer
