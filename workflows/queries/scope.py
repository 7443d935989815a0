"""What pages ask of the matters and tasks a person may see; `store.scope` says which those are."""

import json

from sqlalchemy import Connection, Row, text

from workflows.domain.actor import Actor
from workflows.domain.errors import NotFound
from workflows.store.scope import VISIBLE, parameters, sees

__all__ = ["MINE", "REACHED", "STATUS", "VISIBLE", "parameters", "reach", "sees", "visible"]

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
