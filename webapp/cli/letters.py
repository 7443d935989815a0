"""Commands about letters of bodies outside: enter one, list those that wait."""

import json
from pathlib import Path

import click

from webapp.cli.opening import database
from workflows.operations.letters import enter_letter
from workflows.queries.accounts import actor_named
from workflows.queries.letters import letters
from workflows.settings import Settings


@click.group()
def letter() -> None:
    """Letters of bodies outside."""


@letter.command("enter")
@click.argument("message")
@click.argument("number")
@click.argument("answers", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("paper", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--by", required=True, help="Login of the clerk who enters it.")
@click.option("--confirm", is_flag=True, help="The letter is about NUMBER, though its package went to another body.")
def enter(message: str, number: str, answers: Path, paper: Path, by: str, *, confirm: bool) -> None:
    """Enter a letter that answers our NUMBER; ANSWERS is a JSON file with the answers of its form, PAPER the letter."""
    with database(Settings()) as found:
        actor = actor_named(found, by)
        if actor is None:
            raise click.ClickException(f"there is nobody called {by}")
        told = json.loads(answers.read_text(encoding="utf-8"))
        file = (paper.name, paper.read_bytes())
        entered = enter_letter(found, actor, message=message, number=number, answers=told, file=file, confirmed=confirm)
    click.echo(f"letter {entered} about {number} is kept")


@letter.command("list")
@click.option("--by", required=True, help="Login of the clerk who looks.")
def waiting(by: str) -> None:
    """The letters that nobody has taken yet."""
    with database(Settings()) as found:
        actor = actor_named(found, by)
        if actor is None:
            raise click.ClickException(f"there is nobody called {by}")
        for row in letters(found, actor):
            click.echo(f"{row.id} {row.title.vi} · {row.number} · {row.matter or '-'} · {row.refused or '-'}")
