"""A decision of a bundle applied to facts: the rule set by the legal date, then the table; it keeps nothing."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime

from workflows.definitions.bundle import Bundle
from workflows.domain.calendar import local_day
from workflows.domain.facts import Facts, Line
from workflows.rules.decide import Decided, decide
from workflows.rules.table import Table


@dataclass(frozen=True, slots=True)
class Applied:
    """What a table said, by which rule set, and the table itself."""

    table: Table
    rule_set: str
    decided: Decided

    @property
    def inputs(self) -> Mapping[str, object]:
        """The values the table looked at, under its column names."""
        return {each.label: value for each, value in zip(self.table.inputs, self.decided.inputs, strict=True)}

    def rows(self) -> tuple[Mapping[str, object], ...]:
        """The outputs of a table that collects, one mapping per matched rule."""
        names = list(self.decided.outputs)
        columns = [self.decided.outputs[name] for name in names]
        return tuple(dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True))


Witness = Callable[[str, Applied], None]
_WITNESS: ContextVar[Witness | None] = ContextVar("witness", default=None)


@contextmanager
def witnessed(witness: Witness) -> Iterator[None]:
    """Tell `witness` of every decision that is applied meanwhile, also of those that no history keeps."""
    before = _WITNESS.set(witness)
    try:
        yield
    finally:
        _WITNESS.reset(before)


def apply_decision(
    bundle: Bundle,
    decision: str,
    facts: Facts,
    now: datetime,
    *,
    process: str | None = None,
    line: Line | None = None,
    legal_date: str | None = None,
) -> Applied:
    """Apply a decision to the instance, or to one line. `legal_date` names the fact whose day chooses the rules.

    Raises RuleFailed and its kin with sentences that name the table.
    """
    day = legal_day(facts, legal_date or bundle.legal_date_of(decision), now)
    table = bundle.decision(decision, day)
    known = {**facts.with_values(bundle.parameters).context(line), "now": now, "today": local_day(now)}
    rule_set = bundle.rule_set(decision, day)
    place = f"decisions/{decision}/{rule_set}.dmn"
    applied = Applied(table, rule_set, decide(table, known, bundle.vocabulary(process), place=place))
    if witness := _WITNESS.get():
        witness(decision, applied)
    return applied


def legal_day(facts: Facts, fact: str | None, now: datetime) -> date:
    """The day whose law holds: the day in `fact` once it is known, else today."""
    chosen = facts.get(fact) if fact else None
    if isinstance(chosen, datetime):
        return local_day(chosen)
    return chosen if isinstance(chosen, date) else local_day(now)
