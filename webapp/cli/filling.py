"""Commands that make and fill a database: its tables, its procedure, the demonstration."""

import time

import click

from webapp.cli.opening import database
from workflows.definitions import load_bundle, shipped
from workflows.operations import clock, deploy
from workflows.queries.clock import clock as clock_of
from workflows.queries.clock import is_half_loaded, is_in_use
from workflows.settings import Settings
from workflows.store import schema
from workflows.store.session import Database
from workflows.stories import load_demo, prepare, read_story


def fill(db: Database, settings: Settings, *, with_demo: bool) -> None:
    """Take an empty database into use: with the demonstration, or with the procedure and a real clock alone."""
    bundle = load_bundle(shipped())
    if with_demo:
        click.echo("loading the demonstration …")
        load_demo(db, settings, bundle, click.echo)
    else:
        clock.create_clock(db, starts=None)
        deploy.deploy(db, bundle, by="system")


@click.group()
def db() -> None:
    """Look after the database."""


@db.command()
def upgrade() -> None:
    """Bring the database to the schema of this release."""
    with database(Settings()) as found:
        schema.upgrade(found.url)
    click.echo("the database is up to date")


@click.command()
@click.option("--fresh", is_flag=True, help="Throw the demo database away and begin again.")
@click.option("--empty", is_flag=True, help="People and procedure only, no dossiers.")
def demo(*, fresh: bool, empty: bool) -> None:
    """Fill an empty database with the demonstration; one that was interrupted is begun again."""
    with database(Settings()) as found:
        if fresh or is_half_loaded(found):
            schema.clear_demo(found.url)
        if is_in_use(found) and clock_of(found).is_demo:
            click.echo("the demonstration is there already; vinhdanh demo --fresh begins it again")
            return
        if is_in_use(found):
            raise click.UsageError("this database is in use and is no demonstration; nothing is written into it")
        bundle = load_bundle(shipped())
        began = time.monotonic()
        if empty:
            stories = [read_story(name, told) for name, told in bundle.scenarios.items()]
            prepare(found, bundle, min(story.starts for story in stories))
        else:
            load_demo(found, Settings(), bundle, click.echo)
        click.echo(f"the demonstration is loaded ({time.monotonic() - began:.0f} s)")
