"""What a story expects, compared with what can be seen; each difference is a sentence."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from workflows.domain.calendar import local_day
from workflows.domain.facts import Line
from workflows.queries.observation import Observed
from workflows.queries.passed import Row

ORDINAL = re.compile(r"(?<=/)[0-9]+")


def differences(expect: Mapping[str, Any], seen: Observed) -> list[str]:
    """The expectations that do not hold."""
    return [sentence for name, wanted in expect.items() for sentence in _difference(name, wanted, seen)]


def refusal_differences(expect: Mapping[str, Any], fields: Collection[str], decided: Collection[Row]) -> list[str]:
    """Where a form says something else than expected, or rows were expected that did not decide."""
    wrong = []
    at = sorted(ORDINAL.sub(lambda number: str(int(number[0]) + 1), field).removeprefix("/") for field in fields)
    if "fields" in expect and sorted(expect["fields"]) != at:
        wrong.append(f"the form refuses {at}, expected {expect['fields']}")
    rows = {f"{decision}/{row}" for decision, _, row in decided}
    wrong += [f"{row} did not decide" for row in expect.get("decided", ()) if row not in rows]
    return wrong


def _difference(name: str, wanted: Any, seen: Observed) -> Iterator[str]:
    match name:
        case "status" if wanted != seen.status:
            yield f"status is {seen.status}, expected {wanted}"
        case "open" if sorted(wanted) != sorted(seen.open):
            yield f"open steps are {list(seen.open)}, expected {wanted}"
        case "closed" if wanted != seen.is_closed:
            yield f"closed is {seen.is_closed}"
        case "end" if wanted != seen.end:
            yield f"it ended at {seen.end}, expected {wanted}"
        case "papers":
            yield from (
                f"there is no paper {kind}, only {list(seen.papers)}" for kind in wanted if kind not in seen.papers
            )
        case "rules":
            yield from (
                f"«{decision}» was made by {seen.rules.get(decision)}, expected {rule_set}"
                for decision, rule_set in wanted.items()
                if seen.rules.get(decision) != rule_set
            )
        case "facts":
            yield from _facts(wanted, seen)
        case "due":
            yield from _due(wanted, seen)
        case "lines":
            yield from _lines(wanted, seen)


def _facts(wanted: Mapping[str, Any], seen: Observed) -> Iterator[str]:
    members = seen.facts.get("council.members")
    known: dict[str, object] = {
        **seen.facts.values,
        **{f"lines.{name}": value for name, value in seen.facts.counts().items()},
        "council.size": len(members) if isinstance(members, tuple) else None,
    }
    for name, value in wanted.items():
        if known.get(name) != value:
            yield f"{name} is {known.get(name)!r}, expected {value!r}"


def _due(wanted: Mapping[str, Any], seen: Observed) -> Iterator[str]:
    for element, day in wanted.items():
        due = seen.due.get(element)
        expected = day if isinstance(day, date) else date.fromisoformat(day)
        if due is None or local_day(due) != expected:
            yield f"{element} is due {due and local_day(due)}, expected {expected}"


def _lines(wanted: list[Mapping[str, Any]], seen: Observed) -> Iterator[str]:
    by_ordinal = {line.ordinal: line for line in seen.facts.lines}
    for each in wanted:
        line = by_ordinal.get(each["line"])
        if line is None:
            yield f"there is no line {each['line']}"
            continue
        if "verdict" in each and each["verdict"] != line.status:
            yield f"line {line.ordinal} is {line.status}, expected {each['verdict']}"
        yield from _about(line, each, seen)
        bonus = line.values.get("decisions.bonus.amount")
        if "reason" in each and each["reason"] != line.values.get("verdict_reason"):
            reason = line.values.get("verdict_reason")
            yield f"line {line.ordinal} is {line.status} because of {reason}, expected {each['reason']}"
        if "bonus" in each and each["bonus"] != bonus:
            yield f"the bonus of line {line.ordinal} is {bonus}, expected {each['bonus']}"


def _about(line: Line, each: Mapping[str, Any], seen: Observed) -> Iterator[str]:
    """Who does not vote on a line, and what the register of awards has of it."""
    if "excluded" in each and list(line.excluded) != each["excluded"]:
        yield f"line {line.ordinal} excludes {list(line.excluded)}, expected {each['excluded']}"
    if "award" in each and seen.awards.get(line.id) != each["award"]:
        yield f"the register says {seen.awards.get(line.id)} of line {line.ordinal}, expected {each['award']}"
