"""The command that judges a bundle before it is published."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from webapp.cli.opening import FOUND
from workflows.definitions import BundleRejected, files_in
from workflows.domain.gated import Layer, Report
from workflows.gate import gate

SIGNS = {"passed": "ok", "warned": "ok, but", "failed": "FAILED", "skipped": "not run"}


@click.command("gate")
@click.argument("bundle", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Every layer with its findings, as JSON.")
def check_before_publishing(bundle: Path, *, as_json: bool) -> None:
    """Judge a bundle in layers as it is judged before it is published. Exit code 1 when it may not be."""
    try:
        files = files_in(bundle, whole=False)
    except BundleRejected as refusal:
        raise click.ClickException(str(refusal)) from None
    found = gate(None, files, _nothing if as_json else Spoken())
    if as_json:
        click.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
    else:
        click.echo("it may be published" if found.ok else "it may not be published")
    sys.exit(0 if found.ok else FOUND)


def _nothing(_: Report) -> None:
    pass


class Spoken:
    """Says each layer once it has ended."""

    def __init__(self) -> None:
        self._said: set[str] = set()

    def __call__(self, report: Report) -> None:
        """Say what has ended since."""
        for layer in report.layers:
            if layer.state in SIGNS and layer.key not in self._said:
                self._said.add(layer.key)
                click.echo("\n".join(_told(layer)))


def _told(layer: Layer) -> Iterator[str]:
    yield f"{SIGNS[layer.state]}: {layer.title.en} ({layer.seconds:.1f} s) {layer.said.of('en')}".rstrip()
    for each in layer.findings:
        where = f"{each.file}:{each.line}" if each.line else each.file
        yield f"  {each.severity}: {where} {each.element} [{each.rule}] {each.en} {each.fix_en}".rstrip()
