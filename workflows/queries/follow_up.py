"""The office's board of a movement: where each unit stands, how many days are left, when it was last urged on."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, text

from workflows.definitions import Bundle
from workflows.domain.actor import Actor
from workflows.domain.calendar import local_day
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.facts import from_json
from workflows.domain.text import Text
from workflows.queries.names import newest
from workflows.store.session import Database, clock

UNITS = text(
    """select u.code, u.name, p.id, p.number, p.closed_at, w.value as launched_on, s.value as staff,
  coalesce(d.drafting, 0) as drafting, coalesce(d.returned, 0) as returned, coalesce(d.sent, 0) as sent,
  coalesce(d.lines, 0) as lines, x.urged_at, coalesce(x.urged, 0) as urged
from unit u
  left join lateral (select id, number, closed_at from instance i
    where i.process = 'participation' and i.movement = :movement and i.unit = u.code order by id desc limit 1) p
    on true
  left join fact w on w.instance_id = p.id and w.name = 'confirm_launch.launched_on' and w.line = '' and w.item = ''
  left join fact s on s.instance_id = p.id and s.name = 'confirm_launch.staff' and s.line = '' and s.item = ''
  left join lateral (select count(*) filter (where i.status = 'dang-soan') as drafting,
      count(*) filter (where i.status = 'tra-lai') as returned,
      count(*) filter (where i.status not in ('dang-soan', 'tra-lai', 'da-rut')) as sent,
      sum((select count(*) from nominee n where n.instance_id = i.id)) filter (where i.status <> 'da-rut') as lines
    from instance i where i.process = 'dossier' and i.movement = :movement and i.unit = u.code) d on true
  left join lateral (select max(h.at) as urged_at, count(*) as urged from history h
    where h.instance_id = p.id and h.kind = 'UnitUrged') x on true
where u.valid_to is null and exists (select 1 from account a join membership m on m.account_id = a.id
  where a.unit = u.code and a.active and m.group_key = 'unit') order by fold(u.name), u.code"""
)
STATES = ("unlaunched", "unconfirmed", "nothing", "drafting", "returned", "submitted")


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit: what it has done, and `state`, one of STATES, by what it should do next."""

    unit: str
    name: str
    number: str | None
    state: str
    launched_on: date | None
    staff: int | None
    drafting: int
    returned: int
    sent: int
    lines: int
    urged: int
    urged_at: datetime | None


@dataclass(frozen=True, slots=True)
class Stage:
    """The stage that runs: until when dossiers are handed in, and how many working days are left (negative: over)."""

    title: Text
    submit_by: date
    days_left: int


@dataclass(frozen=True, slots=True)
class Board:
    """The board of one movement."""

    key: str
    title: Text
    stage: Stage | None
    rows: tuple[UnitRow, ...]

    def count(self, state: str) -> int:
        """How many units stand there."""
        return sum(row.state == state for row in self.rows)


def board(db: Database, actor: Actor, movement: str) -> Board:
    """The board of a movement. Raises NotAllowed for whom it is not, NotFound."""
    if not (actor.may("movement.lead") or actor.may("dossier.read_all")):
        raise NotAllowed(why="the board is for the office, the Director and the auditors")
    with db.read() as tx:
        bundle = newest(tx)
        if bundle is None or movement not in bundle.movements:
            raise NotFound(what=f"Movement «{movement}»")
        rows = tuple(map(_row, tx.execute(UNITS, {"movement": movement})))
        return Board(movement, bundle.movements[movement].title, stage(tx, bundle, movement), rows)


def stage(tx: Connection, bundle: Bundle, movement: str) -> Stage | None:
    """The stage of a movement in which dossiers are handed in now: the first whose last day is not over."""
    today = local_day(clock(tx)[1])
    stages = [each for each in bundle.movements[movement].told.get("stages", ()) if each["submit_by"] >= today]
    if not stages:
        return None
    left = bundle.working_days().between(today, stages[0]["submit_by"])
    return Stage(Text.read(stages[0]["title"]), stages[0]["submit_by"], left)


def _row(row: Row[Any]) -> UnitRow:
    launched, staff = from_json(row.launched_on), from_json(row.staff)
    return UnitRow(
        row.code,
        row.name,
        row.number,
        _state(row),
        launched if isinstance(launched, date) else None,
        staff if isinstance(staff, int) else None,
        row.drafting,
        row.returned,
        row.sent,
        int(row.lines),
        row.urged,
        row.urged_at,
    )


def _state(row: Row[Any]) -> str:
    if row.number is None:
        return "unlaunched"
    if row.returned:
        return "returned"
    if row.sent:
        return "submitted"
    if row.launched_on is None:
        return "unconfirmed"
    return "drafting" if row.drafting else "nothing"
