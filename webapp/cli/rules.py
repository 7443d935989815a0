"""Commands about expressions and decisions, over facts given as JSON; what goes wrong is a sentence."""

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

import click

from webapp.cli.opening import FOUND
from workflows.domain.errors import DomainError
from workflows.domain.facts import from_json
from workflows.rules.decide_graph import Step, decide_graph
from workflows.rules.feel import evaluate
from workflows.rules.graph import Decision, Graph, parse_graph
from workflows.rules.shown_kinds import kinds_of
from workflows.rules.table import Table
from workflows.rules.vocabulary import FactType, Vocabulary

_LEVELS = 100
_NAME = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")


@click.command()
@click.argument("expression")
@click.option("--facts", default="{}", help='Known facts as JSON; days as {"date": "2021-10-25"}.')
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def feel(expression: str, facts: str, *, as_json: bool) -> None:
    """Evaluate a FEEL expression over facts, with the checks that diagrams and tables get."""
    known = _facts(facts)
    _answer(
        lambda: {"value": _shown(evaluate(expression, known, kinds_of(known), place="expression"))}, as_json=as_json
    )


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("decision", required=False)
@click.option("--input", "facts", default="{}", help='Known facts as JSON; days as {"date": "2021-10-25"}.')
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def decide(file: Path, decision: str | None, facts: str, *, as_json: bool) -> None:
    """Decide over facts, with all that the decision requires: outputs and matched rules."""
    known = _facts(facts)

    def decided() -> dict[str, object]:
        graph = parse_graph(file.read_bytes(), place=file.name)
        chosen = _chosen(graph, decision, file.name)
        vocabulary = _vocabulary(graph, known)
        steps = decide_graph(graph, chosen, _as_declared(known, vocabulary), vocabulary, place=file.name)
        asked = _told(steps[-1])
        told = [_told(step) for step in steps]
        return {**asked, "decided": told, "warnings": list(_warnings(steps, known))}

    _answer(decided, as_json=as_json)


def _chosen(graph: Graph, decision: str | None, file: str) -> str:
    """The decision named, or the only one that no other requires."""
    if decision is not None and decision in graph.decisions:
        return decision
    if decision is not None:
        _refuse(f"{file} holds no decision «{decision}»; it holds: {', '.join(graph.decisions)}")
    if len(graph.last) > 1:
        _refuse(f"{file} holds several decisions; name one of: {', '.join(graph.last)}")
    return graph.last[0]


def _refuse(why: str) -> NoReturn:
    raise click.UsageError(why)


def _told(step: Step) -> dict[str, object]:
    return {
        "decision": step.decision.id,
        "outputs": {name: _shown(value) for name, value in step.decided.outputs.items()},
        "rules": list(step.decided.rules),
        "default": step.decided.defaulted,
    }


def _warnings(steps: tuple[Step, ...], known: Mapping[str, Any]) -> Iterator[str]:
    for step in steps:
        if step.decided.defaulted:
            yield f"no row of «{step.decision.id}» fits: its default outputs were used"
        for name in step.decision.results:
            if name in known and step is not steps[-1]:
                yield f"«{name}» was given, but «{step.decision.id}» decides it: what was given was not used"


def _vocabulary(graph: Graph, known: Mapping[str, Any]) -> Vocabulary:
    """What the input data and the columns declare, and for the rest what the facts show."""
    shown = kinds_of(known)
    asked = dict(column for decision in graph.decisions.values() for column in _columns(decision))
    decided = {name for decision in graph.decisions.values() for name in decision.results}
    missing = {name: fact for name, fact in asked.items() if _at(known, name) is None}
    absent = {name: fact for name, fact in missing.items() if name.partition(".")[0] not in decided}
    groups = [name for name in absent if any(other.startswith(f"{name}.") for other in (*asked, *shown))]
    return {**shown, **{name: fact for name, fact in absent.items() if name not in groups}, **graph.inputs}


def _columns(decision: Decision) -> Iterator[tuple[str, FactType]]:
    if isinstance(decision.logic, Table):
        for column in decision.logic.inputs:
            if column.kind is not None and _NAME.fullmatch(column.expression):
                yield column.expression, FactType(column.kind)


def _at(known: Mapping[str, Any], name: str) -> object:
    found: Any = known
    for key in name.split("."):
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


def _as_declared(known: Mapping[str, Any], vocabulary: Vocabulary) -> dict[str, Any]:
    """The facts, with days and instants that were given as plain text read as such."""
    read = dict(known)
    for name, value in known.items():
        kind = vocabulary[name].kind if name in vocabulary else None
        if isinstance(value, str) and kind in ("date", "instant"):
            with suppress(ValueError):
                read[name] = date.fromisoformat(value) if kind == "date" else datetime.fromisoformat(value)
    return read


def _answer(work: Callable[[], dict[str, object]], *, as_json: bool) -> None:
    try:
        told = work()
    except DomainError as error:
        told = {"error": type(error).__name__, "message": str(error)}
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, default=str))
    else:
        click.echo("\n".join(f"{name}: {value}" for name, value in told.items()))
    sys.exit(FOUND if "error" in told else 0)


def _facts(text: str) -> dict[str, Any]:
    try:
        told = json.loads(text, parse_float=Decimal, parse_constant=_no_number)
        if isinstance(told, dict):
            return {name: _typed(value) for name, value in told.items()}
    except (ValueError, TypeError, ArithmeticError) as error:
        raise click.UsageError(f"the facts are not JSON: {error}") from error
    except RecursionError:
        raise click.UsageError("the facts are nested too deep") from None
    raise click.UsageError("the facts are one JSON object")


def _no_number(written: str) -> NoReturn:
    msg = f"{written} is no number"
    raise ValueError(msg)


def _typed(value: Any, level: int = 0) -> Any:
    if level > _LEVELS:
        raise RecursionError
    match value:
        case {"date": _} | {"instant": _} | {"decimal": _}:
            return from_json(value)
        case dict():
            return {name: _typed(each, level + 1) for name, each in value.items()}
        case list():
            return [_typed(each, level + 1) for each in value]
        case _:
            return value


def _shown(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, list | tuple):
        return [_shown(each) for each in value]
    if isinstance(value, dict):
        return {name: _shown(each) for name, each in value.items()}
    return value
