"""What becomes of one running matter in another version, tried on a copy: why not, or what waits before and after."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from workflows import engine
from workflows.definitions import Bundle
from workflows.definitions.counterparts import Names
from workflows.definitions.deadlines import with_deadlines
from workflows.domain.facts import Facts
from workflows.domain.record import Recorded, set_values
from workflows.domain.text import Text


@dataclass(frozen=True, slots=True)
class OpenTask:
    """An open task of the inbox, as its row has it."""

    id: str
    process: str
    element: str
    group: str
    unit: str | None
    assignee: str | None
    opened_at: datetime
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Matter:
    """A running matter as it stands."""

    number: str
    process: str
    unit: str | None
    state: bytes
    facts: Facts
    tasks: tuple[OpenTask, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """An open task before and after, with what its form asks otherwise."""

    before: OpenTask
    after: OpenTask
    form: Text | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would become of a matter. `reasons` that want consent may stand beside `migrated`; others never do."""

    number: str
    reasons: tuple[engine.Reason, ...]
    migrated: engine.Migrated | None
    tasks: tuple[Moved, ...] = ()

    @property
    def wants_consent(self) -> bool:
        """Whether it goes on only if somebody answers for what is skipped."""
        return bool(self.reasons) and all(each.consent for each in self.reasons)


def outlook(old: Bundle, new: Bundle, matter: Matter, renamed: Names, *, consented: bool = False) -> Outlook:
    """Try a matter on another version. Raises ForeignState."""
    reasons = engine.can_migrate(old, new, matter.process, matter.state, renamed)
    if any(not (each.consent and consented) for each in reasons):
        return Outlook(matter.number, reasons, None)
    found = engine.migrate(old, new, matter.process, matter.state, renamed, consented=consented)
    if not isinstance(found, engine.Migrated):
        return Outlook(matter.number, found, None)
    moved = tuple(_moved(old, new, matter, task, found) for task in matter.tasks)
    return Outlook(matter.number, reasons, found, moved)


def _moved(old: Bundle, new: Bundle, matter: Matter, task: OpenTask, found: engine.Migrated) -> Moved:
    process, element = found.after.open.get(task.id, (task.process, task.element))
    before, after = old.element(task.process, task.element), new.element(process, element)
    lane = new.lane(process, after.lane or "")
    due = task.due_at
    if before.properties.get("due") != after.properties.get("due"):
        due = _limit(new, matter.facts, after.properties.get("due"), task.opened_at)
    unit = matter.unit if lane.scope == "own_unit" else None
    moved = replace(task, process=process, element=element, group=lane.group, unit=unit, due_at=due)
    return Moved(task, moved, _form(old, new, task.element, element))


def _limit(new: Bundle, facts: Facts, key: str | None, opened: datetime) -> datetime | None:
    """The end of a limit that the step did not have before, counted from the day the step began."""
    found = with_deadlines(new, facts, opened).get(f"due.{key}") if key else None
    return found if isinstance(found, datetime) else None


def _form(old: Bundle, new: Bundle, before: str, after: str) -> Text | None:
    """Which fields the form of a step asks for now and did not before, or no longer."""
    first, then = old.forms.get(before), new.forms.get(after)
    if first is None or then is None or first.sha256 == then.sha256:
        return None
    more = ", ".join(f"+ {each}" for each in then.fields if each not in first.fields)
    less = ", ".join(f"− {each}" for each in first.fields if each not in then.fields)
    told = ", ".join(each for each in (more, less) if each)
    return Text(f"mẫu đổi: {told}" if told else "mẫu đổi", f"form changed: {told}" if told else "form changed")


def carried_over(facts: Facts, renamed: Mapping[str, Mapping[str, str]]) -> Recorded:
    """The facts that a renamed step recorded, under its new name too, so that nobody is asked twice.

    Who did it goes along: the rule of the second person asks for it by the name of the step.
    """
    recorded = Recorded(facts, ())
    names = {old: new for steps in renamed.values() for old, new in steps.items() if old != new}
    for line in ("", *(each.id for each in facts.lines)):
        values = facts.values if not line else next(each.values for each in facts.lines if each.id == line)
        told = {new: values[old] for old, new in _renamed(values, names) if new not in values}
        if told:
            more = set_values(recorded.facts, told, line)
            recorded = Recorded(more.facts, (*recorded.changes, *more.changes))
    return recorded


def _renamed(values: Mapping[str, object], names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name in values:
        first, _, rest = name.partition(".")
        if first in names:
            yield name, f"{names[first]}.{rest}"
        elif first in {"by", "for"} and rest in names:
            yield name, f"{first}.{names[rest]}"


def changed_decisions(old: Bundle, new: Bundle) -> tuple[str, ...]:
    """The decisions with a table that reads otherwise, or was added or taken away."""
    names = {*old.tables, *new.tables}
    return tuple(sorted(name for name in names if _files(old, name) != _files(new, name)))


def _files(bundle: Bundle, decision: str) -> dict[str, bytes]:
    return {path: held for path, held in bundle.files.items() if path.startswith(f"decisions/{decision}/")}
