"""Where the publication of a draft stands: its number, what is known of it, and who is to do what next."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from workflows.domain.actor import Actor
from workflows.domain.errors import NotFound
from workflows.domain.text import Text
from workflows.queries.names import step_name
from workflows.queries.rows import Shown
from workflows.queries.shown import known, shown_facts
from workflows.queries.workshop import permit
from workflows.store.bundles import deployed
from workflows.store.load import facts_of
from workflows.store.session import Database

FOUND = text(
    """select i.id, i.number, i.process, i.bundle_id, i.closed_at
from instance i join bundle_draft d on d.publication = i.number where d.id = :draft"""
)
TASKS = text(
    """select t.id, t.process, t.element, a.name from user_task t left join account a on a.login = t.assignee
where t.instance_id = :id and t.state = 'open' order by t.opened_at"""
)


@dataclass(frozen=True, slots=True)
class Next:
    """An open task of a publication; without an assignee it waits for any administrator who may do it."""

    id: str
    step: Text
    assignee: str | None


@dataclass(frozen=True, slots=True)
class Publication:
    """A publication as its draft's page shows it."""

    number: str
    closed_at: datetime | None
    facts: tuple[Shown, ...]
    tasks: tuple[Next, ...]


def publication(db: Database, actor: Actor, draft: int) -> Publication | None:
    """The newest publication of a draft; None where it was never submitted."""
    permit(actor)
    with db.read() as tx:
        row = tx.execute(FOUND, {"draft": draft}).one_or_none()
        if row is None:
            return None
        bundle = deployed(tx, row.bundle_id)
        facts = facts_of(tx, row.id, row.number)
        tasks = tx.execute(TASKS, {"id": row.id})
        return Publication(
            row.number,
            row.closed_at,
            shown_facts(bundle, row.process, facts, actor.locale, known(tx)),
            tuple(Next(str(each.id), step_name(bundle, each.process, each.element), each.name) for each in tasks),
        )


def draft_of(db: Database, actor: Actor, number: str) -> int:
    """The draft that a publication is about. Raises NotFound."""
    permit(actor)
    found = text(
        """select f.value from fact f join instance i on i.id = f.instance_id
where i.number = :number and i.process = 'publish_version' and f.name = 'version.draft'"""
    )
    with db.read() as tx:
        draft = tx.execute(found, {"number": number}).scalar()
        if draft is None:
            raise NotFound(what=number)
        return int(draft)
