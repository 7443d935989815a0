"""Which comments a matter has; they are events of its history and nothing else."""

from sqlalchemy import Connection, text

IS_ONE = text("select 1 from history where instance_id = :id and seq = :seq and kind = 'CommentWritten'")


def is_comment(tx: Connection, instance: int, seq: int) -> bool:
    """Whether event `seq` of an instance is a comment."""
    return tx.execute(IS_ONE, {"id": instance, "seq": seq}).scalar() is not None
