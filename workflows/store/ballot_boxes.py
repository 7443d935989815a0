"""The sealed ballot boxes: one row a council and round, overwritten at each ballot, gone once opened."""

from sqlalchemy import Connection, text

KEEP = text(
    """insert into ballot_box (instance_id, council, sealed) values (:instance, :council, :sealed)
on conflict (instance_id, council) do update set sealed = excluded.sealed"""
)
FIND = text("select sealed from ballot_box where instance_id = :instance and council = :council for update")
REMOVE = text("delete from ballot_box where instance_id = :instance and council = :council")


def find(tx: Connection, instance: int, council: str) -> bytes | None:
    """The sealed box, locked; None while nobody has voted."""
    found = tx.execute(FIND, {"instance": instance, "council": council}).scalar()
    return None if found is None else bytes(found)


def keep(tx: Connection, instance: int, council: str, sealed: bytes) -> None:
    """Put the sealed box where the one before was."""
    tx.execute(KEEP, {"instance": instance, "council": council, "sealed": sealed})


def remove(tx: Connection, instance: int, council: str) -> None:
    """Take the box away: its votes have been written."""
    tx.execute(REMOVE, {"instance": instance, "council": council})
