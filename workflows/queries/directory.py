"""People, groups and units as an administrator's pages show them, and the acts that changed them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, text

from workflows.domain.account_acts import PERSON, UNIT
from workflows.domain.actor import PERMISSIONS
from workflows.domain.errors import NotFound
from workflows.domain.text import Text
from workflows.queries.names import newest
from workflows.queries.rows import Page
from workflows.store import account_acts
from workflows.store.session import Database

SIZE = 50
PEOPLE = """select a.login, a.name, a.title, a.email, a.active, a.unit, u.name as unit_name, u.valid_to as unit_ended,
  a.password is not null as has_password, a.password_until, a.door is not null as at_door,
  array(select group_key from membership m where m.account_id = a.id order by group_key) as groups,
  (select max(s.seen_at) from web_session s where s.account_id = a.id) as seen_at,
  (select count(*) from user_task t where t.state = 'open' and t.assignee = a.login) as tasks,
  count(*) over () as total
from account a left join unit u on u.code = a.unit
where {where} order by not a.active, fold(a.name), a.login limit :size offset :skip"""
SOUGHT = text(
    PEOPLE.format(
        where="""(:q = '' or strpos(fold(concat_ws(' ', a.login, a.name, a.title, a.email, u.name)), fold(:q)) > 0)
  and (:unit = '' or a.unit = :unit) and (:state = '' or a.active = (:state = 'active'))
  and (:group = '' or exists (select 1 from membership m where m.account_id = a.id and m.group_key = :group))"""
    )
)
ONE = text(PEOPLE.format(where="a.login = :login"))
UNITS = text(
    """select u.code, u.name, u.kind, u.has_seal, u.head, u.valid_to, u.successor, s.name as successor_name,
  (select count(*) from account a where a.unit = u.code and a.active) as people,
  (select count(*) from instance i where i.unit = u.code and i.closed_at is null) as matters
from unit u left join unit s on s.code = u.successor
where :q = '' or strpos(fold(concat_ws(' ', u.code, u.name, u.head)), fold(:q)) > 0
order by u.valid_to is not null, fold(u.name), u.code"""
)
HISTORY = text(
    """select h.id, h.at, h.by, h.by_name, h.act, h.about, h.subject, h.subject_name, h.changes, h.reason,
  count(*) over () as total
from account_act h where (:about = '' or h.about = :about) and (:subject = '' or h.subject = :subject)
  and (:q = '' or strpos(fold(concat_ws(' ', h.by, h.by_name, h.subject, h.subject_name, h.reason)), fold(:q)) > 0)
order by h.id desc limit :size offset :skip"""
)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person of the list; `tasks` are open and this person's, `password_until` is that of a one-time password."""

    login: str
    name: str
    title: str
    email: str | None
    active: bool
    unit: str | None
    unit_name: str | None
    unit_ended: date | None
    has_password: bool
    password_until: datetime | None
    at_door: bool
    groups: tuple[Text, ...]
    group_keys: tuple[str, ...]
    seen_at: datetime | None
    tasks: int


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit with how many people and open matters it has; `successor_name` where it has ended."""

    code: str
    name: str
    kind: str
    has_seal: bool
    head: str | None
    valid_to: date | None
    successor: str | None
    successor_name: str | None
    people: int
    matters: int


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One entry of an act: the name of the entry, and what it said before and after."""

    field: str
    old: tuple[Text, ...]
    new: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class ActRow:
    """An act on a person or a unit; `is_own`: somebody changed the own account."""

    at: datetime
    by: str
    by_name: str
    act: str
    about: str
    subject: str
    subject_name: str
    reason: str
    is_own: bool
    changes: tuple[ChangeRow, ...]


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group with what it is allowed and who is in it."""

    key: str
    name: Text
    members: tuple[PersonRow, ...] = field(default=())


def people(
    db: Database, *, search: str = "", unit: str = "", group: str = "", state: str = "", page: int = 1
) -> Page[PersonRow]:
    """One page of the people by name, locked ones last; searched without accents."""
    asked = {"q": search.strip(), "unit": unit, "group": group, "state": state}
    with db.read() as tx:
        rows = tx.execute(SOUGHT, {**asked, "size": SIZE, "skip": (max(page, 1) - 1) * SIZE}).all()
        names = _groups(tx)
        return Page(tuple(_person(row, names) for row in rows), rows[0].total if rows else 0, page, SIZE)


def person(db: Database, login: str) -> tuple[PersonRow, int]:
    """One person and the number of the latest act on that account. Raises NotFound."""
    with db.read() as tx:
        row = tx.execute(ONE, {"login": login, "size": 1, "skip": 0}).one_or_none()
        if row is None:
            raise NotFound(what=f"«{login}»")
        return _person(row, _groups(tx)), account_acts.last(tx, PERSON, login)


def units(db: Database, search: str = "") -> tuple[UnitRow, ...]:
    """All units by name, those that ended last; searched without accents."""
    with db.read() as tx:
        return tuple(UnitRow(*row) for row in tx.execute(UNITS, {"q": search.strip()}))


def unit(db: Database, code: str) -> tuple[UnitRow, int]:
    """One unit and the number of the latest act on it. Raises NotFound."""
    with db.read() as tx:
        found = [UnitRow(*row) for row in tx.execute(UNITS, {"q": ""}) if row.code == code]
        if not found:
            raise NotFound(what=f"Unit «{code}»")
        return found[0], account_acts.last(tx, UNIT, code)


def groups(db: Database) -> tuple[GroupRow, ...]:
    """All groups in the order of the procedure, with their members."""
    with db.read() as tx:
        names = _groups(tx)
        rows = tx.execute(SOUGHT, {"q": "", "unit": "", "group": "", "state": "", "size": None, "skip": 0})
        everybody = [_person(row, names) for row in rows]
        return tuple(
            GroupRow(key, name, tuple(each for each in everybody if key in each.group_keys))
            for key, name in names.items()
        )


def acts(db: Database, *, about: str = "", subject: str = "", search: str = "", page: int = 1) -> Page[ActRow]:
    """One page of what was changed about people and units, the latest first."""
    asked = {"about": about, "subject": subject, "q": search.strip()}
    with db.read() as tx:
        rows = tx.execute(HISTORY, {**asked, "size": SIZE, "skip": (max(page, 1) - 1) * SIZE}).all()
        words = {"groups": _groups(tx), "unit": _units(tx)}
        words["successor"] = words["unit"]
        return Page(tuple(_act(row, words) for row in rows), rows[0].total if rows else 0, page, SIZE)


def _groups(tx: Connection) -> dict[str, Text]:
    bundle = newest(tx)
    named = bundle.groups if bundle else {}
    return {key: named.get(key, Text(key)) for key in (*named, *PERMISSIONS) if key in PERMISSIONS}


def _units(tx: Connection) -> dict[str, Text]:
    return {row.code: Text(row.name) for row in tx.execute(text("select code, name from unit"))}


def _person(row: Row[Any], names: Mapping[str, Text]) -> PersonRow:
    told = {key: value for key, value in row._asdict().items() if key not in {"groups", "total"}}
    keys = tuple(row.groups)
    return PersonRow(**told, groups=tuple(names.get(key, Text(key)) for key in keys), group_keys=keys)


def _act(row: Row[Any], words: Mapping[str, Mapping[str, Text]]) -> ActRow:
    changes = tuple(
        ChangeRow(each["field"], _said(each["old"], each["field"], words), _said(each["new"], each["field"], words))
        for each in row.changes
    )
    is_own = row.about == PERSON and row.by == row.subject
    return ActRow(
        row.at, row.by, row.by_name, row.act, row.about, row.subject, row.subject_name, row.reason, is_own, changes
    )


def _said(value: Any, entry: str, words: Mapping[str, Mapping[str, Text]]) -> tuple[Text, ...]:
    values = value if isinstance(value, list) else [] if value is None else [value]
    known = words.get(entry, {})
    return tuple(known.get(str(each), Text(str(each))) for each in values)
