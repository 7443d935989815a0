"""Rows of what was changed about people and units; they are only added, one act at a time."""

import json
from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy import Connection, text

from workflows.domain.account_acts import Change
from workflows.domain.actor import Actor
from workflows.store.session import clock

ADDED = text(
    """insert into account_act (at, by, by_name, act, about, subject, subject_name, changes, reason)
values (:at, :by, :by_name, :act, :about, :subject, :subject_name, cast(:changes as jsonb), :reason)"""
)
LAST = text("select coalesce(max(id), 0) from account_act where about = :about and subject = :subject")


def in_turn(tx: Connection) -> None:
    """Wait for every other act: what is read after this call stays so until the end of the transaction."""
    tx.execute(text("lock table account_act in share row exclusive mode"))


def note(
    tx: Connection, actor: Actor, act: str, subject: tuple[str, str, str], changes: Iterable[Change], reason: str
) -> None:
    """Keep an act on `subject`: "person" or "unit", its login or code, its name."""
    about, key, name = subject
    tx.execute(
        ADDED,
        {
            "at": clock(tx)[1],
            "by": actor.login,
            "by_name": actor.name,
            "act": act,
            "about": about,
            "subject": key,
            "subject_name": name,
            "changes": json.dumps([asdict(each) for each in changes], ensure_ascii=False),
            "reason": reason,
        },
    )


def last(tx: Connection, about: str, subject: str) -> int:
    """The number of the latest act on somebody or something; 0 where there is none."""
    return int(tx.execute(LAST, {"about": about, "subject": subject}).scalar_one())
