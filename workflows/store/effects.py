"""The ledger that makes an outside effect count once."""

from sqlalchemy import Connection, text


def record(tx: Connection, key: str) -> bool:
    """Write the key of an effect; False where it was already written."""
    made = text("insert into effect (key) values (:key) on conflict do nothing returning key")
    return tx.execute(made, {"key": key}).scalar() is not None


def is_done(tx: Connection, key: str) -> bool:
    """Whether the effect with this key was recorded."""
    return tx.execute(text("select 1 from effect where key = :key"), {"key": key}).scalar() is not None


def keep_error(tx: Connection, job_id: int, name: str, traceback: str) -> None:
    """Keep why a job failed: the job engine itself only logs it."""
    tx.execute(
        text("insert into job_error (job_id, name, traceback) values (:job, :name, :traceback)"),
        {"job": job_id, "name": name, "traceback": traceback},
    )
