"""Commands about lists of nominees: the spreadsheet to fill in, and taking a filled one into a draft."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from webapp.cli.opening import FOUND, database
from workflows.domain.actor import Actor
from workflows.operations import dossiers, user_tasks
from workflows.queries import lists
from workflows.queries.accounts import actor_named
from workflows.queries.observation import open_task
from workflows.queries.task import task
from workflows.settings import Settings
from workflows.store.session import Database


@click.command("list-template")
@click.argument("movement")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def list_template(movement: str, file: Path) -> None:
    """Write the spreadsheet that a unit fills in with its nominees for a movement."""
    with database(Settings()) as found:
        file.write_bytes(lists.template_for_movement(found, movement))
    click.echo(f"{file}: fill in the sheet «Danh sách», then vinhdanh import-list {movement} {file}")


@click.command("import-list")
@click.argument("movement")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--confirm", is_flag=True, help="Open a dossier with the nominees of the list as its draft.")
@click.option("--by", default=None, help="Login of the person of the unit, needed with --confirm.")
@click.option("--kind", default="thematic", show_default=True, help="Type of the dossier.")
@click.option("--award-form", default="giay_khen", show_default=True, help="Award form of the dossier.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def import_list(
    movement: str, file: Path, *, confirm: bool, by: str | None, kind: str, award_form: str, as_json: bool
) -> None:
    """Show what a filled list says, with errors by row; with --confirm open a dossier with it, if no row is wrong."""
    with database(Settings()) as found:
        read = lists.preview_for_movement(found, movement, file.read_bytes())
        wrong = {row.number: dict(row.wrong) for row in read.rows if row.wrong}
        opened = None
        if confirm and not wrong and read.rows:
            person = actor_named(found, by) if by else None
            if person is None:
                raise click.UsageError("with --confirm, --by must be the login of a person of the unit")
            opened = _open(found, person, movement, (kind, award_form), read)
    told = {"rows": [dict(row.answers) for row in read.rows], "wrong": wrong, "dossier": opened}
    click.echo(json.dumps(told, ensure_ascii=False, indent=1) if as_json else _said(told))
    sys.exit(FOUND if wrong or not read.rows else 0)


def _open(db: Database, person: Actor, movement: str, what: tuple[str, str], read: lists.Preview) -> str:
    kind, award_form = what
    number = dossiers.open_dossier(db, person, movement=movement, kind=kind, award_form=award_form)
    waiting = open_task(db, number, lists.FORM, person.login)
    assert waiting is not None, "a new dossier waits for its first task"
    answers = dict(task(db, person, waiting).answers)
    user_tasks.save_draft(db, person, waiting, {**answers, read.table: [dict(row.answers) for row in read.rows]})
    return number


def _said(told: dict[str, Any]) -> str:
    lines = [
        f"row {number}, {column or 'the row'}: {why}"
        for number, all_ in told["wrong"].items()
        for column, why in all_.items()
    ]
    lines.append(f"{len(told['rows'])} rows, {len(told['wrong'])} to be corrected")
    if told["dossier"]:
        lines.append(f"opened {told['dossier']}: the nominees are in its draft")
    return "\n".join(lines)
