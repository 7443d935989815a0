"""A bundle: one folder of diagrams, tables, forms and papers as one frozen value; it refuses to run anything."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from workflows.definitions.errors import DecisionUnknown, ElementUnknown, LaneUnknown, NoRulesInForce
from workflows.definitions.explained import Explained
from workflows.definitions.form import Form
from workflows.definitions.manifest import Lane, Manifest, Message, Notice, RuleSet, Series
from workflows.definitions.process import Element, Process
from workflows.definitions.vocabulary import Declared
from workflows.definitions.wording import Worded, gather
from workflows.domain.calendar import WorkingDays
from workflows.domain.errors import NotFound
from workflows.domain.linked import Linked
from workflows.domain.text import Text
from workflows.rules.table import Table
from workflows.rules.vocabulary import Vocabulary

ALWAYS = "always"
"""The file of a decision that follows no law by date: a parameter of the authority, a routing, an escalation."""


@dataclass(frozen=True, slots=True, eq=False)
class Movement:
    """A movement (phong trào) as its plan says it: `told` is the file as it stands."""

    key: str
    title: Text
    told: Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Bundle:
    """Everything of one version. `tables` holds the decisions by id and rule set, `files` every byte of the folder."""

    manifest: Manifest
    sha256: str
    files: Mapping[str, bytes]
    processes: Mapping[str, Process]
    forms: Mapping[str, Form]
    tables: Mapping[str, Mapping[str, Table]]
    movements: Mapping[str, Movement]
    scenarios: Mapping[str, Mapping[str, Any]]
    demo: Mapping[str, Any]
    calendar: WorkingDays
    explained: tuple[Explained, ...] = ()
    _names: dict[str | None, Vocabulary] = field(default_factory=dict)
    _words: dict[str, Worded] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The name of the folder, the same in every version."""
        return self.manifest.key

    @property
    def title(self) -> Text:
        """What the bundle is called on a page."""
        return self.manifest.title

    @property
    def lanes(self) -> Mapping[str, Lane]:
        """The lanes of the diagrams by their Vietnamese name."""
        return self.manifest.lanes

    @property
    def groups(self) -> Mapping[str, Text]:
        """The candidate groups by key."""
        return self.manifest.groups

    @property
    def messages(self) -> Mapping[str, Message]:
        """The messages between instances by name."""
        return self.manifest.messages

    @property
    def linked(self) -> Mapping[str, Linked]:
        """The procedures about a decided dossier, by the id of their diagram."""
        return self.manifest.linked

    @property
    def rule_sets(self) -> tuple[RuleSet, ...]:
        """The rule sets, in the order of bundle.toml."""
        return self.manifest.rule_sets

    @property
    def bodies(self) -> Mapping[str, Text]:
        """The outside bodies by key."""
        return self.manifest.bodies

    @property
    def parameters(self) -> Mapping[str, str]:
        """What this installation fixed, as facts."""
        return {name: each.value for name, each in self.manifest.parameters.items()}

    @property
    def series(self) -> Mapping[str, Series]:
        """The number series by key."""
        return self.manifest.series

    @property
    def papers(self) -> Mapping[str, Text]:
        """The kinds of paper by key."""
        return self.manifest.papers

    @property
    def notices(self) -> Mapping[str, Notice]:
        """The notices by key."""
        return self.manifest.notices

    @property
    def decision_ids(self) -> tuple[str, ...]:
        """The decisions that have at least one table."""
        return tuple(sorted(self.tables))

    @property
    def documents(self) -> Mapping[str, bytes]:
        """The templates of papers by file name."""
        folder = "documents/"
        return {path.removeprefix(folder): held for path, held in self.files.items() if path.startswith(folder)}

    def element(self, process: str, element: str) -> Element:
        """A task, event or gateway of a process. Raises ElementUnknown."""
        found = self.processes[process].elements.get(element) if process in self.processes else None
        if found is None:
            raise ElementUnknown(process=process, element=element)
        return found

    def flow_between(self, process: str, source: str, target: str) -> str | None:
        """The arrow from one element straight to another, where there is exactly one."""
        if process not in self.processes:
            return None
        flows = [flow.id for flow in self.processes[process].out_of(source) if flow.target == target]
        return flows[0] if len(flows) == 1 else None

    def lane(self, process: str, lane: str) -> Lane:
        """Who may do the tasks of a lane. Raises LaneUnknown."""
        if lane not in self.manifest.lanes:
            raise LaneUnknown(process=process, lane=lane)
        return self.manifest.lanes[lane]

    def rule_set(self, decision: str, on: date) -> str:
        """The key of the rules in force for a decision on a day, ALWAYS where it follows no law by date.

        Raises NoRulesInForce, DecisionUnknown.
        """
        if ALWAYS in self.tables.get(decision, {}):
            return ALWAYS
        for rules in self.manifest.rule_sets:
            if rules.holds(on):
                if rules.key not in self.tables.get(decision, {}):
                    raise DecisionUnknown(decision=decision, rule_set=rules.key)
                return rules.key
        raise NoRulesInForce(bundle=self.key, day=on.strftime("%d/%m/%Y"))

    def decision(self, decision: str, on: date) -> Table:
        """The table in force for a decision on a day. Raises NoRulesInForce, DecisionUnknown."""
        return self.tables.get(decision, {})[self.rule_set(decision, on)]

    def legal_date_of(self, decision: str) -> str | None:
        """The fact that holds the day whose law a decision follows; None: the day it is made."""
        return self.manifest.legal_dates.get(decision)

    def form(self, task: str) -> Form:
        """The form of a user task. Raises NotFound."""
        if task not in self.forms:
            raise NotFound(what=f"The form of «{task}»")
        return self.forms[task]

    def vocabulary(self, process: str | None) -> Vocabulary:
        """The declared facts an expression of a process may name, with those of the processes it calls or is called by.

        None: every fact of the bundle.
        """
        if process not in self._names:
            self._names[process] = self._declared().names(process)
        return self._names[process]

    def deadline_keys(self) -> frozenset[str]:
        """The limits that every table of deadlines knows; each is a fact `due.<key>`."""
        return self._declared().deadline_keys()

    def _declared(self) -> Declared:
        return Declared(self.manifest, self.processes, self.forms, self.tables)

    def worded(self, fact: str) -> Worded:
        """What a fact is called on a page and what its values mean; its own name where nothing says."""
        if not self._words:
            self._words.update(gather(self.manifest, self.forms, self.tables))
        return self._words.get(fact) or Worded(Text(fact))

    def label(self, fact: str) -> Text:
        """What a fact is called on a page."""
        return self.worded(fact).label

    def element_name(self, process: str, element: str) -> Text:
        """An element in both languages: the title of its form, else its label on the diagram."""
        if element in self.forms:
            return Text.read(self.forms[element].ui["title"])
        return Text(self.element(process, element).name, self.manifest.labels.get(element, ""))

    def working_days(self) -> WorkingDays:
        """The Vietnamese working days that limits are counted in."""
        return self.calendar
