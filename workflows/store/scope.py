"""Which matters a person may see: a unit its own and those it took over, the office all, others what they were sent."""

from sqlalchemy import Connection, text

from workflows.domain.actor import Actor

VISIBLE = """(:sees_all or i.unit in (with recursive own(code) as (select cast(:own_unit as text)
      union select u.code from unit u join own o on u.successor = o.code) select code from own)
  or exists (select 1 from fact f where f.name = 'council.members' and f.value ? :login and (f.instance_id = i.id
      or exists (select 1 from round_line l where l.instance_id = f.instance_id and l.dossier = i.number)))
  or exists (select 1 from user_task t
      where t.instance_id = i.id and (t.assignee = any(:logins) or t.closed_by = :login))
  or exists (select 1 from user_task t where t.candidate_group = any(:sent_to) and (t.instance_id = i.id
      or exists (select 1 from round_line l where l.instance_id = t.instance_id and l.dossier = i.number)))
  or (i.stopped is not null and :sees_stopped))"""


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
