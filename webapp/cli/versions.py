"""Commands about versions: what was deployed, as a folder."""

from pathlib import Path

import click

from webapp.cli.opening import database
from workflows.definitions.archive import write_folder
from workflows.queries.deployed import files_of_version
from workflows.settings import Settings


@click.command("export")
@click.argument("key")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--version", "number", type=click.IntRange(1), help="Which version; without it the newest.")
@click.option("--replace", is_flag=True, help="Overwrite a folder that holds something else; what is in it goes.")
def export(key: str, folder: Path, number: int | None, *, replace: bool) -> None:
    """Write a deployed version as a folder, byte for byte; hidden files in it, such as .git, stay."""
    with database(Settings()) as found:
        version = files_of_version(found, key, number)
    gone = write_folder(version.files, folder, replace=replace)
    click.echo(f"version {version.version} of {key}: {len(version.files)} files in {folder}, {len(gone)} taken away")
