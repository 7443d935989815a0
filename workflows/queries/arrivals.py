"""The register of incoming letters as the clerk sees it, and what each letter could answer; it changes nothing."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, text

from workflows.definitions import Bundle, Form
from workflows.definitions.replies import Reply, replies
from workflows.domain.actor import Actor
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.text import Text
from workflows.queries.choices import choices
from workflows.queries.lines import line_rows, units_of
from workflows.queries.papers import PaperContent
from workflows.queries.rows import Choices, LineRow
from workflows.store.bundles import deployed, in_force
from workflows.store.load import facts_of
from workflows.store.session import Database, clock

PROCEDURE = "commendation"
NUMBERS, DAYS = ("letter_no", "number"), ("letter_date", "decision_date", "submitted_on")
SELECT = """select a.id, a.arrival_no, a.body, a.number, a.dated, a.subject, a.answers_number, a.filename,
  coalesce(c.name, a.entered_by) as by_name, a.entered_at, a.done_at,
  i.id as matter_id, i.number as matter, i.bundle_id, i.closed_at,
  array(select w.name from message_wait w where w.instance_id = i.id) as awaited,
  array(select p.body from package p where p.instance_id = i.id group by p.body order by max(p.id) desc) as asked
from arrival a left join account c on c.login = a.entered_by
left join instance i on i.id = coalesce(a.instance_id, (select p.instance_id from package p
  where p.number = a.answers_number order by p.body = a.body desc, p.id desc limit 1))"""
WAITING = text(f"{SELECT} where a.done_at is null order by a.id")
FILED = text(f"{SELECT} where a.done_at is not null order by a.done_at desc limit 20")
ONE = text(f"{SELECT} where a.id = :id")
MATTERS = text(
    """select i.number, i.title from instance i join message_wait w on w.instance_id = i.id
where w.name = any(:names) and i.closed_at is null group by i.id order by i.id desc limit 100"""
)


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """A letter of the register; `matter` is what it answers, `ready` says that it is awaited."""

    id: int
    arrival_no: str
    body: Text
    number: str
    dated: date
    subject: str
    answers_number: str
    filename: str
    entered_by: str
    entered_at: datetime
    done_at: datetime | None
    matter: str | None
    closed: bool
    ready: bool


@dataclass(frozen=True, slots=True)
class Awaited:
    """A letter that the matter waits for; `asked` whether it is of the body that wrote and that our package went to."""

    message: str
    title: Text
    body: Text
    asked: bool


@dataclass(frozen=True, slots=True)
class ArrivalPage:
    """One letter: the letters its matter waits for, the form of the one chosen, and where else it may belong."""

    row: ArrivalRow
    asked: tuple[Text, ...]
    awaited: tuple[Awaited, ...]
    chosen: Awaited | None
    form: Form | None
    answers: dict[str, Any]
    lines: tuple[LineRow, ...]
    choices: Choices
    matters: tuple[tuple[str, str], ...]


def register(db: Database, actor: Actor) -> tuple[tuple[ArrivalRow, ...], tuple[ArrivalRow, ...]]:
    """The letters that wait, oldest first, and the last ones filed. Raises NotAllowed."""
    _require_clerk(actor)
    with db.read() as tx:
        _, bundle = in_force(tx, PROCEDURE)
        waiting, filed = (tuple(_row(bundle, row) for row in tx.execute(query)) for query in (WAITING, FILED))
        return waiting, filed


def bodies(db: Database, actor: Actor) -> tuple[tuple[str, Text], ...]:
    """The bodies a letter may come from. Raises NotAllowed."""
    _require_clerk(actor)
    with db.read() as tx:
        return tuple(in_force(tx, PROCEDURE)[1].bodies.items())


def arrival(db: Database, actor: Actor, arrival_id: int, message: str = "") -> ArrivalPage:
    """One letter, with the form of `message` or else of the letter that fits best. Raises NotFound, NotAllowed."""
    _require_clerk(actor)
    with db.read() as tx:
        row = tx.execute(ONE, {"id": arrival_id}).one_or_none()
        if row is None:
            raise NotFound(what="This letter")
        _, newest = in_force(tx, PROCEDURE)
        bundle = newest if row.bundle_id is None else deployed(tx, row.bundle_id)
        awaited = _awaited(bundle, row)
        chosen = next((each for each in awaited if each.message == message), awaited[0] if awaited else None)
        form = replies(bundle)[chosen.message].form if chosen else None
        return ArrivalPage(
            row=_row(newest, row),
            asked=tuple(newest.bodies.get(each, Text(each)) for each in row.asked),
            awaited=awaited,
            chosen=chosen,
            form=form,
            matters=_matters(tx, newest),
            **_to_fill(tx, bundle, actor, row, form),
        )


def file(db: Database, actor: Actor, arrival_id: int) -> PaperContent:
    """The paper of a letter. Raises NotFound, NotAllowed."""
    _require_clerk(actor)
    query = text(
        "select a.filename, a.media_type, b.content from arrival a join blob b on b.sha256 = a.sha256 where a.id = :id"
    )
    with db.read() as tx:
        row = tx.execute(query, {"id": arrival_id}).one_or_none()
    if row is None:
        raise NotFound(what="This letter")
    return PaperContent(row.filename, row.media_type, bytes(row.content))


def _require_clerk(actor: Actor) -> None:
    if not actor.may("letter.enter"):
        raise NotAllowed(why="only the records clerk and the department's office enter letters")


def _row(bundle: Bundle, row: Row[Any]) -> ArrivalRow:
    return ArrivalRow(
        row.id,
        row.arrival_no,
        bundle.bodies.get(row.body, Text(row.body)),
        row.number,
        row.dated,
        row.subject,
        row.answers_number,
        row.filename,
        row.by_name,
        row.entered_at,
        row.done_at,
        row.matter,
        row.closed_at is not None,
        ready=bool(_of_outside(bundle, row.awaited)),
    )


def _of_outside(bundle: Bundle, names: list[str]) -> list[Reply]:
    known = replies(bundle)
    return [known[name] for name in names if name in known]


def _awaited(bundle: Bundle, row: Row[Any]) -> tuple[Awaited, ...]:
    """The letters the matter waits for, those of the body that wrote first."""
    found = [
        Awaited(
            each.message,
            each.title,
            bundle.bodies.get(each.body, Text(each.body)),
            each.body == row.body and row.body in row.asked,
        )
        for each in _of_outside(bundle, row.awaited)
    ]
    return tuple(sorted(found, key=lambda each: not each.asked))


def _to_fill(tx: Connection, bundle: Bundle, actor: Actor, row: Row[Any], form: Form | None) -> dict[str, Any]:
    """What the form begins with: number and day as they stand on the letter, and the lines it speaks of."""
    if form is None:
        return {"answers": {}, "lines": (), "choices": {}}
    facts = facts_of(tx, row.matter_id, row.matter)
    known = form.schema["properties"]
    begun = {**dict.fromkeys(NUMBERS, row.number), **dict.fromkeys(DAYS, row.dated.isoformat())}
    return {
        "answers": {name: value for name, value in begun.items() if name in known},
        "lines": line_rows(bundle, facts, actor, own_number=row.matter, units=units_of(tx, facts)),
        "choices": choices(tx, bundle, form, facts, clock(tx)[1]),
    }


def _matters(tx: Connection, bundle: Bundle) -> tuple[tuple[str, str], ...]:
    names = list(replies(bundle))
    return tuple((row.number, row.title or "") for row in tx.execute(MATTERS, {"names": names}))
