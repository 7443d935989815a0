"""Commands about bundles: check, play, put into force."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from webapp.cli.opening import FOUND, database
from workflows.definitions import BundleRejected, files_in, lint, load_bundle, load_files
from workflows.domain.errors import DefinitionRejected
from workflows.engine import procedure
from workflows.operations import deploy
from workflows.settings import Settings
from workflows.stories import read_story
from workflows.stories.scenarios import play_all


@click.command()
@click.argument("bundle", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Findings as JSON.")
def check(bundle: Path, *, as_json: bool) -> None:
    """Check a bundle: diagrams, tables, forms and how they fit. Exit code 1 when there is an error."""
    findings = _judged(bundle)
    errors = sum(finding.severity == "error" for finding in findings)
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            where = f"{finding.file}:{finding.line} {finding.element}"
            click.echo(f"{finding.severity}: {where} [{finding.rule}] {finding.en} {finding.fix_en}".rstrip())
        click.echo(f"{errors} errors, {len(findings) - errors} other findings in {bundle}")
    sys.exit(FOUND if errors else 0)


def _judged(folder: Path) -> list[lint.Finding]:
    """What the rules find; the engine has the last word on what none of them refuses."""
    try:
        files = files_in(folder)
    except BundleRejected as refusal:
        return [lint.unreadable(refusal)]
    findings = lint.inspect(files)
    if any(finding.severity == "error" for finding in findings):
        return findings
    try:
        procedure(load_files(files))
    except DefinitionRejected as refusal:
        return [*findings, lint.unreadable(refusal)]
    return findings


@click.command()
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


@click.command("deploy")
@click.argument("bundle", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--by", default="system", help="Login of the person who deploys.")
def deploy_bundle(bundle: Path, by: str) -> None:
    """Put a bundle into force for new dossiers."""
    with database(Settings()) as found:
        version, new = deploy.deploy(found, load_bundle(bundle), by=by)
    click.echo(f"version {version} is in force" + ("" if new else " (it already was)"))
