"""The commands of Vinh Danh; each works on the embedded database, starting it for its own time when nobody runs it."""

import sys

import click

from webapp.cli import bundles, people, records, running
from webapp.cli.opening import WRONG_USE
from workflows import logs
from workflows.domain.errors import DomainError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Vinh Danh runs the Vietnamese state commendation procedure from its BPMN diagrams."""
    logs.configure("warning")


for command in (
    running.run,
    running.web,
    running.worker,
    running.db,
    running.demo,
    running.config,
    bundles.check,
    bundles.scenarios,
    bundles.deploy_bundle,
    bundles.feel,
    bundles.decide,
    records.show_trace,
    records.verify_history,
    people.user,
):
    main.add_command(command)


def entry() -> None:
    """Run a command; a refusal is one sentence and exit code 2."""
    try:
        main.main(standalone_mode=True)
    except DomainError as error:
        click.echo(f"vinhdanh: {error}", err=True)
        sys.exit(WRONG_USE)
