"""Background work on the same PostgreSQL: every job calls one operation; it holds no state and decides nothing."""

from workflows.jobs.worker import drain, run_worker

__all__ = ["drain", "run_worker"]
