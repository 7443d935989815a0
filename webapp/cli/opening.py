"""The database that a command works on, and what every command shares."""

from collections.abc import Iterator
from contextlib import contextmanager

from workflows.domain.actor import Actor
from workflows.settings import Settings, secret_key
from workflows.store import schema
from workflows.store.embedded import Embedded, attach
from workflows.store.session import Database

FOUND = 1
"""Exit code of a command that found something."""
CONSOLE = Actor(0, "console", "Console", groups=frozenset({"auditor"}))
"""Who works at the machine itself may read what an auditor may."""


@contextmanager
def database(settings: Settings) -> Iterator[Database]:
    """The database: a server's, the embedded one that runs, or the embedded one for this command alone."""
    url = settings.database_url or attach(settings.data_dir)
    if url:
        yield Database(url, secret=secret_key(settings))
        return
    with Embedded(settings.data_dir) as server:
        schema.upgrade(server.url)
        yield Database(server.url, secret=secret_key(settings))
