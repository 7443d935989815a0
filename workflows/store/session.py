"""Transactions on the one PostgreSQL; it refuses to keep anything between them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cached_property

from procrastinate import App, SyncPsycopgConnector
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, OperationalError

SESSION_SETTINGS = "-c lock_timeout=10s -c idle_in_transaction_session_timeout=60s -c timezone=UTC"


class DatabaseUnavailable(Exception):
    """The database cannot be reached just now. Nothing of this request was kept; send it again in a moment."""


class Database:
    """One database: `write()` is a transaction that happens wholly or not at all, `read()` one that changes nothing.

    `secret` is that of the installation; what is sealed in the database is sealed under it.
    """

    def __init__(self, url: str, *, pool_size: int = 8, secret: str | None = None) -> None:
        self.url = url
        self.secret = secret
        self._pool_size = pool_size

    @cached_property
    def engine(self) -> Engine:
        """The connection pool, opened at first use."""
        return create_engine(
            self.url,
            pool_size=self._pool_size,
            max_overflow=8,
            pool_pre_ping=True,
            connect_args={"options": SESSION_SETTINGS, "connect_timeout": 5},
        )

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction; committed at the end of the block, rolled back on any error."""
        with _reachable(), self.engine.begin() as tx:
            yield tx

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One read-only transaction; all its statements see the same moment, so that a history fits its instance."""
        with _reachable(), self.engine.connect() as tx:
            tx.execute(text("set transaction isolation level repeatable read, read only"))
            yield tx

    def close(self) -> None:
        """Give the connections back."""
        if "engine" in self.__dict__:
            self.engine.dispose()

    @cached_property
    def conninfo(self) -> str:
        """The same database as a libpq connection string, for the job engine."""
        return conninfo(self.url)


@contextmanager
def _reachable() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        if isinstance(error, OperationalError) or error.connection_invalidated:
            raise DatabaseUnavailable from error
        raise


def conninfo(url: str) -> str:
    """A SQLAlchemy URL as libpq understands it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def enqueue(tx: Connection, job: str, *, at: datetime | None = None, priority: int = 0, **arguments: int | str) -> None:
    """Put a job, by its name, into the transaction of the change that causes it. `at` is real time, UTC."""
    app = App(connector=SyncPsycopgConnector())
    task = app.configure_task(
        job,
        queue="work",
        allow_unknown=True,
        schedule_at=at,
        priority=priority,
        connection=tx.connection.driver_connection,
    )
    task.defer(**arguments)


def clock(tx: Connection) -> tuple[str, datetime]:
    """Kind of the domain clock ("real" or "demo") and what it reads, UTC."""
    row = tx.execute(text("select kind, ahead from clock")).one()
    return row.kind, domain_time(row.ahead)


def domain_time(ahead: timedelta) -> datetime:
    """What the domain clock reads now, to the microsecond, UTC."""
    return real_time() + ahead


def real_time() -> datetime:
    """Real time, UTC: for sessions, throttles, seals and logs."""
    return datetime.now(UTC)


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements sent while the block runs (for the benchmark)."""
    sent: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
