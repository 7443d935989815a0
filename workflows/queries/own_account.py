"""The own account: its live sessions, its address, its password's standing; nobody else's."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from workflows.domain.actor import Actor
from workflows.queries.accounts import IDLE, LONGEST
from workflows.store.accounts import digest
from workflows.store.session import Database, real_time

LIVE = text(
    """select id, created_at, seen_at, address, agent, token = :token as is_this from web_session
where account_id = :account and ended_at is null and seen_at > :idle and created_at > :oldest
order by token <> :token, seen_at desc, id"""
)
KEPT = text("select email, password is not null as has_password, password_until from account where id = :account")


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A browser that is signed in; `is_this`: the one that asks."""

    id: int
    created_at: datetime
    seen_at: datetime
    address: str
    agent: str
    is_this: bool


@dataclass(frozen=True, slots=True)
class OwnPage:
    """What a person sees of the own account; `password_until`: the password is a one-time one."""

    email: str | None
    has_password: bool
    password_until: datetime | None
    sessions: tuple[SessionRow, ...]


def own_account(db: Database, actor: Actor, token: str) -> OwnPage:
    """The own account, this session first."""
    now = real_time()
    asked = {"account": actor.id, "token": digest(token), "idle": now - IDLE, "oldest": now - LONGEST}
    with db.read() as tx:
        row = tx.execute(KEPT, {"account": actor.id}).one()
        sessions = tuple(SessionRow(*each) for each in tx.execute(LIVE, asked))
        return OwnPage(row.email, row.has_password, row.password_until, sessions)
