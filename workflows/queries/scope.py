"""Which matters a person may see: a unit its own and those it took over, the office all, others what they were sent."""

import json

from sqlalchemy import Connection, Row, text

from workflows.domain.actor import Actor
from workflows.domain.errors import NotFound

VISIBLE = """(:sees_all or i.unit in (with recursive own(code) as (select cast(:own_unit as text)
      union select u.code from unit u join own o on u.successor = o.code) select code from own)
  or exists (select 1 from fact f where f.name = 'council.members' and f.value ? :login and (f.instance_id = i.id
      or exists (select 1 from round_line l where l.instance_id = f.instance_id and l.dossier = i.number)))
  or exists (select 1 from user_task t
      where t.instance_id = i.id and (t.assignee = any(:logins) or t.closed_by = :login))
  or exists (select 1 from user_task t where t.candidate_group = any(:sent_to) and (t.instance_id = i.id
      or exists (select 1 from round_line l where l.instance_id = t.instance_id and l.dossier = i.number)))
  or (i.stopped is not null and :sees_stopped))"""

MINE = "(t.assignee = :login or (t.assignee = any(:logins) and t.item is null))"
"""A task somebody has: oneself, or (but for ballots) a person one stands in for."""
REACHED = """exists (select 1 from json_to_recordset(cast(:reach as json)) as g(key text, of text)
    where g.key = t.candidate_group and (t.unit is null or t.unit = g.of))"""
"""A task for one of the reader's groups, or of those of a person stood in for."""

STATUS = """coalesce((select r.status from round_line l join instance r on r.id = l.instance_id
  where l.dossier = i.number and i.status in ('cho-hoi-dong', 'cho-ky') and r.closed_at is null
    and r.process = 'review_round' and r.status in ('cho-ky', 'cho-cap-so') order by r.id desc limit 1), i.status)"""
"""Where a matter stands for its readers: a dossier whose round is being signed or numbered stands there too."""


def reach(actor: Actor) -> dict[str, object]:
    """The values of MINE and REACHED for this person."""
    told = [{"key": group, "of": unit} for group, unit in actor.reaches()]
    return {"login": actor.login, "logins": list(actor.logins), "reach": json.dumps(told)}


def parameters(actor: Actor) -> dict[str, object]:
    """The values of VISIBLE for this person."""
    return {
        "sees_all": actor.may("dossier.read_all"),
        "own_unit": actor.unit if actor.may("dossier.open") else None,
        "login": actor.login,
        "logins": list(actor.logins),
        "sent_to": list(actor.groups) if actor.may("dossier.read_sent") else [],
        "sees_stopped": actor.may("incident.retry"),
    }


def sees(tx: Connection, actor: Actor, number: str) -> bool:
    """Whether this person may see an instance."""
    found = text(f"select 1 from instance i where i.number = :number and {VISIBLE}")  # noqa: S608  a constant
    return tx.execute(found, {"number": number, **parameters(actor)}).scalar() is not None


def visible(tx: Connection, actor: Actor, number: str) -> Row[tuple[object, ...]]:
    """The row of one instance. Raises NotFound where it does not exist or is not this person's to see."""
    row = tx.execute(
        text(
            f"""select i.id, i.number, i.process, i.bundle_id, i.title, i.unit, u.name as unit_name, i.award_form,
  i.kind, i.movement, i.about, {STATUS} as status, i.state, i.seq, i.stopped, i.opened_at, i.closed_at
from instance i left join unit u on u.code = i.unit
where i.number = :number and {VISIBLE}"""  # noqa: S608  a constant
        ),
        {"number": number, **parameters(actor)},
    ).one_or_none()
    if row is None:
        raise NotFound(what=number)
    return row
