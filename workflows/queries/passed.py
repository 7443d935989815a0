"""What the instances of a database passed on the diagrams and which rows of tables decided, from their histories."""

from dataclasses import dataclass, field

from sqlalchemy import text

from workflows.store.session import Database

Place = tuple[str, str]
"""A process and the id of an element or a flow in it."""
Row = tuple[str, str, str]
"""A decision, a rule set, and the id of a row."""

PASSED = text(
    """select distinct body::jsonb -> 'event' ->> 'process' process, body::jsonb -> 'event' ->> 'element' element,
body::jsonb -> 'event' ->> 'flow' flow from history where kind = 'ElementPassed'"""
)
BEGUN = text(
    """select instance_id, seq, body::jsonb -> 'event' ->> 'process' process,
body::jsonb -> 'event' ->> 'element' element from history where kind in ('TaskOpened', 'TimerSet')"""
)
DECIDED = text(
    """select distinct body::jsonb -> 'event' ->> 'decision' decision, body::jsonb -> 'event' ->> 'rule_set' rules,
jsonb_array_elements_text(body::jsonb -> 'event' -> 'rules') as row from history where kind = 'DecisionMade'"""
)


@dataclass(slots=True)
class Passed:
    """Elements and flows that were passed, and rows that decided."""

    elements: set[Place] = field(default_factory=set)
    flows: set[Place] = field(default_factory=set)
    rows: set[Row] = field(default_factory=set)

    def add(self, other: "Passed") -> None:
        """Take in what another database saw."""
        self.elements |= other.elements
        self.flows |= other.flows
        self.rows |= other.rows


def passed(db: Database) -> Passed:
    """Everything that was passed in a database."""
    with db.read() as tx:
        told = tx.execute(PASSED).all()
        return Passed(
            {(each.process, each.element) for each in told},
            {(each.process, each.flow) for each in told if each.flow},
            {(each.decision, each.rules, each.row) for each in tx.execute(DECIDED)},
        )


def waits(db: Database) -> dict[tuple[int, int], Place]:
    """Every event by which an element began to wait, by its place in the histories."""
    with db.read() as tx:
        return {(each.instance_id, each.seq): (each.process, each.element) for each in tx.execute(BEGUN)}
