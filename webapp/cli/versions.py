"""Commands about versions: what differs between two, and what was deployed, as a folder."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from webapp.cli.opening import database
from workflows.definitions import files_in
from workflows.definitions.archive import unpack, write_folder
from workflows.definitions.difference import KINDS, Difference, compare_files
from workflows.domain.text import Text
from workflows.queries.deployed import files_of_version
from workflows.queries.migration import KEY, plan_of
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


MOVED = Text("{} chỗ chỉ vẽ hoặc viết khác đi", "{} only drawn or written differently")
COUNTS = Text(
    "{} thêm, {} bỏ, {} đổi, {} chỉ vẽ hoặc viết khác đi",
    "{} added, {} removed, {} changed, {} only drawn or written differently",
)


@click.command("diff")
@click.argument("old", type=click.Path(exists=True, path_type=Path))
@click.argument("new", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", help="Language of the sentences.")
def diff(old: Path, new: Path, *, as_json: bool, lang: str) -> None:
    """Tell in sentences what differs between two bundles, each a folder or a ZIP."""
    found = compare_files(_files(old), _files(new))
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(_told(found, lang)))


def _files(place: Path) -> dict[str, bytes]:
    return unpack(place.read_bytes()) if place.is_file() else files_in(place)


def _told(found: Difference, lang: str) -> Iterator[str]:
    """Each file with its changes; what only moved is counted."""
    signs = {"added": "+", "removed": "-", "changed": "~"}
    for each in found.files:
        yield f"{each.title.of(lang)} ({each.file})"
        yield from (f"  {signs[change.kind]} {change.said.of(lang)}" for change in each.changes if change.kind in signs)
        if moved := each.count("moved"):
            yield f"  = {MOVED.of(lang)}".format(moved)
    yield COUNTS.of(lang).format(*(found.count(kind) for kind in KINDS))


@click.command("migrate")
@click.argument("key")
@click.argument("old", metavar="FROM", type=click.IntRange(1))
@click.argument("new", metavar="TO", type=click.IntRange(1))
@click.option("--dry-run", is_flag=True, required=True, help="Try it on copies; the workshop carries it out.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", help="Language of the sentences.")
def migrate(key: str, old: int, new: int, *, dry_run: bool, as_json: bool, lang: str) -> None:  # noqa: ARG001  there is no other way
    """Tell which running matters of version FROM could go on in version TO, and why others could not."""
    if key != KEY:
        raise click.UsageError(f"there is no «{key}»; there is: {KEY}")
    with database(Settings()) as found:
        tried = plan_of(found, old, new)
    if as_json:
        click.echo(json.dumps(asdict(tried), ensure_ascii=False, indent=1, default=str))
        return
    for row in tried.rows:
        click.echo(f"{row.number} {row.state} " + " ".join(each.of(lang) for each in row.reasons))
