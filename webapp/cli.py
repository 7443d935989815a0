"""The commands of Vinh Danh; each works on the embedded database, starting it for its own time when nobody runs it."""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click

from webapp.supervise import Child, Supervisor
from workflows import logs
from workflows.definitions import BundleRejected, lint, load_bundle, shipped
from workflows.domain.actor import Actor
from workflows.domain.calendar import LOCAL
from workflows.domain.errors import DomainError
from workflows.domain.person import Person
from workflows.jobs import run_worker
from workflows.operations import accounts, clock, deploy
from workflows.queries.accounts import everybody
from workflows.queries.observation import numbers
from workflows.queries.trace import TracePage, trace
from workflows.queries.verification import verify
from workflows.settings import Settings
from workflows.store import schema
from workflows.store.embedded import Embedded, attach
from workflows.store.session import Database
from workflows.stories import load_demo, prepare, read_story
from workflows.stories.scenarios import play_all

FOUND, WRONG_USE = 1, 2
CONSOLE = Actor(0, "console", "Console", groups=frozenset({"auditor"}))
"""Who works at the machine itself may read what an auditor may."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Vinh Danh runs the Vietnamese state commendation procedure from its BPMN diagrams."""
    logs.configure("warning")


@contextmanager
def database(settings: Settings) -> Iterator[Database]:
    """The database: a server's by the settings, the embedded one that runs, or the embedded one for this command alone."""
    url = settings.database_url or attach(settings.data_dir)
    if url:
        yield Database(url)
        return
    with Embedded(settings.data_dir) as server:
        schema.upgrade(server.url)
        yield Database(server.url)


@main.command()
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


@main.command()
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


@main.command()
def worker() -> None:
    """Do the background work."""
    settings = Settings()
    logs.configure(settings.log_level)
    with database(settings) as db:
        run_worker(db, settings)


@main.group()
def db() -> None:
    """Look after the database."""


@db.command()
def upgrade() -> None:
    """Bring the database to the schema of this release."""
    with database(Settings()) as found:
        schema.upgrade(found.url)
    click.echo("the database is up to date")


@main.command()
@click.argument("bundle", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Findings as JSON.")
def check(bundle: Path, *, as_json: bool) -> None:
    """Check a bundle: diagrams, tables, forms and how they fit."""
    try:
        findings = [asdict(finding) for finding in lint.run(load_bundle(bundle))]
    except (BundleRejected, DomainError) as error:
        findings = [
            {"rule": "readable", "file": str(bundle), "element": None, "line": 0, "vi": str(error), "en": str(error)}
        ]
    if as_json:
        click.echo(json.dumps(findings, ensure_ascii=False, indent=1, default=str))
    else:
        for finding in findings:
            click.echo(
                f"{finding['file']}:{finding['line']} {finding['element'] or ''} [{finding['rule']}] {finding['en']}"
            )
        click.echo(f"{len(findings)} findings in {bundle}")
    sys.exit(FOUND if findings else 0)


@main.command()
@click.argument("bundle", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("stories", nargs=-1)
def scenarios(bundle: Path, stories: tuple[str, ...]) -> None:
    """Play the stories of a bundle on a database of their own."""
    told = load_bundle(bundle)
    if strange := [name for name in stories if name not in told.scenarios]:
        raise click.UsageError(f"there is no story {', '.join(strange)}; there are: {', '.join(told.scenarios)}")
    chosen = [read_story(name, told.scenarios[name]) for name in stories or told.scenarios]
    passed = play_all(told, chosen, Settings(), click.echo)
    click.echo(f"{passed} passed, {len(chosen) - passed} failed")
    sys.exit(0 if passed == len(chosen) else FOUND)


@main.command("deploy")
@click.argument("bundle", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--by", default="system", help="Login of the person who deploys.")
def deploy_bundle(bundle: Path, by: str) -> None:
    """Put a bundle into force for new dossiers."""
    with database(Settings()) as found:
        version, new = deploy.deploy(found, load_bundle(bundle), by=by)
    click.echo(f"version {version} is in force" + ("" if new else " (it already was)"))


@main.command("trace")
@click.argument("dossier", required=False)
@click.option("--list", "as_list", is_flag=True, help="The numbers of all dossiers and rounds.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def show_trace(dossier: str | None, *, as_list: bool, as_json: bool) -> None:
    """Show what happened to a dossier."""
    with database(Settings()) as found:
        if as_list:
            listed = numbers(found)
            click.echo(json.dumps(listed, ensure_ascii=False) if as_json else "\n".join(listed))
            return
        if dossier is None:
            raise click.UsageError("name a dossier, or --list")
        page = trace(found, CONSOLE, dossier)
    click.echo(json.dumps(asdict(page), ensure_ascii=False, indent=1, default=str) if as_json else _told(page))


def _told(page: TracePage) -> str:
    steps = [
        f"{step.seq:4} {step.at.astimezone(LOCAL):%d/%m/%Y %H:%M} {step.actor_name}: {step.title.vi}"
        + (f" · {step.detail.vi}" if step.detail else "")
        for step in page.steps
        if not step.technical
    ]
    state = (
        f"verified to event {page.verified.events}"
        if page.verified.ok
        else f"ALTERED at event {page.verified.first_bad}"
    )
    return "\n".join([f"{page.number} {page.title}: {page.sentence.vi}", *steps, state])


@main.command("verify")
@click.argument("dossiers", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def verify_history(dossiers: tuple[str, ...], *, as_json: bool) -> None:
    """Verify the history of all dossiers, or of some; names the first altered event."""
    with database(Settings()) as found:
        checked = verify(found, dossiers)
    missing = sorted(set(dossiers) - {each.number for each in checked})
    if as_json:
        click.echo(json.dumps([asdict(each) for each in checked], ensure_ascii=False))
    for each in () if as_json else checked:
        said = "ok" if each.ok else f"ALTERED at event {each.first_bad}: {each.reason}"
        click.echo(f"{each.number}: {each.events} events, {said}")
    for number in missing:
        click.echo(f"{number} does not exist", err=True)
    sys.exit(FOUND if missing or any(not each.ok for each in checked) else 0)


@main.group()
def user() -> None:
    """People who can sign in."""


@user.command("add")
@click.argument("login")
@click.option("--name", required=True)
@click.option("--title", default="")
@click.option("--unit", default=None, help="Code of the person's unit.")
@click.option("--email", default=None)
@click.option(
    "--group", "groups", multiple=True, help="unit, clerk, office, office_head, council, director, auditor, admin."
)
@click.password_option(help="At least twelve characters.")
def add_user(
    login: str, name: str, title: str, unit: str | None, email: str | None, groups: tuple[str, ...], password: str
) -> None:
    """Enter a person, or change one."""
    with database(Settings()) as found:
        accounts.add_person(found, Person(login, name, title, unit, email, groups, password))
    click.echo(f"{login} can sign in")


@user.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def list_users(*, as_json: bool) -> None:
    """Everybody who can sign in."""
    with database(Settings()) as found:
        people = everybody(found)
    if as_json:
        rows = [
            {"login": p.login, "name": p.name, "title": p.title, "unit": p.unit, "groups": sorted(p.groups)}
            for p in people
        ]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for person in people:
        click.echo(f"{person.login:14} {person.name:26} {', '.join(sorted(person.groups))}")


@main.command()
def config() -> None:
    """The settings in force; secrets are masked."""
    for name, value in Settings().shown().items():
        click.echo(f"VINHDANH_{name.upper()}={value}")


@main.command()
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


def entry() -> None:
    """Run a command; a refusal is one sentence and exit code 2."""
    try:
        main.main(standalone_mode=True)
    except DomainError as error:
        click.echo(f"vinhdanh: {error}", err=True)
        sys.exit(WRONG_USE)


if __name__ == "__main__":
    entry()
