"""What follows from a person's tie to a nominee, by the table of conflicts: left out, or only shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from workflows.definitions.applied import apply_decision
from workflows.definitions.bundle import Bundle
from workflows.definitions.process import Element
from workflows.domain.facts import Facts, Line
from workflows.domain.text import Text
from workflows.domain.ties import SUBSTITUTE, Ties

DECISION = "conflicts"
COMPLETE, VOTE = "complete", "vote"
NOTHING, SHOWN, LINE, TASK = "none", "shown", "line", "task"
STRENGTH = (NOTHING, SHOWN, LINE, TASK)


@dataclass(frozen=True, slots=True)
class Conflict:
    """One tie to one line and its effect: «task»: not the task at all, «line»: not this line, «shown»: only said."""

    relation: str
    effect: str
    sentence: Text
    line: Line | None = None


def act_of(element: Element) -> str:
    """What a task is to the nominees: its property `act`, else a vote where each member does it, else completing it."""
    return element.properties.get("act") or (VOTE if element.loop is not None else COMPLETE)


def conflicts(
    bundle: Bundle, ties: Ties, lines: Iterable[Line], act: str, now: datetime, *, unit: str | None = None
) -> tuple[Conflict, ...]:
    """The ties of a person to these lines that have any effect on `act`, the strongest of each line."""
    if DECISION not in bundle.decision_ids:
        return ()
    known: dict[str, Conflict] = {}
    found = []
    for line in lines:
        relations = ties.relations(line, unit)
        for relation in relations:
            if relation not in known:
                known[relation] = _judged(bundle, relation, act, now)
        told = [known[each] for each in relations if known[each].effect != NOTHING]
        if told:
            worst = max(told, key=lambda each: STRENGTH.index(each.effect))
            found.append(Conflict(worst.relation, worst.effect, worst.sentence, line))
    return tuple(found)


def of_substitute(bundle: Bundle, act: str, now: datetime) -> Conflict | None:
    """Why nobody may do such a task for somebody else, if the table says so."""
    if DECISION not in bundle.decision_ids:
        return None
    judged = _judged(bundle, SUBSTITUTE, act, now)
    return judged if judged.effect == TASK else None


def excluded_members(bundle: Bundle, members: Iterable[Ties], line: Line, now: datetime) -> tuple[str, ...]:
    """The logins of the members who do not vote on a line, in their order."""
    return tuple(
        each.login
        for each in members
        if any(found.effect in {LINE, TASK} for found in conflicts(bundle, each, (line,), VOTE, now))
    )


def _judged(bundle: Bundle, relation: str, act: str, now: datetime) -> Conflict:
    facts = Facts({"conflict.relation": relation, "conflict.act": act})
    applied = apply_decision(bundle, DECISION, facts, now)
    outputs = applied.decided.outputs
    said = bundle.worded(f"decisions.{DECISION}.sentence").values.get(str(outputs.get("sentence")))
    return Conflict(relation, str(outputs.get("effect") or NOTHING), said or Text(relation))
