"""The command that tells what of a diagram drawn elsewhere would run here."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from webapp.cli.opening import FOUND
from workflows.definitions.foreign import VERDICTS, ForeignElement, ForeignReport, Reason, hint, inspect_foreign
from workflows.domain.text import Text
from workflows.rules.markup import MAX_BYTES

SIGNS = {"runs": "+", "needs": "~", "cannot": "-"}
COUNTS = Text("{} chạy được, {} còn thiếu, {} không chạy được", "{} run, {} lack something, {} cannot run")
PROCESS = Text("Quy trình «{}» (dòng {})", "Process «{}» (line {})")
BESIDE = Text("Ngoài các quy trình", "Outside the processes")
LINE = Text("dòng {}", "line {}")


@click.command("import-bpmn")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", help="Language of the sentences.")
def import_bpmn(file: Path, *, as_json: bool, lang: str) -> None:
    """Tell element by element what runs of a diagram drawn elsewhere. Exit code 1 when something cannot."""
    with file.open("rb") as source:
        found = inspect_foreign(file.name, source.read(MAX_BYTES + 1))
    if as_json:
        counts = {verdict: found.count(verdict) for verdict in VERDICTS}
        click.echo(json.dumps({**asdict(found), "counts": counts}, ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(_told(found, lang)))
    sys.exit(FOUND if found.refused or found.count("cannot") else 0)


def _told(found: ForeignReport, lang: str) -> Iterator[str]:
    yield f"{found.file}{f' ({found.vendor})' if found.vendor else ''}"
    if found.refused is not None:
        where = f"{LINE.of(lang).format(found.refused.line)}: " if found.refused.line else ""
        yield f"  - {where}{found.refused.what.of(lang)} {found.refused.fix.of(lang)}".rstrip()
        return
    for process in found.processes:
        yield PROCESS.of(lang).format(process.name or process.id, process.line)
        yield from (f"    {_reason(why, lang)}" for why in process.why)
        for element in process.elements:
            yield from _element(element, lang)
    if found.beside:
        yield BESIDE.of(lang)
        for element in found.beside:
            yield from _element(element, lang)
    yield COUNTS.of(lang).format(*(found.count(verdict) for verdict in VERDICTS))


def _element(element: ForeignElement, lang: str) -> Iterator[str]:
    name = f"«{element.name}» " if element.name else ""
    line = LINE.of(lang).format(element.line)
    yield f"  {SIGNS[element.verdict]} {line}: {element.kind.of(lang)} {name}({element.id})"
    yield from (f"      {_reason(why, lang)}" for why in element.why)
    yield from (f"      {addition}: {hint(addition).of(lang)}" for addition in element.ignored)


def _reason(why: Reason, lang: str) -> str:
    return f"{why.what.of(lang)} {why.fix.of(lang)}".rstrip()
