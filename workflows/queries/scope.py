"""What pages ask of the matters and tasks a person may see; `store.scope` says which those are."""

from sqlalchemy import Connection, Row, text

from workflows.domain.actor import Actor
from workflows.domain.errors import NotFound
from workflows.store.scope import VISIBLE, parameters, sees

__all__ = ["MINE", "REACHED", "STATUS", "VISIBLE", "parameters", "reach", "sees", "visible"]

MINE = "(t.assignee = any(:logins) and (t.assignee = :login or t.item is null))"
"""A task somebody has: oneself, or (but for ballots) a person one stands in for."""
REACHED = """(t.candidate_group = any(:groups)
    and (t.unit is null or t.candidate_group || ' ' || t.unit = any(:groups_of_units)))"""
"""A task for one of the reader's groups, or of those of a person stood in for."""

OTHERS = f"t.state = 'open' and :leads and t.assignee is not null and t.unit is null and t.item is null and not {MINE}"
"""A task of the Department that somebody else has, for those who may give it to another; a ballot is nobody else's."""

STATUS = """coalesce((select r.status from round_line l join instance r on r.id = l.instance_id
  where l.dossier = i.number and i.status in ('cho-hoi-dong', 'cho-ky') and r.closed_at is null
    and r.process = 'review_round' and r.status in ('cho-ky', 'cho-cap-so') order by r.id desc limit 1), i.status)"""
"""Where a matter stands for its readers: a dossier whose round is being signed or numbered stands there too."""


def reach(actor: Actor) -> dict[str, object]:
    """The values of MINE, REACHED and OTHERS for this person."""
    return {
        "login": actor.login,
        "logins": list(actor.logins),
        "groups": sorted({group for group, _ in actor.reaches()}),
        "groups_of_units": [f"{group} {unit}" for group, unit in actor.reaches() if unit is not None],
        "leads": actor.may("task.hand_over"),
    }


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
