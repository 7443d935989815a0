"""Checks before publishing, one for each content that was ever checked: asked for, under way, ended; no rules."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

WAITING, RUNNING, DONE, STOPPED = "waiting", "running", "done", "stopped"
"""Where a check stands; one under way that was silent for half a minute counts as lost."""
ASK = text(
    """insert into gate_run (sha256, draft_id, state, by, at, told_at)
values (:sha, :draft, 'waiting', :by, :at, now())
on conflict (sha256) do update set draft_id = excluded.draft_id, state = 'waiting', by = excluded.by, at = excluded.at,
  told_at = now(), report = null
where gate_run.state in ('done', 'stopped') or gate_run.told_at < now() - interval '30 seconds'
returning sha256"""
)
FOUND = text(
    """select sha256, draft_id, state, by, at, report, state in ('waiting', 'running')
  and told_at < now() - interval '30 seconds' as silent
from gate_run where sha256 = :sha"""
)
TELL = text(
    """update gate_run set state = :state, report = coalesce(cast(:report as jsonb), report), told_at = now()
where sha256 = :sha and state in ('waiting', 'running') returning sha256"""
)


@dataclass(frozen=True, slots=True)
class Run:
    """A check as it stands; `silent`: nothing was heard of it for too long."""

    sha256: str
    draft: int
    state: str
    by: str
    at: datetime
    report: Mapping[str, Any] | None
    silent: bool


def ask(tx: Connection, sha256: str, draft: int, by: str, at: datetime) -> bool:
    """Ask for a check of these files; False while one is under way."""
    told = {"sha": sha256, "draft": draft, "by": by, "at": at}
    return tx.execute(ASK, told).scalar() is not None


def found(tx: Connection, sha256: str) -> Run | None:
    """The check of these files."""
    row = tx.execute(FOUND, {"sha": sha256}).one_or_none()
    return None if row is None else Run(*row)


def tell(tx: Connection, sha256: str, state: str, report: Mapping[str, Any] | None = None) -> bool:
    """Keep how far a check has come; False where it was stopped or asked for no longer."""
    told = {"sha": sha256, "state": state, "report": None if report is None else json.dumps(dict(report))}
    return tx.execute(TELL, told).scalar() is not None
