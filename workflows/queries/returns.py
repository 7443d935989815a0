"""What a return asked for and what was answered: a resubmission as a difference against the last one."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from workflows.definitions import Bundle
from workflows.domain.entries import read
from workflows.domain.facts import Facts
from workflows.domain.text import Text
from workflows.queries.event_words import Telling
from workflows.queries.names import nominee_name, value_name
from workflows.queries.rows import LineRow
from workflows.queries.shown import known
from workflows.queries.steps import NOTHING, Entry, steps

RETURNED = "tra-lai"
WHOLE = Text("Cả hồ sơ", "The whole dossier")
ADDED, REMOVED = Text("Giấy tờ thêm", "Paper added"), Text("Giấy tờ gỡ", "Paper removed")
MEND = Text("cách bổ sung", "how to mend it")
CHANGES = frozenset({"FactChanged", "PaperAttached", "PaperRemoved"})
HISTORY = text("select body from history where instance_id = :id order by seq")


@dataclass(frozen=True, slots=True)
class Defect:
    """One defect of a returned dossier: whom it is about, what lacks, and what the unit answered."""

    row: LineRow
    answer: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from one submission to the next: entries old → new, and each defect with its answer."""

    entries: tuple[Entry, ...]
    defects: tuple[Defect, ...]


def defects(bundle: Bundle, facts: Facts, locale: str) -> tuple[Defect, ...]:
    """The defects of the last return, in their order, by the form whose table answers them (`x-of`)."""
    for form in bundle.forms.values():
        for name, field in form.fields.items():
            if "x-of" in field:
                said = {row["line"]: str(row["answer"]) for row in read(field, facts.get(f"{form.prefix}.{name}"))}
                asked = enumerate(_asked(bundle, str(field["x-of"]), facts), 1)
                return tuple(Defect(_row(bundle, n, each, facts, locale), said.get(n)) for n, each in asked)
    return ()


def difference(tx: Connection, bundle: Bundle, instance: int, facts: Facts, locale: str) -> Difference | None:
    """What the last completion of a returned dossier changed; None where it was never returned and handed in again."""
    told = [json.loads(body) for body in tx.execute(HISTORY, {"id": instance}).scalars()]
    chosen = list(_changes(bundle, told))
    if not chosen:
        return None
    nominees = {line.id: nominee_name(line.nominee) for line in facts.lines}
    found = steps(Telling(bundle, locale, known(tx), nominees), chosen, frozenset())
    papers = [each for told in chosen for each in _paper(told)]
    return Difference((*(entry for step in found for entry in step.entries), *papers), defects(bundle, facts, locale))


def _changes(bundle: Bundle, told: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The facts and papers changed from the opening of the unit's task until it was completed, with its own answers."""
    ends = [place for place, each in enumerate(told) if each["kind"] == "TaskCompleted" and _returned(bundle, each)]
    if not ends:
        return
    end = ends[-1]
    task = told[end]["event"]["task"]
    begin = next(n for n, each in enumerate(told) if each["kind"] == "TaskOpened" and each["event"]["task"] == task)
    forms = bundle.forms.values()
    answers = {f"{form.prefix}.{name}" for form in forms for name, field in form.fields.items() if "x-of" in field}
    for place, each in enumerate(told[begin:], begin):
        if place > end and each["kind"] != "FactChanged":
            return
        if each["kind"] in CHANGES and each["event"].get("fact") not in answers:
            yield each


def _returned(bundle: Bundle, told: Mapping[str, Any]) -> bool:
    process = bundle.processes.get(told["event"]["process"])
    element = process.elements.get(told["event"]["element"]) if process else None
    return element is not None and element.properties.get("status") == RETURNED


def _paper(told: Mapping[str, Any]) -> Iterator[Entry]:
    if told["kind"] == "PaperAttached":
        yield Entry(ADDED, "", NOTHING, told["event"]["title"])
    elif told["kind"] == "PaperRemoved":
        yield Entry(REMOVED, "", told["event"]["title"], NOTHING)


def _asked(bundle: Bundle, fact: str, facts: Facts) -> Iterator[Mapping[str, Any]]:
    for form in bundle.forms.values():
        for name, field in form.fields.items():
            if f"{form.prefix}.{name}" == fact:
                yield from read(field, facts.get(fact))


def _row(bundle: Bundle, number: int, told: Mapping[str, Any], facts: Facts, locale: str) -> LineRow:
    line = next((each for each in facts.lines if each.ordinal == told.get("nominee")), None)
    about = [f"{line.ordinal}. {nominee_name(line.nominee)}" if line else WHOLE.of(locale)]
    if told.get("paper"):
        about.append(value_name(bundle, "appraise_dossier.defects.paper", str(told["paper"])).of(locale))
    detail = f"{told.get('missing', '')} ({MEND.of(locale)}: {told.get('mend', '')})"
    return LineRow(number, " · ".join(about), detail, None, None, None, "open")
