"""The decisions of a DMN file and what each requires (DMN 1.3, 6), read into plain values; it decides nothing."""

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from lxml import etree

from workflows.domain.said import Said
from workflows.rules.errors import (
    DecisionNameless,
    DecisionNotHeld,
    FunctionRequired,
    InputUnknown,
    LogicUnknown,
    NameMalformed,
    NoDecisions,
    RequirementsCircle,
    RequirementUnknown,
    ResultNameMalformed,
    ResultNameRepeated,
)
from workflows.rules.markup import check_language, children, kind_in, read_xml, tag, text_in
from workflows.rules.table import Table, read_decision
from workflows.rules.vocabulary import FactType, Kind, check_name

_NAMED = 10


@dataclass(frozen=True, slots=True)
class Literal:
    """A decision that is one FEEL expression, and the kind of its variable."""

    expression: str
    kind: Kind | None


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: its table or expression, the decisions it requires, and the names of its result.

    The names: that of its variable; where it has none, its name and its id, as far as FEEL can read them.
    """

    id: str
    name: str
    results: tuple[str, ...]
    logic: Table | Literal
    requires: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Graph:
    """The decisions of a file by id, and the types of its input data by name, where they are declared."""

    decisions: Mapping[str, Decision]
    inputs: Mapping[str, FactType]

    @property
    def last(self) -> tuple[str, ...]:
        """The decisions that no other one requires."""
        required = {each for decision in self.decisions.values() for each in decision.requires}
        return tuple(key for key in self.decisions if key not in required)

    def up_to(self, decision: str) -> tuple[Decision, ...]:
        """The decision and all that it requires, each once and after those it requires itself."""
        wanted: dict[str, tuple[str, ...]] = {}
        waiting = [decision]
        while waiting:
            key = waiting.pop()
            if key not in wanted:
                wanted[key] = self.decisions[key].requires
                waiting.extend(wanted[key])
        return tuple(self.decisions[key] for key in TopologicalSorter(wanted).static_order())


def parse_graph(xml: bytes, *, place: str) -> Graph:
    """The decisions of a DMN file; raises DecisionsRejected or TableRejected with what to change."""
    root = read_xml(xml, place=place)
    drawn = children(root, "decision") if tag(root) == "definitions" else []
    if not drawn:
        raise NoDecisions(place=place)
    sha256 = hashlib.sha256(xml).hexdigest()
    given = {element.get("id") or "": element for element in children(root, "inputData")}
    decisions: dict[str, Decision] = {}
    for element in drawn:
        key = element.get("id") or ""
        if not key or key in decisions or key in given:
            raise DecisionNameless(place=place, decision=key or element.get("name") or "")
        decisions[key] = _decision(element, sha256, place)
    for element in drawn:
        _check_references(element, decisions, given, place)
    _check_circles(decisions, place)
    for decision in decisions.values():
        _check_names(decision, [decisions[key] for key in decision.requires], place)
    return Graph(decisions, dict(_declared(given.values())))


def held(graph: Graph, decision: str, *, place: str) -> Decision:
    """A decision of the graph; raises DecisionNotHeld."""
    if decision not in graph.decisions:
        known = ", ".join(list(graph.decisions)[:_NAMED])
        raise DecisionNotHeld(place=place, decision=decision, known=known)
    return graph.decisions[decision]


def _decision(element: etree._Element, sha256: str, place: str) -> Decision:
    key = element.get("id") or ""
    where = Said("{place}, decision {decision}", place=place, decision=key)
    for function in children(element, "knowledgeRequirement"):
        targets = [child.get("href") or "" for child in children(function, "requiredKnowledge")]
        raise FunctionRequired(place=place, decision=key, required=", ".join(targets).removeprefix("#"))
    variables = children(element, "variable")
    logic: Table | Literal
    if children(element, "decisionTable"):
        logic = read_decision(element, sha256, place=where)
    else:
        logic = _literal(element, variables, where, place)
    requires = tuple(dict.fromkeys(_required(element, "requiredDecision")))
    return Decision(key, element.get("name") or key, _results(element, variables), logic, requires)


def _literal(element: etree._Element, variables: list[etree._Element], where: str, place: str) -> Literal:
    found = children(element, "literalExpression")
    if len(found) != 1:
        raise LogicUnknown(place=place, decision=element.get("id") or "")
    check_language(found[0], where)
    typed = [each for each in (*variables, *found) if each.get("typeRef")]
    return Literal(text_in(found[0]), kind_in(typed[0], where) if typed else None)


def _results(element: etree._Element, variables: list[etree._Element]) -> tuple[str, ...]:
    key = element.get("id") or ""
    written = variables[0].get("name") if variables else None
    if written:
        return (_composed(written),)
    names = dict.fromkeys((_composed(element.get("name") or key), key))
    return tuple(name for name in names if _fault(name) is None) or (key,)


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _fault(name: str) -> object:
    """Why expressions cannot use a name; None where they can."""
    try:
        check_name(name)
    except NameMalformed as problem:
        return problem.about["why"]
    return Said("it has a dot") if "." in name else None


def _required(element: etree._Element, kind: str) -> list[str]:
    arrows = children(element, "informationRequirement")
    targets = [target for arrow in arrows for target in children(arrow, kind)]
    return [(target.get("href") or "").removeprefix("#") for target in targets]


def _check_references(
    element: etree._Element, decisions: Mapping[str, Decision], given: Mapping[str, etree._Element], place: str
) -> None:
    key = element.get("id")
    for required in _required(element, "requiredDecision"):
        if required not in decisions:
            raise RequirementUnknown(place=place, decision=key, required=required)
    for required in _required(element, "requiredInput"):
        if required not in given:
            raise InputUnknown(place=place, decision=key, required=required)


def _check_circles(decisions: Mapping[str, Decision], place: str) -> None:
    try:
        TopologicalSorter({key: each.requires for key, each in decisions.items()}).prepare()
    except CycleError as circle:
        around = list(reversed(circle.args[1]))
        named = " → ".join(around[:_NAMED]) + (" → …" if len(around) > _NAMED else "")
        raise RequirementsCircle(place=place, decisions=named) from None


def _check_names(decision: Decision, required: Iterable[Decision], place: str) -> None:
    seen: set[str] = set()
    for each in required:
        for name in each.results:
            why = _fault(name)
            if why is not None:
                raise ResultNameMalformed(place=place, decision=each.id, name=name, why=why)
            if name in seen:
                raise ResultNameRepeated(place=place, decision=decision.id, name=name)
            seen.add(name)


def _declared(given: Iterable[etree._Element]) -> Iterable[tuple[str, FactType]]:
    """The input data whose type is a simple one; the others are what the facts show."""
    for element in given:
        variable = next(iter(children(element, "variable")), element)
        name = _composed(variable.get("name") or element.get("name") or "")
        kind = kind_in(variable, name, strict=False)
        if kind is not None and _fault(name) is None:
            yield name, FactType(kind)
