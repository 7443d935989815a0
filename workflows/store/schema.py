"""Brings a database to the schema of this release; one runner at a time."""

from importlib import resources

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

RUNNER_LOCK = 7_301_945
"""Key of the advisory lock that keeps a second runner waiting."""


def config(url: str) -> Config:
    """Alembic's configuration for this database."""
    settings = Config()
    settings.set_main_option("script_location", str(resources.files("workflows.store") / "migrations"))
    settings.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return settings


def upgrade(url: str) -> None:
    """Apply the migrations that are missing."""
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
