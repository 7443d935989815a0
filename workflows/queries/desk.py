"""How somebody arranged the own desk: the views kept or shared, the columns chosen."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import text

from workflows.domain.actor import Actor
from workflows.domain.text import Text
from workflows.queries.names import newest
from workflows.store import desk
from workflows.store.session import Database


@dataclass(frozen=True, slots=True)
class SavedView:
    """A named view of a list; `shared_with` is the group that sees it too, `owner` who keeps it, None for oneself."""

    id: int
    name: str
    asked: Mapping[str, str]
    shared_with: Text | None
    owner: str | None


def views(db: Database, actor: Actor) -> tuple[SavedView, ...]:
    """One's own views by name, then those that others share with one's groups."""
    with db.read() as tx:
        bundle = newest(tx)
        groups = bundle.groups if bundle else {}
        rows = tx.execute(
            text(
                """select v.id, v.name, v.asked, v.group_key, v.owner, a.name as owner_name
from saved_view v join account a on a.login = v.owner
where v.owner = :login or v.group_key = any(:groups) order by v.owner <> :login, fold(v.name), v.id"""
            ),
            {"login": actor.login, "groups": list(actor.groups)},
        )
        return tuple(
            SavedView(
                row.id,
                row.name,
                row.asked,
                groups.get(row.group_key, Text(row.group_key)) if row.group_key else None,
                None if row.owner == actor.login else row.owner_name,
            )
            for row in rows
        )


def columns(db: Database, actor: Actor, page: str) -> tuple[str, ...]:
    """The columns somebody chose for a page, in order; empty where nothing was chosen."""
    with db.read() as tx:
        return tuple(desk.preferred(tx, actor.login, f"{page}.columns") or ())


def own_groups(db: Database, actor: Actor) -> tuple[tuple[str, Text], ...]:
    """The groups of a person by key and name, to share a view with."""
    with db.read() as tx:
        bundle = newest(tx)
        known = bundle.groups if bundle else {}
        return tuple((key, known.get(key, Text(key))) for key in sorted(actor.groups))
