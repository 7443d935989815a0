"""Figures of a movement: who was nominated and commended, by unit, group, content, form and kind; and how promptly."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Row, text

from workflows.definitions import Bundle
from workflows.domain.actor import Actor
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.text import Text
from workflows.queries.names import newest, value_name
from workflows.queries.paces import Body, Promptness, bodies, promptness
from workflows.store.session import Database

LINES = """from nominee n join instance i on i.id = n.instance_id left join unit u on u.code = i.unit
  left join fact v on v.instance_id = i.id and v.line = n.id and v.item = '' and v.name = 'verdict'
  left join fact d on d.instance_id = i.id and d.line = '' and d.item = '' and d.name = 'number_decision.decision_date'
where i.movement = :movement and i.process = 'dossier' and i.status not in ('dang-soan', 'da-rut')
  and coalesce(v.value #>> '{}', 'open') <> 'withdrawn'
  and (:unit = '' or i.unit = :unit) and (:award_form = '' or i.award_form = :award_form)
  and (:type = '' or i.kind = :type) and (:kind = '' or n.answers ->> 'kind' = :kind)
  and (:target = '' or n.answers ->> 'target' = :target) and (:content = '' or n.answers ->> 'content' = :content)"""
COUNTED = """count(*) as nominated, count(*) filter (where v.value #>> '{}' = 'passed') as commended,
  count(*) filter (where v.value #>> '{}' = 'failed') as failed"""
BY = {
    "unit": "u.name",
    "award_form": "i.award_form",
    "kind": "n.answers ->> 'kind'",
    "target": "n.answers ->> 'target'",
    "content": "n.answers ->> 'content'",
    "staff_class": "n.answers ->> 'staff_class'",
}
FACTS = {
    "award_form": "dossier.award_form",
    "kind": "nominee.kind",
    "target": "nominee.target",
    "content": "nominee.content",
    "staff_class": "nominee.staff_class",
}
PERSONS_ONLY = " and n.answers ->> 'kind' = 'person'"
DIRECT = f"""select count(*) filter (where n.answers ->> 'staff_class' = 'direct') as direct,
  count(*) filter (where n.answers ->> 'staff_class' is not null) as known, count(*) as persons
{LINES}{PERSONS_ONLY} and v.value #>> '{{}}' = 'passed'"""
AWARDS = f"""select u.code as unit, u.name as unit_name, i.award_form as form, count(*) as awards
{LINES} and v.value #>> '{{}}' = 'passed' group by 1, 2, 3 order by fold(u.name), 3"""
UNITS = text(
    """select distinct u.code, u.name, fold(u.name) as folded from instance i join unit u on u.code = i.unit
where i.movement = :movement and i.process = 'dossier' order by folded, u.code"""
)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the figures are narrowed to; "" is everything. `type` is that of the dossier, `kind` that of the nominee."""

    unit: str = ""
    award_form: str = ""
    type: str = ""
    kind: str = ""
    target: str = ""
    content: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of a report: how many were nominated, commended, not passed."""

    title: Text
    nominated: int
    commended: int
    failed: int


@dataclass(frozen=True, slots=True)
class Share:
    """Of the commended persons: how many are direct workers, of how many the class is known, how many in all."""

    direct: int
    known: int
    persons: int


@dataclass(frozen=True, slots=True)
class UnitAwards:
    """The awards of one unit, as many as there are of each form, in the order of `Report.forms`."""

    name: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one movement; `tables` by unit, form, kind, group, content and class, `choices` to narrow by."""

    key: str
    title: Text
    total: Figure
    tables: Mapping[str, tuple[Figure, ...]]
    direct: Share
    prompt: Promptness
    bodies: tuple[Body, ...]
    forms: tuple[Text, ...]
    awards: tuple[UnitAwards, ...]
    choices: Mapping[str, tuple[tuple[str, Text], ...]]


def report(db: Database, actor: Actor, movement: str, narrowed: Narrowed | None = None) -> Report:
    """The figures of a movement. Raises NotAllowed for whom they are not, NotFound."""
    if not actor.may("dossier.read_all"):
        raise NotAllowed(why="reports are for the office, the Director and the auditors")
    with db.read() as tx:
        bundle = newest(tx)
        if bundle is None or movement not in bundle.movements:
            raise NotFound(what=f"Movement «{movement}»")
        known = {"movement": movement, **asdict(narrowed or Narrowed())}
        whole = tx.execute(text(f"select {COUNTED} {LINES}"), known).one()
        forms, awards = _awards(tx, bundle, known)
        return Report(
            movement,
            bundle.movements[movement].title,
            _figure(Text(""), whole),
            {name: _figures(tx, bundle, name, known) for name in BY},
            Share(*tx.execute(text(DIRECT), known).one()),
            promptness(tx, LINES, known),
            bodies(tx, bundle, movement),
            forms,
            awards,
            _choices(tx, bundle, movement),
        )


def _figures(tx: Connection, bundle: Bundle, name: str, known: Mapping[str, str]) -> tuple[Figure, ...]:
    lines = LINES + (PERSONS_ONLY if name == "staff_class" else "")
    statement = f"select {BY[name]} as value, {COUNTED} {lines} group by 1 order by nominated desc, 1"
    return tuple(_figure(_title(bundle, name, row.value), row) for row in tx.execute(text(statement), dict(known)))


def _awards(
    tx: Connection, bundle: Bundle, known: Mapping[str, str]
) -> tuple[tuple[Text, ...], tuple[UnitAwards, ...]]:
    rows = tx.execute(text(AWARDS), dict(known)).all()
    forms = list(dict.fromkeys(sorted(row.form for row in rows)))
    counted: dict[str, dict[str, int]] = {}
    for row in rows:
        counted.setdefault(row.unit_name or "", {})[row.form] = row.awards
    names = tuple(value_name(bundle, FACTS["award_form"], form) for form in forms)
    return names, tuple(UnitAwards(unit, tuple(each.get(form, 0) for form in forms)) for unit, each in counted.items())


def _choices(tx: Connection, bundle: Bundle, movement: str) -> dict[str, tuple[tuple[str, Text], ...]]:
    told = bundle.movements[movement].told
    units = tx.execute(UNITS, {"movement": movement})
    named = {name: tuple(bundle.worded(fact).values.items()) for name, fact in FACTS.items()}
    listed = {
        name: tuple((str(each["key"]), Text.read(each["title"])) for each in told.get(part, ()))
        for name, part in (("target", "targets"), ("content", "contents"))
    }
    return {
        "unit": tuple((row.code, Text(row.name)) for row in units),
        "award_form": named["award_form"],
        "type": tuple(bundle.worded("dossier.kind").values.items()),
        **listed,
        "kind": named["kind"],
    }


def _title(bundle: Bundle, name: str, value: str | None) -> Text:
    if not value:
        return Text("Không ghi", "Not stated")
    return value_name(bundle, FACTS[name], value) if name in FACTS else Text(value)


def _figure(title: Text, row: Row[Any]) -> Figure:
    return Figure(title, row.nominated, row.commended, row.failed)
