"""The list of dossiers, a new one, one page for each, and its papers."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp.account.session import current_actor, requires
from webapp.layout import database
from webapp.layout.comments import spoken
from webapp.layout.files import file_answer
from webapp.layout.refusals import sentence
from webapp.layout.words import STATUSES
from workflows.domain.errors import InvalidInput
from workflows.domain.paper import Paper
from workflows.operations import comments, leaving, linked
from workflows.operations import dossiers as acts
from workflows.queries import clock, papers
from workflows.queries import dossiers as query
from workflows.queries.people import bars_of

blueprint = Blueprint("dossiers", __name__, template_folder="templates")

MOST_DIGITS = 6


class NoReason(InvalidInput):
    """Write the reason, so that everybody who opens the dossier later understands it."""


class NoFileChosen(InvalidInput):
    """No file was chosen."""


@blueprint.get("/dossiers")
@requires()
def dossiers() -> ResponseReturnValue:
    """All dossiers this person may see, by words and by status."""
    search, status = request.args.get("q", "").strip(), request.args.get("status", "")
    status = status if status in STATUSES else ""
    number = max(1, request.args.get("page", 1, type=int))
    rows = query.dossiers(database(), current_actor(), search=search or None, status=status or None, page=number)
    now = clock.clock(database()).now
    return render_template("dossiers/list.html", rows=rows, search=search, status_key=status, now=now)


@blueprint.get("/dossiers/new")
@requires("dossier.open")
def new() -> ResponseReturnValue:
    """What a new dossier is for."""
    return render_template("dossiers/new.html", choices=query.choices(database(), current_actor()), chosen={}, said="")


@blueprint.post("/dossiers/new")
@requires("dossier.open")
def open_dossier() -> ResponseReturnValue:
    """Begin a dossier and go to its form."""
    wanted = {name: request.form.get(name, "") for name in ("movement", "kind", "award_form")}
    actor = current_actor()
    try:
        number = acts.open_dossier(database(), actor, **wanted)
    except InvalidInput as refusal:
        choices = query.choices(database(), actor)
        return render_template("dossiers/new.html", choices=choices, chosen=wanted, said=sentence(refusal)), 422
    flash(gettext("%(number)s is opened. Fill in its form and attach its papers.", number=number))
    task_id = query.dossier(database(), actor, number).prepare_task_id
    return redirect(url_for("tasks.task", task_id=task_id) if task_id else url_for(".dossier", number=number), 303)


@blueprint.get("/dossiers/<number>")
@requires()
def dossier(number: str) -> ResponseReturnValue:
    """One dossier: where it stands, its nominees, its papers, what can be done."""
    page = query.dossier(database(), current_actor(), number)
    bars = bars_of(database(), current_actor(), number)
    says = current_actor().may("task.work")
    now = clock.clock(database()).now
    return render_template("dossiers/dossier.html", dossier=page, bars=bars, says=says, now=now)


@blueprint.post("/dossiers/<number>/withdraw")
@requires("dossier.withdraw")
def withdraw(number: str) -> ResponseReturnValue:
    """Withdraw the whole dossier or one nominee, with the reason."""
    lines, by = _chosen_lines(), request.form.get("by", "unit")
    acts.withdraw_dossier(database(), current_actor(), number, _reason(), lines=lines, by=by)
    said = gettext("A nominee of %(number)s is withdrawn.", number=number) if lines else ""
    flash(said or gettext("%(number)s is withdrawn.", number=number))
    return redirect(url_for(".dossier", number=number), 303)


@blueprint.post("/dossiers/<number>/suspend")
@requires("dossier.suspend")
def suspend(number: str) -> ResponseReturnValue:
    """Suspend the whole dossier or one nominee, with ground, reason and the document where there is one."""
    sent = request.files.get("paper")
    leaving.suspend(
        database(),
        current_actor(),
        number,
        ground=request.form.get("ground", ""),
        reason=_reason(),
        lines=_chosen_lines(),
        paper=_ground(sent.filename, sent.read()) if sent and sent.filename else None,
    )
    flash(gettext("The review of %(number)s is suspended as you said.", number=number))
    return redirect(url_for(".dossier", number=number), 303)


def _reason() -> str:
    reason = request.form.get("reason", "").strip()
    if not reason:
        raise NoReason
    return reason


def _chosen_lines() -> tuple[int, ...]:
    """The one nominee that was chosen; none for the whole dossier. What is no number is nobody's line."""
    chosen = request.form.get("line", "")
    return (request.form.get("line", -1, type=int),) if chosen else ()


def _ground(filename: str, content: bytes) -> Paper:
    """The document on which a suspension rests."""
    return Paper(leaving.PAPER, filename, filename, acts.media_type(filename, content), content)


@blueprint.post("/dossiers/<number>/procedures")
@requires()
def open_procedure(number: str) -> ResponseReturnValue:
    """Open a complaint, a revocation or a correction about nominees of a decided dossier."""
    process, reason = request.form.get("process", ""), request.form.get("reason", "")
    lines = [int(line) for line in request.form.getlist("lines") if line.isdecimal() and len(line) < MOST_DIGITS]
    opened = linked.open_procedure(database(), current_actor(), number, process, lines, reason)
    flash(gettext("%(number)s is opened.", number=opened))
    return redirect(url_for(".dossier", number=opened), 303)


@blueprint.post("/dossiers/<number>/comments")
@requires("task.work")
def say(number: str) -> ResponseReturnValue:
    """Say something about the dossier, perhaps in answer to a comment."""
    text, answers = spoken()
    comments.comment(database(), current_actor(), number, text, answers)
    flash(gettext("Your comment stands in the history of %(number)s.", number=number))
    return redirect(url_for(".dossier", number=number, _anchor="comments"), 303)


@blueprint.post("/dossiers/<number>/papers")
@requires()
def attach_paper(number: str) -> ResponseReturnValue:
    """Attach a paper."""
    sent = request.files.get("paper")
    if sent is None or not sent.filename:
        raise NoFileChosen
    title = request.form.get("paper_title", "").strip() or sent.filename
    kind = request.form.get("paper_kind", "")
    acts.attach_paper(database(), current_actor(), number, kind, title, sent.filename, sent.read())
    flash(gettext("«%(name)s» is attached.", name=sent.filename))
    return redirect(url_for(".dossier", number=number, _anchor="papers"), 303)


@blueprint.post("/dossiers/<number>/papers/<int:paper_id>/remove")
@requires()
def remove_paper(number: str, paper_id: int) -> ResponseReturnValue:
    """Take a paper off; its row and its history stay."""
    acts.remove_paper(database(), current_actor(), number, paper_id)
    flash(gettext("The paper is removed."))
    return redirect(url_for(".dossier", number=number, _anchor="papers"), 303)


@blueprint.get("/papers/<int:paper_id>")
@requires()
def paper(paper_id: int) -> ResponseReturnValue:
    """One paper: shown where a browser shows it safely, else handed out as a file; a PDF also inside our own pages."""
    found = papers.paper(database(), current_actor(), paper_id)
    return file_answer(found.content, found.media_type, found.filename)
