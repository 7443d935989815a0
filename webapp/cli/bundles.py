"""Commands about bundles, tables and expressions."""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import click

from webapp.cli.opening import FOUND, database
from workflows.definitions import lint, load_bundle
from workflows.domain.errors import DomainError
from workflows.domain.facts import from_json
from workflows.operations import deploy
from workflows.rules.decide import decide as apply_table
from workflows.rules.feel import evaluate
from workflows.rules.table import parse_table
from workflows.rules.values import kind_of
from workflows.rules.vocabulary import FactType, Kind
from workflows.settings import Settings
from workflows.stories import read_story
from workflows.stories.scenarios import play_all


@click.command()
@click.argument("bundle", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Findings as JSON.")
def check(bundle: Path, *, as_json: bool) -> None:
    """Check a bundle: diagrams, tables, forms and how they fit. Exit code 1 when there is an error."""
    try:
        findings = lint.run(load_bundle(bundle))
    except DomainError as error:
        findings = [lint.Finding("readable", str(bundle), "", 0, str(error), str(error), "", "")]
    errors = sum(finding.severity == "error" for finding in findings)
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            where = f"{finding.file}:{finding.line} {finding.element}"
            click.echo(f"{finding.severity}: {where} [{finding.rule}] {finding.en} {finding.fix_en}".rstrip())
        click.echo(f"{errors} errors, {len(findings) - errors} other findings in {bundle}")
    sys.exit(FOUND if errors else 0)


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


@click.command()
@click.argument("expression")
@click.option("--facts", default="{}", help='Known facts as JSON; days as {"date": "2021-10-25"}.')
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def feel(expression: str, facts: str, *, as_json: bool) -> None:
    """Evaluate a FEEL expression over facts, with the checks that diagrams and tables get."""
    known = _facts(facts)
    _answer(
        lambda: {"value": _shown(evaluate(expression, known, _declared(known), place="expression"))}, as_json=as_json
    )


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("decision", required=False)
@click.option("--input", "facts", default="{}", help='Known facts as JSON; days as {"date": "2021-10-25"}.')
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def decide(file: Path, decision: str | None, facts: str, *, as_json: bool) -> None:
    """Apply a decision table to facts: outputs and matched rules."""
    known = _facts(facts)

    def decided() -> dict[str, object]:
        table = parse_table(file.read_bytes(), place=file.name)
        if decision not in {None, table.id}:
            raise click.UsageError(f"{file.name} holds the decision «{table.id}», not «{decision}»")
        found = apply_table(table, known, _declared(known), place=file.name)
        outputs = {name: _shown(value) for name, value in found.outputs.items()}
        return {"decision": table.id, "outputs": outputs, "rules": list(found.rules), "warnings": []}

    _answer(decided, as_json=as_json)


def _answer(work: Callable[[], dict[str, object]], *, as_json: bool) -> None:
    try:
        told = work()
    except DomainError as error:
        told = {"error": type(error).__name__, "message": str(error)}
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, default=str))
    else:
        click.echo("\n".join(f"{name}: {value}" for name, value in told.items()))
    sys.exit(FOUND if "error" in told else 0)


def _facts(text: str) -> dict[str, Any]:
    try:
        told = json.loads(text, parse_float=Decimal)
    except ValueError as error:
        raise click.UsageError(f"the facts are not JSON: {error}") from error
    if not isinstance(told, dict):
        raise click.UsageError("the facts are one JSON object")
    return {name: _typed(value) for name, value in told.items()}


def _typed(value: Any) -> Any:
    match value:
        case {"date": _} | {"instant": _} | {"decimal": _}:
            return from_json(value)
        case dict():
            return {name: _typed(each) for name, each in value.items()}
        case list():
            return [_typed(each) for each in value]
        case _:
            return value


def _declared(facts: Mapping[str, Any], before: str = "") -> dict[str, FactType]:
    """What the facts themselves declare: at the console nobody else does."""
    found: dict[str, FactType] = {}
    for name, value in facts.items():
        kind = kind_of(value)
        if isinstance(value, dict):
            found |= _declared(value, f"{before}{name}.")
        elif kind == "list":
            inner = {kind_of(each) for each in value}
            found[f"{before}{name}"] = FactType("list", of=inner.pop() if len(inner) == 1 else None)
        else:
            found[f"{before}{name}"] = FactType(cast("Kind", kind or "text"))
    return found


def _shown(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, list | tuple):
        return [_shown(each) for each in value]
    if isinstance(value, dict):
        return {name: _shown(each) for name, each in value.items()}
    return value
