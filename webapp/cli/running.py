"""Commands that run the installation and tell its settings; they import little, so that a start is quick."""

import click

from webapp.supervise import Child, Supervisor
from workflows.queries.accounts import everybody
from workflows.queries.clock import is_half_loaded, is_in_use
from workflows.settings import Settings, secret_key
from workflows.store import schema
from workflows.store.embedded import Embedded
from workflows.store.session import Database


@click.command()
@click.option("--demo/--no-demo", default=None, help="Fill an empty database with the demonstration.")
def run(*, demo: bool | None) -> None:
    """Run everything on this machine: database, web and worker."""
    settings = Settings()
    with_demo = settings.demo if demo is None else demo
    if settings.database_url:
        _prepare(Database(settings.database_url, secret=secret_key(settings)), settings, with_demo=with_demo)
        _supervise(settings, settings.database_url, None)
        return
    with Embedded(settings.data_dir) as server:
        _prepare(Database(server.url, secret=secret_key(settings)), settings, with_demo=with_demo)
        _supervise(settings, server.url, server)


def _prepare(db: Database, settings: Settings, *, with_demo: bool) -> None:
    schema.upgrade(db.url)
    if is_half_loaded(db):
        if not with_demo:
            raise click.ClickException("the demonstration was not loaded to its end; vinhdanh demo --fresh does it")
        click.echo("the demonstration was not loaded to its end; beginning again")
        schema.clear_demo(db.url)
    if not is_in_use(db):
        from webapp.cli.filling import fill  # noqa: PLC0415  a second start must not wait for what fills an empty database

        fill(db, settings, with_demo=with_demo)
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
def config() -> None:
    """The settings in force; secrets are masked."""
    for name, value in Settings().shown().items():
        click.echo(f"VINHDANH_{name.upper()}={value}")
