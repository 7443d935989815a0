"""The worker: runs jobs until it is stopped, or (drain) until nothing is left to do."""

import asyncio
import logging
import signal
import time
from contextlib import suppress

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException

from workflows.jobs.tasks import STALLED_AFTER, define
from workflows.settings import Settings
from workflows.store.session import Database, DatabaseUnavailable

log = logging.getLogger(__name__)
PAUSE = 0.1


def application(db: Database, settings: Settings, *, periodic: bool = True) -> App:
    """A Procrastinate application with every job of the house."""
    app = App(connector=PsycopgConnector(conninfo=db.conninfo, min_size=1, max_size=4))
    define(app, db, settings, periodic=periodic)
    return app


def run_worker(db: Database, settings: Settings) -> None:
    """Work until SIGTERM or SIGINT; a lost database connection only means starting over."""
    while not asyncio.run(_serve(application(db, settings))):
        log.warning("the database was away; the worker starts over when it answers")
        while not _answers(db):
            time.sleep(PAUSE)


async def _serve(app: App) -> bool:
    """Work until told to stop; False where the database went away instead, whatever the job engine made of that."""
    working = asyncio.ensure_future(_work(app, wait=True))
    told: list[int] = []

    def stop(number: int) -> None:
        told.append(number)
        working.cancel()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop, number)
    with suppress(ConnectorException, OSError, asyncio.CancelledError):
        await working
    return bool(told)


def _answers(db: Database) -> bool:
    try:
        with db.read():
            return True
    except DatabaseUnavailable:
        return False


def drain(db: Database, settings: Settings) -> None:
    """Do every job that can be done now, and what those jobs cause, then return."""
    asyncio.run(_work(application(db, settings, periodic=False), wait=False))


async def _work(app: App, *, wait: bool) -> None:
    async with app.open_async():
        await app.run_worker_async(
            wait=wait,
            concurrency=2 if wait else 1,
            fetch_job_polling_interval=1.0,
            update_heartbeat_interval=STALLED_AFTER / 3,
            stalled_worker_timeout=STALLED_AFTER,
            install_signal_handlers=False,
            listen_notify=wait,
        )
