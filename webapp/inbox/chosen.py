"""The tasks that somebody chose for one act, as they stand now, and the form that those of one step share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from webapp.account.session import current_actor
from webapp.layout import database
from webapp.layout.form_page import FormPage, form_page
from webapp.layout.form_tables import Table
from workflows.domain.errors import InvalidInput, NotFound
from workflows.operations import bulk
from workflows.queries import task as tasks
from workflows.queries.task import TaskPage


@dataclass(frozen=True, slots=True)
class Chosen:
    """One of the tasks; `page` is None where there is nothing to see for this person."""

    task_id: str
    page: TaskPage | None

    @property
    def waits(self) -> bool:
        """Whether this person can finish it now, as far as the page knows."""
        return self.page is not None and self.page.state == "open" and self.page.may_work


@dataclass(frozen=True, slots=True)
class Asked:
    """The form that many tasks share: its plain fields, and what all lines get alike."""

    step: Any
    form: FormPage
    schema: Mapping[str, Any]
    tables: tuple[Table, ...]
    choices: Mapping[str, Any] = field(default_factory=dict)

    @property
    def alike(self) -> str:
        """What all lines get, in words."""
        return "; ".join(table.fill.label for table in self.tables if table.fill)


class NothingWaits(InvalidInput):
    """None of these tasks waits for you any more. Load the list again."""


class Different(InvalidInput):
    """These tasks are different steps. Choose tasks of one step, for example with the filter «Step»."""


class EachItsOwn(InvalidInput):
    """«{step}» asks something else of every dossier. Finish these tasks one by one."""


def look(task_ids: Sequence[str]) -> list[Chosen]:
    """The chosen tasks in their order. Raises NothingChosen, TooManyChosen."""
    chosen = list(dict.fromkeys(task_ids))[: bulk.MOST_TASKS + 1]
    if not chosen:
        raise bulk.NothingChosen
    if len(chosen) > bulk.MOST_TASKS:
        raise bulk.TooManyChosen(most=bulk.MOST_TASKS)
    return [Chosen(task, _seen(task)) for task in chosen]


def shared(rows: Sequence[Chosen], typed: tuple[Mapping[str, Any], Mapping[str, str]] | None = None) -> Asked:
    """The form of those that wait; the others get their refusal each. Raises NothingWaits, Different, EachItsOwn."""
    pages = [row.page for row in rows if row.waits and row.page is not None]
    if not pages:
        raise NothingWaits
    first = pages[0]
    if any((page.element, page.form.sha256) != (first.element, first.form.sha256) for page in pages):
        raise Different
    answers, errors = typed or ({}, {})
    choices = _common(pages)
    whole = form_page(first.form.schema, first.form.ui, answers, errors=errors, choices=choices)
    judged = tuple(table for table in whole.tables if table.kind == "lines" and table.fill)
    if len(judged) != len(whole.tables) or first.form.is_secret:
        raise EachItsOwn(step=first.step)
    names = {table.name for table in judged}
    schema = {
        **first.form.schema,
        "properties": {n: each for n, each in first.form.schema["properties"].items() if n not in names},
        "required": [n for n in first.form.schema.get("required", ()) if n not in names],
    }
    shown = form_page(schema, first.form.ui, answers, errors=errors, choices=choices)
    return Asked(first.step, shown, schema, judged, choices)


def lines(row: Chosen, judged: Sequence[Table]) -> dict[str, Any]:
    """What all lines of one task get alike."""
    return {
        table.name: [
            {"line": line.line, **(table.fill.answers if table.fill else {})}
            for line in (row.page.lines if row.page else ())
            if line.verdict == "open" and line.excluded is None
        ]
        for table in judged
    }


def _common(pages: Sequence[TaskPage]) -> dict[str, Any]:
    """The choices that every one of these tasks offers, as the first has them."""
    values = [{name: {each[0] for each in options} for name, options in page.choices.items()} for page in pages]
    return {
        name: tuple(option for option in options if all(option[0] in each.get(name, ()) for each in values))
        for name, options in pages[0].choices.items()
    }


def _seen(task: str) -> TaskPage | None:
    try:
        return tasks.task(database(), current_actor(), task)
    except NotFound:
        return None
