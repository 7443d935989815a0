"""What a template shows: the facts and words its .toml names, as plain JSON; it sets no paper and asks no database."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from workflows.connectors.contract import Request
from workflows.definitions.plain import read_toml
from workflows.definitions.shape import PAPER, shaped
from workflows.definitions.wording import Worded
from workflows.domain.calendar import local_day
from workflows.domain.entries import read
from workflows.domain.facts import Line, Value
from workflows.domain.listing import in_order

SHARED = "paper.toml"
"""The words that every paper begins with; the .toml of a template may say otherwise."""
SECTIONS = frozenset({"stages", "contents", "targets"})


def document_data(request: Request, template: str) -> dict[str, object]:
    """The data of a template: `words`, then what is known of the facts, people and lines; "" or [] where nothing is."""
    told = _told(request, f"{template.removesuffix('.typ')}.toml")
    facts, statuses = request.facts, told.get("rows", {}).get("status", ["passed"])
    chosen = in_order(line for line in facts.lines if line.status in statuses)
    known = {**facts.values, "instance.number": request.number, **_sizes(request)}
    known |= {**request.bundle.parameters, "today": local_day(request.now)}
    return {
        **(_told(request, SHARED).get("words", {}) if SHARED in request.bundle.documents else {}),
        **told.get("words", {}),
        "instance": request.number,
        **{key: _plain(_first(known, names)) for key, names in told.get("facts", {}).items()},
        **{key: _said(request, known, names) for key, names in told.get("said", {}).items()},
        **{key: _rows(_first(known, names)) for key, names in told.get("lists", {}).items()},
        **{key: _entries(request, known, name) for key, name in told.get("entries", {}).items()},
        **{key: _people(request, _first(known, names)) for key, names in told.get("people", {}).items()},
        **{key: _person(request, _first(known, names)) for key, names in told.get("signed_by", {}).items()},
        **{key: _opinions(request, chosen, council) for key, council in told.get("opinions", {}).items()},
        **_signature(request, known, told.get("signature", {})),
        **{key: _plain(_first(chosen[0].values, names)) for key, names in told.get("first", {}).items() if chosen},
        "papers": [_paper(request, each.kind) | each.told() for each in request.papers],
        "lines": [_line(request, told, line) for line in chosen],
    }


def _told(request: Request, name: str) -> Mapping[str, Any]:
    read: Mapping[str, Any] = shaped(name, read_toml(name, request.bundle.documents[name]), PAPER)
    return read


def _first(known: Mapping[str, Value], names: str | Iterable[str]) -> Value:
    """The first of these facts that says something."""
    each = (names,) if isinstance(names, str) else tuple(names)
    return next((known[name] for name in each if known.get(name) not in (None, "")), None)


def _name(known: Mapping[str, Value], names: str | Iterable[str]) -> str:
    each = (names,) if isinstance(names, str) else tuple(names)
    return next((name for name in each if known.get(name) not in (None, "")), each[0] if each else "")


def _plain(value: Value) -> object:
    """A fact as JSON: days as `2021-11-10` (an instant as its day here), whole numbers as numbers."""
    match value:
        case None:
            return ""
        case datetime():
            return local_day(value).isoformat()
        case date():
            return value.isoformat()
        case Decimal():
            return int(value) if value == value.to_integral_value() else str(value)
        case tuple():
            return [_plain(each) for each in value]
        case _:
            return value


def _said(request: Request, known: Mapping[str, Value], names: str | Iterable[str]) -> object:
    """A fact in the words of the pages: what its value is called, who a login and which unit a code is."""
    name, value = _name(known, names), _first(known, names)
    return _worded(request, request.bundle.worded(name), name, value)


def _worded(request: Request, worded: Worded, name: str, value: Value) -> object:
    if isinstance(value, tuple):
        return ", ".join(str(_worded(request, worded, name, each)) for each in value)
    key = str(value).lower() if isinstance(value, bool) else str(value)
    if value is None or key in worded.values:
        return "" if value is None else worded.values[key].vi
    holds = "person" if name.startswith(("by.", "for.")) else worded.holds
    if holds == "papers" and key in request.bundle.papers:
        return request.bundle.papers[key].vi
    if holds in {"person", "unit"}:
        return request.people.get(key, (key, ""))[0] if holds == "person" else request.units.get(key, key)
    return _of_movement(request, holds, key) if holds == "movement" or holds in SECTIONS else _plain(value)


def _of_movement(request: Request, holds: str, key: str) -> str:
    """The title of the movement, or of the part of it that a key stands for."""
    movement = request.bundle.movements.get(request.facts.text("dossier.movement") or "")
    if movement is None or holds == "movement":
        return movement.title.vi if movement else key
    parts = movement.told.get(holds, ())
    return next((str(part["title"]["vi"]) for part in parts if part["key"] == key), key)


def _rows(value: Value) -> list[str]:
    lines = [str(each) for each in value] if isinstance(value, tuple) else str(value or "").splitlines()
    return [line.strip() for line in lines if line.strip()]


def _entries(request: Request, known: Mapping[str, Value], fact: str) -> list[dict[str, object]]:
    """The rows of a table of entries, each by its columns in words; `about` is the name of the line it is about."""
    for form in request.bundle.forms.values():
        for name, field in form.fields.items():
            if f"{form.prefix}.{name}" == fact and field.get("x-rows") == "entries":
                return [_entry(request, fact, row) for row in read(field, known.get(fact))]
    return []


def _entry(request: Request, fact: str, row: Mapping[str, Value]) -> dict[str, object]:
    said = {
        name: _worded(request, request.bundle.worded(f"{fact}.{name}"), f"{fact}.{name}", value)
        for name, value in row.items()
        if value is not None
    }
    about = next((each for each in request.facts.lines if each.ordinal == row.get("nominee")), None)
    return {**said, "about": str(about.nominee.get("name", "")) if about else ""}


def _person(request: Request, login: Value) -> str:
    return request.people.get(str(login), (str(login), ""))[0] if login else ""


def _people(request: Request, logins: Value) -> list[dict[str, str]]:
    each = logins if isinstance(logins, tuple) else () if not logins else (logins,)
    found = [request.people.get(str(login), (str(login), "")) for login in each]
    return [{"name": name, "title": title} for name, title in found]


def _signature(request: Request, known: Mapping[str, Value], told: Mapping[str, Any]) -> dict[str, object]:
    """Who signs, and in which capacity: `instead` says it for those whose title begins with one of its keys."""
    if not told:
        return {}
    name, title = request.people.get(str(_first(known, told.get("by", ()))), ("", ""))
    instead: Mapping[str, list[str]] = told.get("instead", {})
    fitting = next((capacity for begins, capacity in instead.items() if title.startswith(begins)), None)
    absent = "" if fitting else _stood_in_for(request, known, told.get("by", ()))
    signer = f"{name} (xử lý thay {absent})" if absent else name
    return {"capacity": fitting or told.get("capacity", []), "signer": signer}


def _stood_in_for(request: Request, known: Mapping[str, Value], facts: str | Iterable[str]) -> str:
    """The name of the person in whose place a paper was signed; "" where it was signed in the own place."""
    named = [facts] if isinstance(facts, str) else facts
    absent = _first(known, [f"for.{name.removeprefix('by.')}" for name in named])
    return request.people.get(str(absent), ("", ""))[0] if absent else ""


def _opinions(request: Request, lines: Iterable[Line], council: str) -> list[dict[str, object]]:
    """What each member of a council said openly: how often which vote, and each line with a remark or without a yes.

    The votes of a secret ballot are nobody's and are not told here.
    """
    members: dict[str, list[dict[str, str]]] = {}
    known = set(request.facts.roll(f"{council}.members"))
    for line in lines:
        for member, said in line.items.items():
            vote, remark = str(said.get(f"{council}.vote") or ""), str(said.get(f"{council}.remark") or "")
            if vote and member in known and member not in line.excluded:
                about = {"name": str(line.nominee.get("name", "")), "vote": vote, "remark": remark}
                members.setdefault(member, []).append(about)
    present = request.facts.get(f"{council}.present")
    return [
        {
            "name": _person(request, member),
            "absent": isinstance(present, tuple) and member not in present,
            **{vote: sum(each["vote"] == vote for each in said) for vote in ("yes", "no", "abstain")},
            "remarks": [each for each in said if each["vote"] != "yes" or each["remark"]],
        }
        for member, said in members.items()
    ]


def _paper(request: Request, kind: str) -> dict[str, object]:
    return {"kind": request.bundle.papers[kind].vi if kind in request.bundle.papers else ""}


def _line(request: Request, told: Mapping[str, Any], line: Line) -> dict[str, object]:
    known: dict[str, Value] = {
        **line.nominee,
        **line.values,
        **{f"{each}.{k}": number for each in request.facts.councils() for k, number in line.tally(each).items()},
        "dossier": line.dossier,
        "ordinal": line.ordinal,
        "status": line.status,
        "unit": request.dossiers.get(line.dossier, ""),
    }
    plain = {key: _plain(_first(known, names)) for key, names in told.get("lines", {}).items()}
    said = {key: _said_of_line(request, known, names) for key, names in told.get("lines_said", {}).items()}
    excluded = [_person(request, member) for member in line.excluded]
    return {**{key: value for key, value in {**plain, **said}.items() if value != ""}, "excluded": excluded}


def _said_of_line(request: Request, known: Mapping[str, Value], names: str | Iterable[str]) -> object:
    name, value = _name(known, names), _first(known, names)
    places = [request.bundle.worded(each) for each in (name, f"nominee.{name}", f"line.{name}")]
    return _worded(request, next((each for each in places if each.values or each.holds), places[0]), name, value)


def _sizes(request: Request) -> dict[str, Value]:
    """How many members each council has."""
    return {f"{each}.size": len(request.facts.roll(f"{each}.members")) for each in request.facts.councils()}
