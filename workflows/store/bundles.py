"""Deployed versions of bundles: written once, read into memory once, never changed."""

import base64
import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, text

from workflows.definitions import Bundle, load_files
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


def in_force(tx: Connection, key: str) -> tuple[int, Bundle]:
    """Id and bundle of the newest version of `key`: the one on which new instances start."""
    found = tx.execute(
        text("select id from bundle where key = :key order by version desc limit 1"), {"key": key}
    ).scalar()
    if found is None:
        raise NotFound(what=f"A deployed version of «{key}»")
    return found, deployed(tx, found)


def add(tx: Connection, bundle: Bundle, by: str, at: datetime) -> tuple[int, bool]:
    """Deploy `bundle` as the next version of its key; returns its id, and False where exactly this content was there.

    One at a time: two people who deploy in the same moment get two versions.
    """
    tx.execute(text("lock table bundle in share row exclusive mode"))
    known = tx.execute(
        text("select id from bundle where key = :key and sha256 = :sha"), {"key": bundle.key, "sha": bundle.sha256}
    ).scalar()
    if known is not None:
        return known, False
    made = tx.execute(
        text(
            """insert into bundle (key, version, sha256, files, deployed_by, deployed_at)
select :key, coalesce(max(version), 0) + 1, :sha, cast(:files as jsonb), :by, :at
from bundle where key = :key returning id"""
        ),
        {"key": bundle.key, "sha": bundle.sha256, "files": json.dumps(_packed(bundle.files)), "by": by, "at": at},
    ).scalar_one()
    return made, True


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
