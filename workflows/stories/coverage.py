"""What the stories of a bundle pass of its diagrams and tables, and what none of them does; it plays nothing."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workflows.definitions import Bundle
from workflows.definitions.explained import Explained, Kind
from workflows.definitions.process import Process
from workflows.definitions.vocabulary import DEADLINES
from workflows.queries.passed import Passed, Row, passed, waits
from workflows.rules.table import Rule, Table
from workflows.store.session import Database

LIMIT = re.compile(r"\bdue\.([a-z][a-z0-9_]*)")


@dataclass(frozen=True, slots=True)
class Covered:
    """How much of one diagram's elements or flows, or of one table's rows, is passed; `place` as in Explained.

    `never`: not passed and not explained; `explained`: not passed, with a reason; `stale`: explained, but passed.
    """

    kind: Kind
    place: str
    total: int
    passed: int
    explained: tuple[str, ...]
    never: tuple[str, ...]
    stale: tuple[str, ...]


class Seen:
    """What a story passes, told step by step.

    The row of a limit counts where something that has this limit began to wait in the same step: in its rule set, and
    for the kind of dossier it is about.
    """

    def __init__(self, db: Database, bundle: Bundle) -> None:
        self._db, self._bundle = db, bundle
        self._rows: set[Row] = set()
        self._waited: set[tuple[int, int]] = set()
        every = bundle.processes.values()
        self._kept = {limit for each in every for limit in _limits(each, list(each.elements))}

    def step(self, decided: set[Row]) -> None:
        """A step was played, and these rows decided in it, also outside the diagrams."""
        now = waits(self._db)
        fresh = [place for event, place in now.items() if event not in self._waited]
        self._waited |= now.keys()
        begun = {
            limit
            for each in self._bundle.processes.values()
            for limit in _limits(each, [element for process, element in fresh if process == each.id])
        }
        self._rows |= {row for row in decided if self._counts(row, begun)}

    def passed(self) -> Passed:
        """All that the story has passed."""
        found = passed(self._db)
        found.rows |= self._rows
        return found

    def _counts(self, row: Row, begun: set[str]) -> bool:
        decision, rule_set, name = row
        if decision != DEADLINES:
            return True
        table = self._bundle.tables[decision][rule_set]
        limit = _limit(table, next(rule for rule in table.rules if rule.id == name))
        return limit not in self._kept or limit in begun


def covered(bundle: Bundle, found: Passed) -> list[Covered]:
    """Every diagram and every table, in the order of their names."""
    told: list[Covered] = []
    for name, process in sorted(bundle.processes.items()):
        elements = {element for place, element in found.elements if place == name}
        flows = {flow for place, flow in found.flows if place == name} | set(_surely(process, elements))
        told += [
            _covered(bundle, "element", name, process.elements, elements),
            _covered(bundle, "flow", name, process.flows, flows),
        ]
    for decision, by_rule_set in sorted(bundle.tables.items()):
        for rule_set, table in by_rule_set.items():
            rows = {row for place, rules, row in found.rows if (place, rules) == (decision, rule_set)}
            told.append(_covered(bundle, "row", f"{decision}/{rule_set}", [rule.id for rule in table.rules], rows))
    return told


def _covered(bundle: Bundle, kind: Kind, place: str, every: Iterable[str], found: set[str]) -> Covered:
    named = [*every]
    reasons: dict[str, Explained] = {
        each.key: each for each in bundle.explained if (each.kind, each.place) == (kind, place)
    }
    left = [each for each in named if each not in found]
    return Covered(
        kind,
        place,
        len(named),
        len(named) - len(left),
        tuple(each for each in left if each in reasons),
        tuple(each for each in left if each not in reasons),
        tuple(each for each in reasons if each in found),
    )


def _surely(process: Process, passed_elements: set[str]) -> Iterator[str]:
    """Flows that must have been taken: the only one out of what was passed, and all out of a parallel gateway."""
    for element in passed_elements & process.elements.keys():
        out = process.out_of(element)
        if len(out) == 1 or process.elements[element].type == "parallelGateway":
            yield from (flow.id for flow in out)


def _limits(process: Process, elements: Iterable[str]) -> Iterator[str]:
    """The limits that these elements have."""
    for element in (process.elements[each] for each in elements if each in process.elements):
        if due := element.properties.get("due"):
            yield due
        for trigger in element.triggers:
            yield from LIMIT.findall(trigger.expression or "")


def _limit(table: Table, rule: Rule) -> str | None:
    """The limit that a row of the table of deadlines is about."""
    column = next((number for number, output in enumerate(table.outputs) if output.name == "key"), None)
    return None if column is None else str(json.loads(rule.outputs[column]))
