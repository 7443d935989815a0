"""One act on many tasks: first a summary of what will happen, then the result of each; a refused one says why."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from werkzeug.datastructures import MultiDict

from webapp.account.session import current_actor, requires
from webapp.layout import database
from webapp.layout.form_page import FormPage, form_page
from webapp.layout.form_tables import Table
from webapp.layout.refusals import sentence
from workflows.domain import form as forms
from workflows.domain.errors import DomainError, InvalidInput
from workflows.operations import bulk
from workflows.queries import clock
from workflows.queries import task as tasks
from workflows.queries.task import TaskPage

blueprint = Blueprint("bulk", __name__, template_folder="templates")

TITLES = {
    "claim": lazy_gettext("Take on"),
    "release": lazy_gettext("Give back"),
    "complete": lazy_gettext("Finish with one answer"),
}
NOT_ANSWERS = frozenset({"csrf_token", "task", "act", "confirmed"})


@dataclass(frozen=True, slots=True)
class _Asked:
    """The form that many tasks share: its plain fields, and what all lines get alike."""

    form: FormPage
    schema: Mapping[str, Any]
    tables: tuple[Table, ...]


class Different(InvalidInput):
    """These tasks are different steps. Choose tasks of one step, for example with the filter «Step»."""


class EachItsOwn(InvalidInput):
    """«{step}» asks something else of every dossier. Finish these tasks one by one."""


class NotFree(InvalidInput):
    """{number} is handled by somebody else, or is finished. Take it out and try again."""


@blueprint.post("/inbox/bulk")
@requires("task.work")
def summary() -> ResponseReturnValue:
    """What will happen to the chosen tasks; once confirmed, what has happened to each."""
    act = request.form.get("act", "claim")
    act = act if act in TITLES else "claim"
    chosen = list(dict.fromkeys(request.form.getlist("task")))[: bulk.MOST_TASKS + 1]
    if not chosen:
        raise bulk.NothingChosen
    if len(chosen) > bulk.MOST_TASKS:
        raise bulk.TooManyChosen(most=bulk.MOST_TASKS)
    rows = [tasks.task(database(), current_actor(), task) for task in chosen]
    confirmed = "confirmed" in request.form
    if act == "complete":
        return _complete(rows, confirmed=confirmed)
    if not confirmed:
        return _page(act, rows)
    done = bulk.claim_all if act == "claim" else bulk.release_all
    return _page(act, rows, results=done(database(), current_actor(), chosen))


def _complete(rows: Sequence[TaskPage], *, confirmed: bool) -> ResponseReturnValue:
    try:
        asked = _shared(rows, None)
    except InvalidInput as refusal:
        return _page("complete", rows, why=sentence(refusal)), 422
    if not confirmed:
        return _page("complete", rows, asked=asked)
    sent = MultiDict((n, v) for n, v in request.form.items(multi=True) if n not in NOT_ANSWERS and n[0] != "_")
    try:
        plain = forms.clean(asked.schema, sent)
    except InvalidInput as refusal:
        typed = forms.draft(asked.schema, sent)
        return _page("complete", rows, asked=_shared(rows, (typed, refusal.fields))), 422
    answers = {row.task_id: {**plain, **_lines(row, asked.tables)} for row in rows}
    results = bulk.complete_all(database(), current_actor(), answers, key=request.form.get("_key", "")[:60])
    return _page("complete", rows, results=results)


def _shared(rows: Sequence[TaskPage], typed: tuple[Mapping[str, Any], Mapping[str, str]] | None) -> _Asked:
    """The form that all these tasks have. Raises Different, EachItsOwn, NotFree."""
    first = rows[0]
    if any((row.element, row.form.sha256) != (first.element, first.form.sha256) for row in rows):
        raise Different
    for row in rows:
        if row.state != "open" or not row.may_work:
            raise NotFree(number=row.number)
    answers, errors = typed or ({}, {})
    whole = form_page(first.form.schema, first.form.ui, answers, errors=errors, choices=first.choices)
    judged = tuple(table for table in whole.tables if table.kind == "lines" and table.fill)
    if len(judged) != len(whole.tables):
        raise EachItsOwn(step=first.step)
    names = {table.name for table in judged}
    schema = {
        **first.form.schema,
        "properties": {n: field for n, field in first.form.schema["properties"].items() if n not in names},
        "required": [n for n in first.form.schema.get("required", ()) if n not in names],
    }
    return _Asked(form_page(schema, first.form.ui, answers, errors=errors, choices=first.choices), schema, judged)


def _lines(row: TaskPage, tables: Sequence[Table]) -> dict[str, Any]:
    return {
        table.name: [
            {"line": line.line, **(table.fill.answers if table.fill else {})}
            for line in row.lines
            if line.verdict == "open" and line.excluded is None
        ]
        for table in tables
    }


def _page(
    act: str,
    rows: Sequence[TaskPage],
    *,
    asked: _Asked | None = None,
    results: Sequence[bulk.Result] = (),
    why: str = "",
) -> str:
    return render_template(
        "inbox/bulk.html",
        act=act,
        titles=TITLES,
        rows=rows,
        form=asked.form if asked else None,
        alike="; ".join(table.fill.label for table in asked.tables if table.fill) if asked else "",
        results={each.task_id: _said(each.refused) for each in results},
        done=sum(each.refused is None for each in results),
        why=why,
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
