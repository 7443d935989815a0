"""Deployed versions of bundles: written once, read into memory once, never changed."""

import base64
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, text

from workflows.definitions import Bundle, load_files
from workflows.domain.calendar import local_day
from workflows.domain.errors import NotFound


def deployed(tx: Connection, bundle_id: int) -> Bundle:
    """The bundle of a deployed version; kept in memory, because it never changes."""
    place = (str(tx.engine.url), bundle_id)
    known = _KNOWN.get(place)
    if known is None:
        row = tx.execute(text("select sha256, files from bundle where id = :id"), {"id": bundle_id}).one_or_none()
        if row is None:
            raise NotFound(what=f"Deployed version {bundle_id}")
        known = _KNOWN[place] = _bundle(row.sha256, json.dumps(row.files, sort_keys=True))
    return known


_KNOWN: dict[tuple[str, int], Bundle] = {}
"""By database and id: stories are played on databases of their own inside a process that serves another."""


@lru_cache(maxsize=32)
def _bundle(_sha256: str, files: str) -> Bundle:
    return load_files(_unpacked(json.loads(files)))


IN_FORCE = text(
    """select id from bundle
where key = :key and valid_from <= ((now() + (select ahead from clock)) at time zone 'Asia/Ho_Chi_Minh')::date
order by valid_from desc, version desc limit 1"""
)
ADDED = text(
    """insert into bundle (key, version, sha256, files, deployed_by, deployed_at, valid_from, name, legal_basis, reason,
  approved_by, publication, report)
select :key, coalesce(max(version), 0) + 1, :sha, cast(:files as jsonb), :by, :at, :valid_from, :name, :legal_basis,
  :reason, :approved_by, :publication, cast(:report as jsonb)
from bundle where key = :key returning id"""
)


@dataclass(frozen=True, slots=True)
class Published:
    """What is kept with a version: from which day it is in force, its name, why, who approved it and the gate's report.

    `publication` is the number of the procedure that published it; none for one that the command line put in force.
    """

    valid_from: date
    name: str = ""
    legal_basis: str = ""
    reason: str = ""
    approved_by: str | None = None
    publication: str | None = None
    report: Mapping[str, Any] | None = None


def in_force(tx: Connection, key: str) -> tuple[int, Bundle]:
    """Id and bundle of the version of `key` in force today: the one on which new instances start."""
    found = tx.execute(IN_FORCE, {"key": key}).scalar()
    if found is None:
        raise NotFound(what=f"A deployed version of «{key}»")
    return found, deployed(tx, found)


def in_turn(tx: Connection) -> None:
    """Wait for everybody else who deploys: two people who deploy in the same moment get two versions."""
    tx.execute(text("lock table bundle in share row exclusive mode"))


def known(tx: Connection, bundle: Bundle) -> int | None:
    """The id of the newest version with exactly this content."""
    found = text("select max(id) from bundle where key = :key and sha256 = :sha")
    return tx.execute(found, {"key": bundle.key, "sha": bundle.sha256}).scalar()


def add(tx: Connection, bundle: Bundle, by: str, at: datetime, published: Published | None = None) -> int:
    """Deploy `bundle` as the next version of its key, in force from that day unless told otherwise; returns its id."""
    published = published or Published(valid_from=local_day(at))
    report = json.dumps(dict(published.report), ensure_ascii=False) if published.report is not None else None
    told = {
        **asdict(replace(published, report=None)),
        "key": bundle.key,
        "sha": bundle.sha256,
        "files": json.dumps(_packed(bundle.files)),
        "by": by,
        "at": at,
        "report": report,
    }
    return int(tx.execute(ADDED, told).scalar_one())


def version(tx: Connection, bundle_id: int) -> int:
    """The number of a deployed version."""
    return int(tx.execute(text("select version from bundle where id = :id"), {"id": bundle_id}).scalar_one())


def _packed(files: Mapping[str, bytes]) -> dict[str, Any]:
    return {path: _as_text(content) for path, content in files.items()}


def _as_text(content: bytes) -> dict[str, str]:
    """Text where PostgreSQL keeps it as text: it has no zero byte."""
    try:
        if b"\0" not in content:
            return {"text": content.decode()}
    except UnicodeDecodeError:
        pass
    return {"base64": base64.b64encode(content).decode()}


def _unpacked(files: Mapping[str, Mapping[str, str]]) -> dict[str, bytes]:
    return {
        path: stored["text"].encode() if "text" in stored else base64.b64decode(stored["base64"])
        for path, stored in files.items()
    }
