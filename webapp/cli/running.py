"""Commands that run the installation, its processes and its database."""

import time

import click

from webapp.cli.opening import database
from webapp.supervise import Child, Supervisor
from workflows import logs
from workflows.definitions import load_bundle, shipped
from workflows.jobs import run_worker
from workflows.operations import clock, deploy
from workflows.queries.accounts import everybody
from workflows.settings import Settings
from workflows.store import schema
from workflows.store.embedded import Embedded
from workflows.store.session import Database
from workflows.stories import load_demo, prepare, read_story


@click.command()
@click.option("--demo/--no-demo", default=None, help="Fill an empty database with the demonstration.")
def run(*, demo: bool | None) -> None:
    """Run everything on this machine: database, web and worker."""
    settings = Settings()
    with_demo = settings.demo if demo is None else demo
    if settings.database_url:
        _prepare(Database(settings.database_url), settings, with_demo=with_demo)
        _supervise(settings, settings.database_url, None)
        return
    with Embedded(settings.data_dir) as server:
        _prepare(Database(server.url), settings, with_demo=with_demo)
        _supervise(settings, server.url, server)


def _prepare(db: Database, settings: Settings, *, with_demo: bool) -> None:
    schema.upgrade(db.url)
    if not clock.has_clock(db):
        bundle = load_bundle(shipped())
        if with_demo:
            click.echo("loading the demonstration …")
            load_demo(db, settings, bundle, click.echo)
        else:
            clock.create_clock(db, starts=None)
            deploy.deploy(db, bundle, by="system")
    db.close()


def _supervise(settings: Settings, url: str, server: Embedded | None) -> None:
    click.echo(f"Vinh Danh: {settings.public_url}")
    with_door = [actor for actor in everybody(Database(url)) if actor.groups]
    click.echo("people who can sign in: " + ", ".join(actor.login for actor in with_door))
    supervisor = Supervisor(
        [Child("web", ["web"]), Child("worker", ["worker"])],
        {"VINHDANH_DATABASE_URL": url},
        lambda text: click.echo(text, err=True),
    )
    supervisor.run(lambda: _revive(server))


def _revive(server: Embedded | None) -> None:
    if server is not None and server.pid is None:
        click.echo("the database ended; starting it again", err=True)
        server.start()


@click.command()
def web() -> None:
    """Serve the pages."""
    import waitress  # noqa: PLC0415  only this command serves

    from webapp.app import create_app  # noqa: PLC0415  other commands need no pages

    settings = Settings()
    logs.configure(settings.log_level)
    with database(settings) as db:
        app = create_app(settings, db)
        waitress.serve(
            app,
            host=settings.host,
            port=settings.port,
            threads=settings.web_threads,
            ident=None,
            max_request_body_size=2 * settings.max_upload_bytes,
        )


@click.command()
def worker() -> None:
    """Do the background work."""
    settings = Settings()
    logs.configure(settings.log_level)
    with database(settings) as db:
        run_worker(db, settings)


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
def config() -> None:
    """The settings in force; secrets are masked."""
    for name, value in Settings().shown().items():
        click.echo(f"VINHDANH_{name.upper()}={value}")


@click.command()
@click.option("--fresh", is_flag=True, help="Throw the demo database away and begin again.")
@click.option("--empty", is_flag=True, help="People and procedure only, no dossiers.")
def demo(*, fresh: bool, empty: bool) -> None:
    """Fill an empty database with the demonstration."""
    with database(Settings()) as found:
        if fresh:
            schema.clear_demo(found.url)
        if clock.has_clock(found):
            raise click.UsageError("this database is not empty; vinhdanh demo --fresh begins a demo again")
        bundle = load_bundle(shipped())
        began = time.monotonic()
        if empty:
            stories = [read_story(name, told) for name, told in bundle.scenarios.items()]
            prepare(found, bundle, min(story.starts for story in stories))
        else:
            load_demo(found, Settings(), bundle, click.echo)
        click.echo(f"the demonstration is loaded ({time.monotonic() - began:.0f} s)")
