"""Commands about units; one ends only together with what it has open."""

import json
from datetime import datetime

import click

from webapp.cli.opening import database
from workflows.domain.actor import Actor
from workflows.operations.units import dissolve_unit
from workflows.queries.units import every_unit
from workflows.settings import Settings

ADMINISTRATOR = Actor(0, "console", "Console", groups=frozenset({"admin"}))
"""Who works at the machine itself may enter people and units."""


@click.group()
def unit() -> None:
    """Units, and the end of one."""


@unit.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def list_units(*, as_json: bool) -> None:
    """All units, with the last day and the successor of those that have ended."""
    with database(Settings()) as found:
        units = every_unit(found)
    if as_json:
        rows = [
            {"code": each.code, "name": each.name, "valid_to": each.valid_to, "successor": each.successor}
            for each in units
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, default=str))
        return
    for each in units:
        ended = f"  ended {each.valid_to:%d/%m/%Y}, now {each.successor}" if each.valid_to else ""
        click.echo(f"{each.code:14} {each.name}{ended}")


@unit.command("dissolve")
@click.argument("code", metavar="UNIT")
@click.option("--into", required=True, metavar="SUCCESSOR", help="Code of the unit that takes over the tasks.")
@click.option("--on", "last_day", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The last day of the unit.")
@click.option("--reason", required=True, help="By which decision.")
def dissolve(code: str, into: str, last_day: datetime, reason: str) -> None:
    """End a unit; everything it has open passes to its successor."""
    with database(Settings()) as found:
        passed = dissolve_unit(found, ADMINISTRATOR, code, into, last_day.date(), reason)
    click.echo(f"{code} is part of {into} now; passed on: {', '.join(passed) or 'nothing was open'}")
