"""Messages between instances: how one is addressed, what it carries, and what its receiver then knows."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from workflows.definitions import Bundle
from workflows.domain.facts import Facts, Json, Line, Value, from_json, to_json
from workflows.domain.listing import KINDS, in_order
from workflows.domain.record import Recorded, gather, set_values
from workflows.store.apply import Outgoing

CARRIED = ("verdict", "verdict_reason")
RETURNED = ("sent_back.by", "sent_back.reason")
"""A higher body sent the matter back: who, and what is to be mended; told with every result, also that it is over."""
LEFT = frozenset({"withdrawn", "suspended"})
"""What became of a line that left the round before its end: its dossier knows, the round does not tell it."""
FULL_ON = "dossier.full_on"
"""A round was complete when the last of its dossiers was."""
SHARED = frozenset({"dossier.kind", "dossier.award_form", "dossier.movement", "dossier.stage", "dossier.full_on"})


def outgoing(bundle: Bundle, name: str, number: str, facts: Facts) -> Iterator[Outgoing]:
    """The messages that leave when `name` is thrown: to dossiers of a round, to what it is about, to itself or to wait.

    A dossier all of whose lines have left the round (withdrawn, suspended) is not told how the round ended.
    """
    to = bundle.messages[name].to
    if to == "original":
        yield Outgoing(name, facts.text("about.number") or "", _carried(facts, bundle.messages[name].carries))
    elif to == "dossiers":
        for dossier in dict.fromkeys(line.dossier for line in facts.lines if line.status not in LEFT):
            yield Outgoing(name, dossier, _results(facts, dossier, number))
    elif to == "self":
        yield Outgoing(name, number, {})
    else:
        yield Outgoing(name, "", _dossier(facts, number))


def received(facts: Facts, payload: Mapping[str, Any]) -> Recorded:
    """What the receiver knows after a message: facts of the instance and of its lines."""
    values = {name: from_json(value) for name, value in payload.get("facts", {}).items()}
    recorded = set_values(facts, values)
    for line, told in payload.get("lines", {}).items():
        if any(each.id == line for each in recorded.facts.lines):
            more = set_values(recorded.facts, {name: from_json(value) for name, value in told.items()}, line)
            recorded = Recorded(more.facts, (*recorded.changes, *more.changes))
    return recorded


def joined(facts: Facts, payloads: list[Mapping[str, Any]]) -> Recorded:
    """What a round knows after it gathered these dossiers: their lines as in a summary table, and their kind.

    Collectives come first, then households, then persons; among them by unit, dossier and place in the dossier.
    """
    lines = [
        Line(line["id"], payload["dossier"], line["ordinal"], {n: from_json(v) for n, v in line["nominee"].items()})
        for payload, line in sorted(
            ((payload, line) for payload in payloads for line in payload["lines"]), key=_place_in_summary
        )
    ]
    shared: dict[str, Any] = {}
    for payload in payloads:
        shared |= {name: from_json(value) for name, value in payload["facts"].items()}
    full = [day for day in (facts.get(FULL_ON), *(_full_on(payload) for payload in payloads)) if isinstance(day, date)]
    shared |= {FULL_ON: max(full)} if full else {}
    told = set_values(facts, shared)
    gathered = gather(told.facts, lines)
    known, changes = gathered.facts, (*told.changes, *gathered.changes)
    for line in (line for payload in payloads for line in payload["lines"] if line.get("appraised_by")):
        more = set_values(known, {"appraised_by": line["appraised_by"]}, line["id"])
        known, changes = more.facts, (*changes, *more.changes)
    return Recorded(known, changes)


def _full_on(payload: Mapping[str, Any]) -> Value:
    return from_json(payload["facts"].get(FULL_ON))


def _place_in_summary(each: tuple[Mapping[str, Any], Mapping[str, Any]]) -> tuple[int, str, str, int]:
    payload, line = each
    kind = str(line["nominee"].get("kind"))
    return KINDS.index(kind) if kind in KINDS else 0, payload.get("unit") or "", payload["dossier"], line["ordinal"]


def _results(facts: Facts, dossier: str, number: str) -> dict[str, Json]:
    lines: dict[str, Json] = {}
    ranks = {line.id: rank for rank, line in enumerate(in_order(_passed(facts)), 1)}
    for line in facts.lines:
        if line.dossier == dossier and line.status not in LEFT:
            told = {
                n: to_json(v) for n, v in line.values.items() if n in CARRIED or n.startswith(("decisions.", "award."))
            }
            lines[line.id] = {**told, **({"award.rank": ranks[line.id]} if line.id in ranks else {})}
    passed = any(line.dossier == dossier and line.status == "passed" for line in facts.lines)
    shared = {
        name: to_json(value)
        for name, value in facts.values.items()
        if passed and name.startswith(("decision.", "number_decision.", "by.sign_"))
    }
    returned = {name: to_json(facts.get(name)) for name in RETURNED}
    return {"facts": {**shared, **returned, "round.number": number}, "lines": lines}


def _passed(facts: Facts) -> tuple[Line, ...]:
    return tuple(line for line in facts.lines if line.status == "passed")


def _carried(facts: Facts, names: tuple[str, ...]) -> dict[str, Json]:
    """The facts, and those of the lines, that a message is said to carry: each by its name or by its first words."""
    prefixes = tuple(f"{name}." for name in names)

    def told(values: Mapping[str, Value]) -> dict[str, Json]:
        return {n: to_json(value) for n, value in values.items() if n in names or n.startswith(prefixes)}

    lines: dict[str, Json] = {line.id: told(line.values) for line in facts.lines}
    return {"facts": told(facts.values), "lines": lines}


def _dossier(facts: Facts, number: str) -> dict[str, Json]:
    lines: list[Json] = [
        {
            "id": line.id,
            "ordinal": line.ordinal,
            "nominee": {name: to_json(value) for name, value in line.nominee.items()},
            "appraised_by": to_json(line.values.get("appraised_by")),
        }
        for line in facts.open_lines()
    ]
    shared = {name: to_json(value) for name, value in facts.values.items() if name in SHARED}
    return {"dossier": number, "unit": facts.text("dossier.unit"), "facts": shared, "lines": lines}
