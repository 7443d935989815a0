"""Commands about bundles: check, play, put into force."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

import click

from webapp.cli.opening import FOUND, database
from workflows.definitions import BundleRejected, files_in, lint, load_bundle, load_files
from workflows.domain.errors import DefinitionRejected
from workflows.engine import procedure
from workflows.operations import deploy
from workflows.settings import Settings
from workflows.stories.again import every_story
from workflows.stories.coverage import Covered
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
@click.option("--json", "as_json", is_flag=True, help="How the stories went, and what they pass, as JSON.")
def scenarios(bundle: Path, stories: tuple[str, ...], *, as_json: bool) -> None:
    """Play the stories of a bundle on databases of their own; after all of them, tell what none passes."""
    told = load_bundle(bundle)
    known = every_story(told)
    if strange := [name for name in stories if name not in known]:
        raise click.UsageError(f"there is no story {', '.join(strange)}; there are: {', '.join(known)}")
    chosen = [known[name] for name in stories or known]
    if not chosen:
        raise click.UsageError("the bundle has no stories")
    played = play_all(told, chosen, Settings(), (lambda _said: None) if as_json else click.echo)
    if as_json:
        went = [{"story": each.name, "title": each.title.vi, "failed": played.failed.get(each.name)} for each in chosen]
        coverage = [asdict(each) for each in played.coverage]
        click.echo(json.dumps({"stories": went, "coverage": coverage}, ensure_ascii=False, indent=1))
    else:
        click.echo(f"{len(chosen) - len(played.failed)} passed, {len(played.failed)} failed")
        if not stories:
            click.echo("\n".join(_covered(played.coverage)))
    sys.exit(FOUND if played.failed else 0)


def _covered(coverage: Iterable[Covered]) -> Iterator[str]:
    """A line for each diagram and table, and one for each thing that no story passes."""
    for each in coverage:
        explained = f", {len(each.explained)} explained" if each.explained else ""
        yield f"{each.place}: {each.passed} of {each.total} {each.kind}s{explained}"
        yield from (f"  never passed: {key}" for key in each.never)
        yield from (f"  passed, though coverage.toml explains why not: {key}" for key in each.stale)


@click.command("deploy")
@click.argument("bundle", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--by", default="system", help="Login of the person who deploys.")
def deploy_bundle(bundle: Path, by: str) -> None:
    """Put a bundle into force for new dossiers."""
    with database(Settings()) as found:
        version, new = deploy.deploy(found, load_bundle(bundle), by=by)
    click.echo(f"version {version} is in force" + ("" if new else " (it already was)"))
