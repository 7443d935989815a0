"""A deployed version as its files: what `vinhdanh export` writes and what two versions are compared by."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import text

from workflows.domain.errors import NotFound
from workflows.store.bundles import deployed
from workflows.store.session import Database

FOUND = text(
    """select id, version from bundle where key = :key and (version = :number or cast(:number as int) is null)
order by version desc limit 1"""
)


@dataclass(frozen=True, slots=True)
class DeployedFiles:
    """Every byte of a version, by path; `version` is its number."""

    version: int
    files: Mapping[str, bytes]


def files_of_version(db: Database, key: str, number: int | None = None) -> DeployedFiles:
    """The files of a version of `key`, of the newest without a number. Raises NotFound."""
    with db.read() as tx:
        row = tx.execute(FOUND, {"key": key, "number": number}).one_or_none()
        if row is None:
            what = f"A deployed version of «{key}»" if number is None else f"Version {number} of «{key}»"
            raise NotFound(what=what)
        return DeployedFiles(row.version, deployed(tx, row.id).files)
