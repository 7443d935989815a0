"""The layers that read only: the rules of bundles with soundness, complete tables, expressions and their names."""

from collections.abc import Iterable, Mapping
from types import ModuleType

from workflows.definitions import Bundle, lint
from workflows.definitions.lint import (
    citations,
    completeness,
    condition_placement,
    deadlines,
    decisions,
    expressions,
    fact_names,
    no_numerals,
    readable,
    rule_sets,
    tables,
    xml_limits,
)
from workflows.domain.errors import DefinitionRejected
from workflows.domain.gated import Fault
from workflows.domain.text import Text
from workflows.engine import procedure
from workflows.gate.layers import Ended

OF_DECISIONS = (tables, completeness, decisions, rule_sets, deadlines, citations)
OF_EXPRESSIONS = (condition_placement, no_numerals, expressions, fact_names)
APART = frozenset((*OF_DECISIONS, *OF_EXPRESSIONS))


def read(files: Mapping[str, bytes]) -> Bundle | Ended:
    """The bundle of these files, or how the first layer ends because they are none."""
    if excess := [*xml_limits.in_files(files)]:
        return Ended(_faults(excess))
    found = readable.read(files)
    return found if isinstance(found, Bundle) else Ended(_faults([found]))


def reading(bundle: Bundle) -> Ended:
    """Every rule that is not of the other two layers; the engine has the last word on what none refuses."""
    ended = _run(bundle, [rule for rule in lint.RULES if rule not in APART])
    if any(each.severity == "error" for each in ended.findings):
        return ended
    try:
        procedure(bundle)
    except DefinitionRejected as refusal:
        return Ended((*ended.findings, *_faults([lint.unreadable(refusal)])))
    counts = {"diagrams": len(bundle.processes), "files": len(bundle.files)}
    said = Text(
        f"{len(bundle.processes)} sơ đồ, {len(bundle.files)} tệp.",
        f"{len(bundle.processes)} diagrams, {len(bundle.files)} files.",
    )
    return Ended(ended.findings, said, counts)


def complete(bundle: Bundle) -> Ended:
    """Every table answers every question that can be put to it, and cites its articles."""
    number = sum(map(len, bundle.tables.values()))
    said = Text(f"{number} bảng.", f"{number} tables.")
    return Ended(_run(bundle, OF_DECISIONS).findings, said, {"tables": number})


def compiling(bundle: Bundle) -> Ended:
    """Every expression compiles and names declared facts of the right kind only."""
    number = sum(
        sum(flow.condition is not None for flow in process.flows.values()) for process in bundle.processes.values()
    )
    said = Text(f"{number} điều kiện ở sơ đồ.", f"{number} conditions in the diagrams.")
    return Ended(_run(bundle, OF_EXPRESSIONS).findings, said, {"conditions": number})


def _run(bundle: Bundle, rules: Iterable[ModuleType]) -> Ended:
    return Ended(_faults(lint.run(bundle, rules)))


def _faults(found: Iterable[lint.Finding]) -> tuple[Fault, ...]:
    return tuple(
        Fault(
            each.rule,
            each.file,
            each.element,
            each.line,
            each.vi,
            each.en,
            each.fix_vi,
            each.fix_en,
            each.severity,
            each.path,
        )
        for each in found
    )
