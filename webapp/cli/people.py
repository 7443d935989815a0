"""Commands about people who can sign in."""

import json

import click

from webapp.cli.opening import database
from workflows.domain.person import Person
from workflows.operations import accounts
from workflows.queries.accounts import everybody
from workflows.settings import Settings


@click.group()
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
