"""Commands that read what happened and prove it."""

import json
import sys
from dataclasses import asdict

import click

from webapp.cli.opening import CONSOLE, FOUND, database
from workflows.domain.calendar import LOCAL
from workflows.queries.observation import numbers
from workflows.queries.trace import TracePage, trace
from workflows.queries.verification import verify
from workflows.settings import Settings


@click.command("trace")
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
    return "\n".join([f"{page.number} {page.title.vi}: {page.sentence.vi}", *steps, state])


@click.command("verify")
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
