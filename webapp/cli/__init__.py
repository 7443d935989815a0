"""The commands of Vinh Danh; each works on the embedded database, starting it for its own time when nobody runs it."""

import sys
from importlib import import_module

import click

from workflows import logs
from workflows.domain.errors import DomainError
from workflows.store.session import DatabaseUnavailable

WRONG_USE = 2
COMMANDS = {
    "run": "running.run",
    "web": "serving.web",
    "worker": "serving.worker",
    "db": "filling.db",
    "demo": "filling.demo",
    "config": "running.config",
    "check": "bundles.check",
    "gate": "gating.check_before_publishing",
    "scenarios": "bundles.scenarios",
    "deploy": "bundles.deploy_bundle",
    "export": "versions.export",
    "diff": "versions.diff",
    "migrate": "versions.migrate",
    "feel": "rules.feel",
    "decide": "rules.decide",
    "letter": "letters.letter",
    "trace": "records.show_trace",
    "verify": "records.verify_history",
    "user": "people.user",
    "unit": "units.unit",
    "list-template": "lists.list_template",
    "import-bpmn": "foreign.import_bpmn",
    "import-list": "lists.import_list",
}
"""Module and function of each command; a command imports only what it needs, so that `run` is up soon."""


class Commands(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One command, or None where there is none of this name."""
        if cmd_name not in COMMANDS:
            return None
        module, function = COMMANDS[cmd_name].split(".")
        found: click.Command = getattr(import_module(f"webapp.cli.{module}"), function)
        return found


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Vinh Danh runs the Vietnamese state commendation procedure from its BPMN diagrams."""
    logs.configure("warning")


def entry() -> None:
    """Run a command; a refusal is one sentence and exit code 2."""
    try:
        main.main(standalone_mode=True)
    except (DomainError, DatabaseUnavailable) as error:
        click.echo(f"vinhdanh: {str(error) or type(error).__doc__}", err=True)
        sys.exit(WRONG_USE)
