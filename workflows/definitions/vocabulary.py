"""Which facts the expressions of a process may name, and of which kind: forms, tables and bundle.toml declare them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from workflows.definitions.form import Form
from workflows.definitions.manifest import Manifest
from workflows.definitions.process import Process
from workflows.rules.table import Table
from workflows.rules.vocabulary import FactType, Vocabulary

DEADLINES = "deadlines"
CALENDAR_LIMITS = "calendar_limits"
LIMITS = (DEADLINES, CALENDAR_LIMITS)
"""The tables of limits: in working days, and in calendar days where the law counts those."""


@dataclass(frozen=True, slots=True, eq=False)
class Declared:
    """Where the facts of a bundle are declared."""

    manifest: Manifest
    processes: Mapping[str, Process]
    forms: Mapping[str, Form]
    tables: Mapping[str, Mapping[str, Table]]

    def names(self, process: str | None) -> Vocabulary:
        """The facts of a process and of all that share an instance with it; None: every fact of the bundle."""
        members = self.processes if process is None else family(self.processes, process)
        names = {name: fact.type for name, fact in self.manifest.facts.items()}
        names.update((n, FactType("text", tuple(each.values))) for n, each in self.manifest.parameters.items())
        rule_sets = tuple(rules.key for rules in self.manifest.rule_sets)
        for regime in self.manifest.regimes:
            names[f"regime.{regime.key}"] = FactType("text", rule_sets)
            names[f"regime.{regime.key}_on"] = FactType("date")
        names.update(fact for form in self.forms.values() for fact in form.nominee_facts())
        for each in members:
            for name, fact in self._of_forms(self.processes[each]):
                names[name] = _either(names.get(name, fact), fact)
            names.update(self._of_decisions(self.processes[each]))
            names.update(_of_papers(self.processes[each]))
        names.update((f"due.{key}", FactType("instant")) for key in self.deadline_keys())
        return names

    def deadline_keys(self) -> frozenset[str]:
        """The limits that the tables of limits know in every rule set; each is a fact `due.<key>`."""
        return frozenset[str]().union(*(self._keys(decision) for decision in LIMITS))

    def _keys(self, decision: str) -> frozenset[str]:
        known: list[frozenset[str]] = []
        for table in self.tables.get(decision, {}).values():
            column = next((n for n, output in enumerate(table.outputs) if output.name == "key"), None)
            if column is not None:
                known.append(frozenset(_texts(rule.outputs[column] for rule in table.rules)))
        return frozenset.intersection(*known) if known else frozenset()

    def _of_forms(self, process: Process) -> Iterator[tuple[str, FactType]]:
        for task in process.of_type("userTask"):
            yield f"by.{task.id}", FactType("text")
            if task.id in self.forms:
                yield from self.forms[task.id].facts(many=task.loop is not None)

    def _of_decisions(self, process: Process) -> Iterator[tuple[str, FactType]]:
        for element in process.of_type("businessRuleTask"):
            prefix = "line.decisions" if element.properties.get("forEach") == "line" else "decisions"
            if output := element.properties.get("any"):
                yield f"decisions.{element.decision}.any_{output}", FactType("boolean")
            if "amount" in element.properties:
                yield f"{prefix}.{element.decision}.amount", FactType("number")
            for table in self.tables.get(element.decision or "", {}).values():
                for name, given in table.gives().items():
                    yield f"{prefix}.{table.id}.{name}", given


def _either(known: FactType, told: FactType) -> FactType:
    """A fact that several forms tell may have the values of any of them."""
    if known.kind != told.kind or not (known.values and told.values):
        return told
    return FactType(told.kind, tuple(dict.fromkeys((*known.values, *told.values))), told.of)


def _of_papers(process: Process) -> Iterator[tuple[str, FactType]]:
    """Number and day of the papers that get theirs when they are set."""
    for task in process.of_type("serviceTask"):
        if "series" in task.properties and "paper" in task.properties:
            yield f"paper.{task.properties['paper']}.number", FactType("text")
            yield f"paper.{task.properties['paper']}.date", FactType("date")


def family(processes: Mapping[str, Process], process: str) -> tuple[str, ...]:
    """The processes that run inside the same instance: those this one calls or is called by, however far."""
    found: set[str] = set()
    waiting = [process]
    while waiting:
        each = waiting.pop()
        if each not in found and each in processes:
            found.add(each)
            waiting += processes[each].called()
            waiting += [other.id for other in processes.values() if each in other.called()]
    return tuple(sorted(found))


def _texts(cells: Iterable[str]) -> Iterator[str]:
    for cell in cells:
        try:
            text = json.loads(cell)
        except (ValueError, RecursionError):
            continue
        if isinstance(text, str):
            yield text
