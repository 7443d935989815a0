"""One act on many tasks: first a summary of what will happen, then the result of each; a refused one says why."""

import secrets
from collections.abc import Sequence
from contextlib import suppress

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from werkzeug.datastructures import MultiDict

from webapp.account.session import current_actor, requires
from webapp.inbox.chosen import Asked, Chosen, lines, look, shared
from webapp.layout import database
from webapp.layout.refusals import sentence
from workflows.domain import form as forms
from workflows.domain.errors import DomainError, InvalidInput
from workflows.operations import bulk
from workflows.operations.handing import SHORTEST_REASON, HandedReasonNeeded
from workflows.queries import clock
from workflows.queries.people import receivers_of

blueprint = Blueprint("bulk", __name__, template_folder="templates")

TITLES = {
    "claim": lazy_gettext("Take on"),
    "release": lazy_gettext("Give back"),
    "assign": lazy_gettext("Give to somebody"),
    "complete": lazy_gettext("Finish with one answer"),
}
NOT_ANSWERS = frozenset({"csrf_token", "task", "act", "confirmed"})


class NobodyChosen(InvalidInput):
    """Choose who gets these tasks."""


@blueprint.post("/inbox/bulk")
@requires("task.work")
def summary() -> ResponseReturnValue:
    """What will happen to the chosen tasks; once confirmed, what has happened to each."""
    act = request.form.get("act", "claim")
    act = act if act in TITLES else "claim"
    rows = look(request.form.getlist("task"))
    confirmed = "confirmed" in request.form
    if act == "complete":
        return _complete(rows, confirmed=confirmed)
    if act == "assign":
        return _assign(rows, confirmed=confirmed)
    if not confirmed:
        return _page(act, rows)
    done = bulk.claim_all if act == "claim" else bulk.release_all
    return _page(act, rows, results=done(database(), current_actor(), [row.task_id for row in rows]))


def _complete(rows: Sequence[Chosen], *, confirmed: bool) -> ResponseReturnValue:
    try:
        asked = shared(rows)
    except InvalidInput as refusal:
        return _page("complete", rows, why=sentence(refusal)), 422
    if not confirmed:
        return _page("complete", rows, asked=asked)
    sent = MultiDict((n, v) for n, v in request.form.items(multi=True) if n not in NOT_ANSWERS and n[0] != "_")
    try:
        plain = forms.clean(asked.schema, sent)
    except InvalidInput as refusal:
        typed = forms.draft(asked.schema, sent)
        return _page("complete", rows, asked=shared(rows, (typed, refusal.fields))), 422
    answers = {row.task_id: {**plain, **lines(row, asked.tables)} for row in rows}
    key = request.form.get("_key", "")[:60]
    results = bulk.complete_all(database(), current_actor(), answers, key=key, seen=_summed_up())
    return _page("complete", rows, asked=asked, results=results)


def _assign(rows: Sequence[Chosen], *, confirmed: bool) -> ResponseReturnValue:
    if not confirmed:
        return _page("assign", rows)
    to, reason = request.form.get("to", ""), request.form.get("reason", "").strip()
    refusal = NobodyChosen() if not to else HandedReasonNeeded() if len(reason) < SHORTEST_REASON else None
    if refusal is not None:
        return _page("assign", rows, wrong=sentence(refusal)), 422
    results = bulk.hand_all_over(database(), current_actor(), [row.task_id for row in rows], to, reason)
    return _page("assign", rows, results=results)


def _summed_up() -> dict[str, int]:
    """The history number of each matter when it was summed up, as the page sent it."""
    found = {}
    for name, value in request.form.items():
        if name.startswith("_seen-"):
            with suppress(ValueError):
                found[name.removeprefix("_seen-")] = int(value[:18])
    return found


def _page(
    act: str,
    rows: Sequence[Chosen],
    *,
    asked: Asked | None = None,
    results: Sequence[bulk.Result] = (),
    why: str = "",
    wrong: str = "",
) -> str:
    people = act == "assign" and not results
    return render_template(
        "inbox/bulk.html",
        act=act,
        titles=TITLES,
        title=asked.step if asked else None,
        rows=rows,
        form=asked.form if asked and not results else None,
        alike=asked.alike if asked else "",
        receivers=receivers_of(database(), current_actor(), [row.task_id for row in rows]) if people else (),
        results={each.task_id: _said(each.refused) for each in results},
        done=sum(each.refused is None for each in results),
        waiting=sum(row.waits for row in rows),
        why=why,
        wrong=wrong,
        key=request.form.get("_key") or secrets.token_urlsafe(16),
        now=clock.clock(database()).now,
    )


def _said(refusal: DomainError | None) -> str:
    if refusal is None:
        return ""
    why = sentence(refusal)
    if isinstance(refusal, InvalidInput) and refusal.fields:
        return str(gettext("%(why)s Open it to see which entries.", why=why))
    return why
