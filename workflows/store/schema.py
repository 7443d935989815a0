"""Brings a database to the schema of this release; one runner at a time."""

from importlib import resources
from typing import TYPE_CHECKING

from sqlalchemy import NullPool, create_engine, make_url, text

from workflows.domain.errors import InvalidState

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0018"
"""The newest migration; a database that has it needs no Alembic, whose import alone takes a quarter of a second."""

RUNNER_LOCK = 7_301_945
"""Key of the advisory lock that keeps a second runner waiting."""


def config(url: str) -> "Config":
    """Alembic's configuration for this database."""
    from alembic.config import Config  # noqa: PLC0415  see HEAD

    settings = Config()
    settings.set_main_option("script_location", str(resources.files("workflows.store") / "migrations"))
    settings.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return settings


def upgrade(url: str) -> None:
    """Apply the migrations that are missing."""
    if version(url) == HEAD:
        return
    from alembic import command  # noqa: PLC0415  see HEAD

    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            connection.execute(text("set local lock_timeout = '30s'"))
            connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": RUNNER_LOCK})
            settings = config(url)
            settings.attributes["connection"] = connection
            command.upgrade(settings, "head")
    finally:
        engine.dispose()


def version(url: str) -> str | None:
    """The newest migration that a database has, or None where it has none."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        if connection.execute(text("select to_regclass('alembic_version')")).scalar() is None:
            return None
        return connection.execute(text("select version_num from alembic_version")).scalar()


def copy(url: str, name: str) -> str:
    """A new database on the same server, as a copy of this one; nobody may be connected to it. Returns its URL."""
    server = make_url(url)
    engine = create_engine(server.set(database="postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        quoted = connection.dialect.identifier_preparer.quote
        connection.execute(
            text(f"create database {quoted(name)} template {quoted(server.database or '')} strategy file_copy")
        )
    return server.set(database=name).render_as_string(hide_password=False)


def clear_demo(url: str) -> None:
    """Empty the database of a demo, and of a demo only, and make its tables anew. Raises InvalidState."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        kind = connection.execute(text("select kind from clock")).scalar()
        if kind not in {None, "demo"}:
            raise InvalidState(why="this is not the database of a demo, and it is not thrown away")
        connection.execute(text("drop schema public cascade"))
        connection.execute(text("create schema public"))
    upgrade(url)
