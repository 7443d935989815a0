"""What is known of one process instance, as a frozen value for expressions; it loads, saves and decides nothing."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TypeAlias, Union

Value: TypeAlias = Union[str, int, bool, Decimal, date, datetime, "tuple[Value, ...]", None]
Json: TypeAlias = Union[str, int, float, bool, "list[Json]", "dict[str, Json]", None]

OPEN = "open"
MEMBERS = "council.members"
"""Who is asked by a task done many times that names no other list."""
STATUSES = (OPEN, "passed", "failed", "withdrawn", "suspended", "revoked")
"""Where a line may stand: under review, awarded, refused, withdrawn, held up (X4), or its award taken back (X6)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One nominee of a dossier (dòng đề nghị), with what has been said and decided of it.

    `values` are dotted facts of the line (`appraise_dossier.verdict`); `items` are what each member of a
    multi-instance task said (`{"giam_doc": {"cast_ballot.vote": "yes"}}`).
    """

    id: str
    dossier: str
    ordinal: int
    nominee: Mapping[str, Value]
    values: Mapping[str, Value] = field(default_factory=dict)
    items: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)

    @property
    def status(self) -> str:
        """One of STATUSES: the verdict so far."""
        return str(self.values.get("verdict") or OPEN)

    @property
    def excluded(self) -> tuple[Value, ...]:
        """The logins of the members who do not vote on this line."""
        found = self.values.get("excluded")
        return found if isinstance(found, tuple) else ()

    def votes(self, council: str) -> dict[str, str]:
        """What each member of a council said of the line in a ballot or an opinion, without those excluded from it."""
        name = f"{council}.vote"
        return {m: str(said[name]) for m, said in self.items.items() if said.get(name) and m not in self.excluded}

    def tally(self, council: str = "council") -> dict[str, int]:
        """The votes of a council by answer, and how many were cast."""
        votes = Counter(self.votes(council).values())
        return {"yes": votes["yes"], "no": votes["no"], "abstain": votes["abstain"], "cast": votes.total()}

    def context(self) -> dict[str, object]:
        """The line as an expression sees it, under the name `line`."""
        nested = nest({**self.nominee, **self.values})
        return {**nested, "status": self.status}


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything expressions, forms and decisions may know of one instance. Names are dotted (`dossier.kind`)."""

    values: Mapping[str, Value] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()

    def get(self, name: str) -> Value:
        """One fact by its dotted name, or None."""
        return self.values.get(name)

    def text(self, name: str) -> str | None:
        """One fact that must be a text, or None."""
        value = self.values.get(name)
        return value if isinstance(value, str) else None

    def with_values(self, values: Mapping[str, Value]) -> "Facts":
        """The same facts with some more, or with new values for some."""
        return replace(self, values={**self.values, **values})

    def with_line_values(self, line: str, values: Mapping[str, Value], item: str | None = None) -> "Facts":
        """The same facts with more known of one line, or of what one member said of it."""
        return replace(self, lines=tuple(_told(each, values, item) if each.id == line else each for each in self.lines))

    def open_lines(self) -> tuple[Line, ...]:
        """The lines on which nothing has been decided yet."""
        return tuple(line for line in self.lines if line.status == OPEN)

    def counts(self) -> dict[str, Value]:
        """How the lines stand, as the derived facts `lines.*`."""
        by = Counter(line.status for line in self.lines)
        counted: dict[str, Value] = {name: by[name] for name in STATUSES}
        any_of = {f"any_{name}": by[name] > 0 for name in (OPEN, "passed", "suspended")}
        return {**counted, **any_of, "total": len(self.lines)}

    def context(self, line: Line | None = None) -> dict[str, object]:
        """Nested tables for FEEL: every fact, the derived ones, and one `line` where a decision is made for each."""
        nested = nest(self.values)
        nested["lines"] = self.counts()
        about = {} if line is None else line.context()
        for council in self.councils():
            known = nested.setdefault(council, {})
            if isinstance(known, dict):
                known["size"] = len(self.roll(f"{council}.members"))
                if "present" in known:
                    known["absent"] = self.roll(f"{council}.absent")
            if line is not None:
                out = len(set(line.excluded) & set(self.roll(f"{council}.members")))
                about[council] = {**line.tally(council), "excluded": out}
        if line is not None:
            nested["line"] = about
        return nested

    def councils(self) -> tuple[str, ...]:
        """The councils of the instance: those whose members are known, as `council` or `province_council`."""
        return tuple(sorted(name.removesuffix(".members") for name in self.values if name.endswith(".members")))

    def roll(self, name: str) -> tuple[str, ...]:
        """The people in a list; `<council>.absent` are its members who are not among `<council>.present`."""
        council, _, part = name.rpartition(".")
        if part == "absent":
            present = self.roll(f"{council}.present")
            return tuple(member for member in self.roll(f"{council}.members") if member not in present)
        listed = self.values.get(name)
        return tuple(str(each) for each in listed) if isinstance(listed, tuple) else ()


def _told(line: Line, values: Mapping[str, Value], item: str | None) -> Line:
    if item is None:
        return replace(line, values={**line.values, **values})
    said = {**line.items.get(item, {}), **values}
    return replace(line, items={**line.items, item: said})


def nest(values: Mapping[str, Value]) -> dict[str, object]:
    """`{"a.b": 1}` as `{"a": {"b": 1}}`."""
    nested: dict[str, object] = {}
    for name, value in values.items():
        place = nested
        *path, last = name.split(".")
        for part in path:
            inner = place.setdefault(part, {})
            if not isinstance(inner, dict):
                inner = place[part] = {}
            place = inner
        place[last] = value
    return nested


def to_json(value: Value) -> Json:
    """A fact as JSON that keeps its type: dates, instants and decimals are tagged, never floats."""
    match value:
        case datetime():
            return {"instant": value.astimezone(UTC).isoformat().replace("+00:00", "Z")}
        case date():
            return {"date": value.isoformat()}
        case Decimal():
            return {"decimal": format(value, "f")}
        case tuple():
            return [to_json(each) for each in value]
        case _:
            return value


def from_json(stored: Json) -> Value:
    """The fact that `to_json` wrote."""
    match stored:
        case {"instant": str(text)}:
            return datetime.fromisoformat(text)
        case {"date": str(text)}:
            return date.fromisoformat(text)
        case {"decimal": str(text)}:
            return Decimal(text)
        case list():
            return tuple(from_json(each) for each in stored)
        case float():
            return Decimal(str(stored))
        case dict():
            msg = f"not a stored fact: {sorted(stored)}"
            raise ValueError(msg)
        case _:
            return stored


def typed(value: object, schema: Mapping[str, object]) -> Value:
    """A validated JSON answer as a fact of the type its form declares (dates become dates, numbers exact)."""
    if isinstance(value, str) and schema.get("format") == "date":
        return date.fromisoformat(value)
    if isinstance(value, float):
        return Decimal(str(value))
    if isinstance(value, list | tuple):
        items = schema.get("items")
        return tuple(typed(each, items if isinstance(items, Mapping) else {}) for each in value)
    if value is None or isinstance(value, str | int | bool | Decimal | date):
        return value
    msg = f"no fact can hold {type(value).__name__}"
    raise TypeError(msg)
