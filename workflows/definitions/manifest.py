"""Reads bundle.toml: what the diagrams, tables and forms of a bundle have in common; it adds nothing of its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar, cast

from workflows.definitions.errors import BundleRejected, StrangeEntry
from workflows.definitions.linked import read_linked
from workflows.definitions.plain import read_toml
from workflows.definitions.shape import MANIFEST, PARAMETERS, shaped
from workflows.domain.filling import filled, strange_place
from workflows.domain.linked import Linked
from workflows.domain.said import Said
from workflows.domain.text import Text
from workflows.rules.vocabulary import FactType, Kind

FILE = "bundle.toml"
CHOSEN = "parameters.toml"
TOLD_IN_NOTICES = (
    "number",
    "passed",
    "failed",
    "suspended",
    "decision",
    "reason",
    "suspension_reason",
    "suspension_document",
    "task",
    "due",
)
HOLDS = frozenset({"", "person", "unit", "movement", "stages", "contents", "targets", "money"})
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Lane:
    """Who may do the tasks of a lane; `scope` is "own_unit" where only people of the dossier's unit may."""

    name: str
    group: str
    scope: str
    title: Text


@dataclass(frozen=True, slots=True)
class Message:
    """Where a thrown message goes: "starts:<process>", "gathered", "dossiers", "self", "original"; "person" sends it.

    "outside": it comes as a letter of `body`, one of [bodies], and answers a package that went out.

    "original" is the dossier that the sender is about, open or closed: `carries` are the facts, or their first words,
    that go there; `none_left` is the status it then has if no nominee of it is commended any more.
    `sent` and `received` are what the trace says of it; «{sender}» in the latter is the sender's number.
    """

    name: str
    to: str
    title: Text
    sent: Text
    received: Text
    body: str = ""
    carries: tuple[str, ...] = ()
    none_left: str | None = None


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The tables in force from `valid_from` on, until the day before `valid_to` (None: until further notice).

    `transition` is what the law says of matters that were pending on its first day.
    """

    key: str
    title: Text
    valid_from: date
    valid_to: date | None
    transition: Text | None = None

    def holds(self, on: date) -> bool:
        """Whether these rules are in force on a day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, slots=True)
class Regime:
    """One of the laws a matter follows: that of the day in the fact `day`, or in the entry `movement` of its plan."""

    key: str
    title: Text
    why: Text
    day: str
    movement: str


@dataclass(frozen=True, slots=True)
class Series:
    """A yearly number series; `format` writes the number."""

    key: str
    title: Text
    format: str

    def written(self, number: int, year: int) -> str:
        """A number of this series as it stands on a paper."""
        return filled(self.format, {"number": number, "year": year})


@dataclass(frozen=True, slots=True)
class Notice:
    """A letter without a paper: what send_notice tells, and whom."""

    to: str
    title: Text
    body: Text


@dataclass(frozen=True, slots=True)
class Parameter:
    """A fact that an installation fixes: its value, the values it may have in words, and its source."""

    value: str
    values: Mapping[str, Text]
    label: Text
    source: Text


@dataclass(frozen=True, slots=True)
class DeclaredFact:
    """A fact that no form asks for."""

    type: FactType
    label: Text


@dataclass(frozen=True, slots=True)
class Wording:
    """How a fact that no form shows is written on a page; `holds` is one of HOLDS, or "" for a plain value."""

    label: Text | None
    values: Mapping[str, Text]
    holds: str


@dataclass(frozen=True, slots=True, eq=False)
class Manifest:
    """Everything bundle.toml says."""

    key: str
    title: Text
    authority: Text
    legal_basis: tuple[str, ...]
    rule_sets: tuple[RuleSet, ...]
    legal_dates: Mapping[str, str | None]
    regimes: tuple[Regime, ...]
    groups: Mapping[str, Text]
    counted_with: Mapping[str, str]
    lanes: Mapping[str, Lane]
    messages: Mapping[str, Message]
    bodies: Mapping[str, Text]
    parameters: Mapping[str, Parameter]
    series: Mapping[str, Series]
    linked: Mapping[str, Linked]
    papers: Mapping[str, Text]
    notices: Mapping[str, Notice]
    facts: Mapping[str, DeclaredFact]
    wording: Mapping[str, Wording]
    labels: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    retention_years: int


def read_manifest(content: bytes, chosen: bytes | None = None) -> Manifest:
    """bundle.toml as typed values; `chosen` is parameters.toml. Raises BundleRejected that names what is missing."""
    told = shaped(FILE, read_toml(FILE, content), MANIFEST)
    values = shaped(CHOSEN, read_toml(CHOSEN, chosen), PARAMETERS) if chosen is not None else {}
    try:
        return Manifest(
            key=str(told["key"]),
            title=Text.read(told["title"]),
            authority=Text.read(told.get("authority", "")),
            legal_basis=tuple(told.get("legal_basis", ())),
            rule_sets=tuple(map(_rule_set, told["rule_sets"])),
            legal_dates={name: each.get("legal_date") for name, each in told.get("decisions", {}).items()},
            regimes=tuple(_each(told, "regimes", _regime).values()),
            groups=_each(told, "groups", lambda _, text: Text.read(text)),
            counted_with=_each(told, "counted_with", lambda _, group: str(group)),
            lanes=_each(told, "lanes", _lane),
            messages=_each(told, "messages", _message),
            bodies=_each(told, "bodies", lambda _, text: Text.read(text)),
            parameters=_parameters(_each(told, "parameters", _parameter), values),
            series=_each(told, "series", _series),
            linked=_each(told, "linked", read_linked),
            papers=_each(told, "papers", lambda _, text: Text.read(text)),
            notices=_each(told, "notices", _notice),
            facts=_each(told, "facts", _fact),
            wording=_each(told, "wording", _wording),
            labels=_each(told, "labels", lambda _, english: str(english)),
            lists={name: tuple(facts) for name, facts in told.get("lists", {}).items()},
            retention_years=int(told.get("retention", {}).get("years", 0)),
        )
    except KeyError as error:
        raise BundleRejected(place=FILE, why=Said("{name} is missing.", name=error)) from None
    except StrangeEntry as error:
        raise BundleRejected(place=FILE, why=error.said) from None
    except (AttributeError, TypeError, ValueError) as error:
        raise BundleRejected(place=FILE, why=Said("an entry has the wrong shape: {error}", error=error)) from None


def _each(told: Mapping[str, Any], section: str, read: Callable[[str, Any], T]) -> dict[str, T]:
    return {name: read(name, each) for name, each in told.get(section, {}).items()}


def _title(name: str, each: Mapping[str, Any]) -> Text:
    return Text.read(each.get("title", name))


def _rule_set(each: Mapping[str, Any]) -> RuleSet:
    transition = Text.read(each["transition"]) if "transition" in each else None
    return RuleSet(each["key"], _title(each["key"], each), each["valid_from"], each.get("valid_to"), transition)


def _regime(name: str, each: Mapping[str, Any]) -> Regime:
    return Regime(name, _title(name, each), Text.read(each["why"]), each.get("day", ""), each.get("movement", ""))


def _lane(name: str, each: Mapping[str, Any]) -> Lane:
    return Lane(name, each["group"], each.get("scope", "all"), Text(name, each.get("en", "")))


def _message(name: str, each: Mapping[str, Any]) -> Message:
    title = _title(name, each)
    sent, received = (Text.read(each[key]) if key in each else title for key in ("sent", "received"))
    _check_places(received, "sender")
    return Message(
        name,
        each["to"],
        title,
        sent,
        received,
        each.get("body", ""),
        tuple(each.get("carries", ())),
        each.get("none_left"),
    )


def _parameter(name: str, each: Mapping[str, Any]) -> Parameter:
    values = {value: Text.read(said) for value, said in each["values"].items()}
    if each["value"] not in values:
        raise StrangeEntry(
            "«{name}» is «{value}», which is none of {known}.", name=name, value=each["value"], known=", ".join(values)
        )
    return Parameter(each["value"], values, Text.read(each["label"]), Text.read(each["source"]))


def _parameters(known: Mapping[str, Parameter], chosen: Mapping[str, str]) -> dict[str, Parameter]:
    for name, value in chosen.items():
        if name not in known or value not in known[name].values:
            raise BundleRejected(
                place=CHOSEN, why=Said("«{name}» = «{value}» is no parameter with that value.", name=name, value=value)
            )
    return {name: replace(each, value=chosen.get(name, each.value)) for name, each in known.items()}


def _series(name: str, each: Mapping[str, Any]) -> Series:
    _check_places(Text(each["format"]), "number", "year")
    return Series(name, _title(name, each), each["format"])


def _wording(name: str, each: Mapping[str, Any]) -> Wording:
    holds = str(each.get("holds", ""))
    if holds not in HOLDS:
        raise StrangeEntry(
            "«{name}» holds «{value}», which is none of {known}.",
            name=name,
            value=holds,
            known=", ".join(sorted(HOLDS - {""})),
        )
    values = {value: Text.read(named) for value, named in each.get("values", {}).items()}
    return Wording(Text.read(each["label"]) if "label" in each else None, values, holds)


def _notice(name: str, each: Mapping[str, Any]) -> Notice:
    body = Text.read(each["body"])
    _check_places(body, *TOLD_IN_NOTICES)
    return Notice(each["to"], _title(name, each), body)


def _check_places(text: Text, *known: str) -> None:
    strange = strange_place(text.vi, known) or strange_place(text.en, known)
    if strange is not None:
        places = ", ".join(f"{{{name}}}" for name in known)
        raise StrangeEntry("«{name}» is no place; there are {known}.", name=strange, known=places)


def _fact(name: str, each: Mapping[str, Any]) -> DeclaredFact:
    kind = cast("Kind", each["type"])
    type_ = FactType(kind, tuple(each.get("values", ())), each.get("of"))
    return DeclaredFact(type_, Text.read(each.get("label", name)))
