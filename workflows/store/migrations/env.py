"""Alembic's entry: runs on the connection it is given; Procrastinate's tables are its own."""

from alembic import context
from sqlalchemy import Connection, create_engine, pool

from workflows.store import (
    account_tables,
    gate_tables,
    inbox_tables,
    migration_tables,
    movement_tables,
    package_tables,
    people_tables,
    tables,
    workshop_tables,
)

config = context.config
TABLES = (
    tables,
    account_tables,
    inbox_tables,
    gate_tables,
    migration_tables,
    movement_tables,
    package_tables,
    people_tables,
    workshop_tables,
)
METADATA = tables.Base.metadata
"""All tables, once each module of TABLES has been read."""


def mine(name: str | None, kind: str, _parents: object) -> bool:
    """Whether Alembic compares this object."""
    return not (kind == "table" and (name or "").startswith("procrastinate_"))


def run(connection: Connection) -> None:
    """Apply the migrations on this connection."""
    context.configure(connection=connection, target_metadata=METADATA, include_name=mine, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()


given = config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with create_engine(config.get_main_option("sqlalchemy.url") or "", poolclass=pool.NullPool).connect() as opened:
        run(opened)
