"""What an accepted form says about the facts: pure, and before the engine, so that a gateway sees the answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workflows.domain.entries import as_fact
from workflows.domain.errors import LineNotOpen, LineUnknown
from workflows.domain.facts import OPEN, Facts, Line, Value, typed
from workflows.domain.form import FILLED_BY_SYSTEM, EntriesRefused
from workflows.domain.form_sentences import Complaint


@dataclass(frozen=True, slots=True)
class FactSet:
    """One fact got a value: of the instance, of one line, or of what one member said of a line."""

    name: str
    old: Value
    new: Value
    line: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class NomineeWritten:
    """A nominee line was added or rewritten; `old` is None for a new one."""

    line: Line
    old: Mapping[str, Value] | None


@dataclass(frozen=True, slots=True)
class LineGathered:
    """A line of a dossier joined a review round."""

    line: Line


Change = FactSet | NomineeWritten | LineGathered


@dataclass(frozen=True, slots=True)
class Recorded:
    """The facts after, and what changed: the same changes are applied to the tables and kept in the history."""

    facts: Facts
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """The part of a form that recording needs: where its answers go and which say more than themselves."""

    task: str
    prefix: str
    schema: Mapping[str, Any]


def record(facts: Facts, form: Form, answers: Mapping[str, Any], *, number: str, item: str | None = None) -> Recorded:
    """The facts after `answers` (validated, of `form.schema`) were accepted for the instance `number`.

    `item` is the member who answered a multi-instance task. What an earlier answer to the same form said and this one
    does not say is no longer known. Raises InvalidInput where a row names no open line, or an open line has no row.
    """
    changes: list[Change] = []
    for name, schema in form.schema.get("properties", {}).items():
        told = (
            _changes(facts, form, name, schema, answers[name], number, item)
            if name in answers
            else _unsaid(facts, form, name, schema, item)
        )
        for change in told:
            facts = applied(facts, change)
            changes.append(change)
    reasons = tuple(_reasons(facts, form, changes))
    for change in reasons:
        facts = applied(facts, change)
    return Recorded(facts, (*changes, *reasons))


def set_values(facts: Facts, values: Mapping[str, Value], line: str = "") -> Recorded:
    """The facts with `values` set on the instance, or on one line; values that are already so change nothing."""
    known = facts.values if not line else _line(facts, line).values
    changes = tuple(FactSet(n, known.get(n), v, line) for n, v in values.items() if n not in known or known[n] != v)
    for change in changes:
        facts = applied(facts, change)
    return Recorded(facts, changes)


def gather(facts: Facts, lines: Sequence[Line]) -> Recorded:
    """The facts of a round after these lines joined it, in this order; one that was suspended there is open again."""
    known = {line.id: line for line in facts.lines}
    changes: list[Change] = []
    for line in lines:
        if line.id in known:
            if known[line.id].status == "suspended":
                changes.append(FactSet("verdict", "suspended", "open", line.id))
                facts = applied(facts, changes[-1])
        else:
            joined = replace(line, ordinal=len(facts.lines) + 1, values={}, items={})
            changes.append(LineGathered(joined))
            facts = replace(facts, lines=(*facts.lines, joined))
    return Recorded(facts, tuple(changes))


def applied(facts: Facts, change: Change) -> Facts:
    """The facts after one change."""
    match change:
        case FactSet(name=name, new=new, line=line, item=item):
            return facts.with_line_values(line, {name: new}, item or None) if line else facts.with_values({name: new})
        case NomineeWritten(line=line):
            others = tuple(each for each in facts.lines if each.id != line.id)
            return replace(facts, lines=tuple(sorted((*others, line), key=lambda each: each.ordinal)))
        case LineGathered(line=line):
            return replace(facts, lines=(*facts.lines, line))


def _changes(
    facts: Facts, form: Form, name: str, schema: Mapping[str, Any], value: Any, number: str, item: str | None
) -> Iterator[Change]:
    match schema.get("x-rows"):
        case "nominees" if "x-lines" in schema:
            yield from _rewritten(facts, schema, value, number)
        case "nominees":
            yield from _nominees(facts, schema["items"], value, number)
        case "lines":
            yield from _about_lines(facts, form, name, schema, value, number, item)
        case "entries":
            new = as_fact(schema, value)
            if facts.get(f"{form.prefix}.{name}") != new:
                yield FactSet(f"{form.prefix}.{name}", facts.get(f"{form.prefix}.{name}"), new)
        case "standards":
            yield from _sheet(facts, form, value)
        case "dossiers":
            return
        case _:
            fact = f"{form.prefix}.{name}"
            if item is None:
                new = typed(value, schema)
                if fact not in facts.values or facts.values[fact] != new:
                    yield FactSet(fact, facts.get(fact), new)
            yield from _verdict_for_all(facts, schema, value)


def _unsaid(facts: Facts, form: Form, name: str, schema: Mapping[str, Any], item: str | None) -> Iterator[Change]:
    fact = f"{form.prefix}.{name}"
    if item is None and facts.get(fact) is not None and not any(schema.get(key) for key in FILLED_BY_SYSTEM):
        yield FactSet(fact, facts.get(fact), None)


def _nominees(
    facts: Facts, schema: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], number: str
) -> Iterator[Change]:
    known = {line.ordinal: line for line in facts.lines}
    used = [row["line"] for row in rows if row.get("line")]
    if strange := sorted(set(used) - set(known)):
        raise LineUnknown(line=strange[0], number=number)
    for line in sorted(set(used)):
        if known[line].status != "open" or used.count(line) > 1:
            raise LineNotOpen(line=line, number=number)
    following = max(known, default=0)
    for row in rows:
        nominee = {name: typed(value, schema["properties"][name]) for name, value in row.items() if name != "line"}
        ordinal = row.get("line")
        if not ordinal:
            following += 1
            ordinal = following
        old = known.get(ordinal)
        line = replace(old, nominee=nominee) if old else Line(f"{number}.{ordinal}", number, ordinal, nominee)
        if old is None or old.nominee != nominee:
            yield NomineeWritten(line, old.nominee if old else None)
    for ordinal, line in known.items():
        if ordinal not in used and line.status == "open":
            yield FactSet("verdict", line.values.get("verdict"), "withdrawn", line.id)


def _rewritten(
    facts: Facts, schema: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], number: str
) -> Iterator[Change]:
    """Some columns of lines that stand as `x-lines` says are written again; the others and their other columns stay."""
    standing = {line.ordinal: line for line in facts.lines if line.status == schema["x-lines"]}
    columns = schema["items"]["properties"]
    for row in rows:
        line = standing.pop(row["line"], None)
        if line is None:
            raise LineNotOpen(line=row["line"], number=number)
        told = {name: typed(row.get(name), column) for name, column in columns.items() if name != "line"}
        nominee = {
            **line.nominee,
            **{name: new for name, new in told.items() if new is not None or name in line.nominee},
        }
        if nominee != line.nominee:
            yield NomineeWritten(replace(line, nominee=nominee), line.nominee)


def _about_lines(
    facts: Facts,
    form: Form,
    name: str,
    schema: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]],
    number: str,
    item: str | None,
) -> Iterator[Change]:
    wanted = schema.get("x-lines", OPEN)
    by_ordinal = {line.ordinal: line for line in facts.lines if line.status == wanted}
    seen: set[int] = set()
    for position, row in enumerate(rows):
        line = by_ordinal.get(row["line"])
        if line is None or row["line"] in seen:
            raise LineNotOpen(
                {f"/{name}/{position}/line": "This line is not open here."}, line=row["line"], number=number
            )
        seen.add(row["line"])
        yield from _about_line(form, schema["items"], line, row, item)
    if item is None and by_ordinal.keys() - seen:
        raise EntriesRefused(fields={f"/{name}": Complaint("required")})


def _about_line(
    form: Form, schema: Mapping[str, Any], line: Line, row: Mapping[str, Any], item: str | None
) -> Iterator[Change]:
    known = line.items.get(item, {}) if item else line.values
    for key, told in schema["properties"].items():
        fact, value = f"{form.prefix}.{key}", row.get(key)
        if key == "line" or (key not in row and known.get(fact) is None):
            continue
        yield FactSet(fact, known.get(fact), typed(value, told), line.id, item or "")
        if verdict := told.get("x-verdict", {}).get(value):
            yield FactSet("verdict", line.values.get("verdict"), verdict, line.id)


def _sheet(facts: Facts, form: Form, rows: Sequence[Mapping[str, Any]]) -> Iterator[Change]:
    by_ordinal = {line.ordinal: line for line in facts.lines}
    for row in rows:
        line = by_ordinal.get(row["line"])
        if line is None:
            raise LineUnknown(line=row["line"], number="")
        fact = f"{form.prefix}.{row['criterion'].lower()}"
        for name, value in ((fact, row.get("met")), (f"{fact}_evidence", row.get("evidence"))):
            if line.values.get(name) != value:
                yield FactSet(name, line.values.get(name), value, line.id)


def _verdict_for_all(facts: Facts, schema: Mapping[str, Any], value: Any) -> Iterator[Change]:
    verdicts = schema.get("x-verdict-all", {})
    if verdicts and (verdict := verdicts.get(value)):
        for line in facts.lines:
            if line.status in {"open", "passed"}:
                yield FactSet("verdict", line.values.get("verdict"), verdict, line.id)


def _reasons(facts: Facts, form: Form, changes: Sequence[Change]) -> Iterator[FactSet]:
    """Why lines failed by these answers: what is said of the line (`x-verdict-reason`), else of all of them."""
    fields = form.schema.get("properties", {})
    columns = [(n, s) for each in fields.values() for n, s in each.get("items", {}).get("properties", {}).items()]
    of_line, of_all = (
        [f"{form.prefix}.{name}" for name, schema in each if schema.get("x-verdict-reason")]
        for each in (columns, fields.items())
    )
    for change in changes:
        if isinstance(change, FactSet) and (change.name, change.new) == ("verdict", "failed"):
            values = _line(facts, change.line).values
            said = (*(values.get(name) for name in of_line), *(facts.get(name) for name in of_all))
            why = next((each for each in said if each), None)
            if why and values.get("verdict_reason") != why:
                yield FactSet("verdict_reason", values.get("verdict_reason"), why, change.line)


def _line(facts: Facts, line: str) -> Line:
    for each in facts.lines:
        if each.id == line:
            return each
    raise LineUnknown(line=line, number="")
