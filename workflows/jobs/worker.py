"""The worker: runs jobs until it is stopped, or (drain) until nothing is left to do."""

import asyncio
import logging
import time

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException

from workflows.jobs.tasks import define
from workflows.settings import Settings
from workflows.store.session import Database

log = logging.getLogger(__name__)
PAUSE = 1.0


def application(db: Database, settings: Settings, *, periodic: bool = True) -> App:
    """A Procrastinate application with every job of the house."""
    app = App(connector=PsycopgConnector(conninfo=db.conninfo, min_size=1, max_size=4))
    define(app, db, settings, periodic=periodic)
    return app


def run_worker(db: Database, settings: Settings) -> None:
    """Work until interrupted; a lost database connection only means starting over."""
    while True:
        try:
            asyncio.run(_work(application(db, settings), wait=True))
        except (ConnectorException, OSError):
            log.warning("the database is away; the worker tries again in %s s", PAUSE)
            time.sleep(PAUSE)
        else:
            return


def drain(db: Database, settings: Settings) -> None:
    """Do every job that can be done now, and what those jobs cause, then return."""
    asyncio.run(_work(application(db, settings, periodic=False), wait=False))


async def _work(app: App, *, wait: bool) -> None:
    async with app.open_async():
        await app.run_worker_async(
            wait=wait,
            concurrency=2 if wait else 1,
            fetch_job_polling_interval=1.0,
            install_signal_handlers=wait,
            listen_notify=wait,
        )
