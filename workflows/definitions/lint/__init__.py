"""The rules that a bundle must keep before it may be deployed, one file each; they read, they never run anything."""

from collections.abc import Iterable, Mapping
from types import ModuleType

from workflows.definitions.bundle import Bundle
from workflows.definitions.lint import (
    allowed_elements,
    caught,
    citations,
    completeness,
    condition_placement,
    connections,
    deadlines,
    decisions,
    drawing,
    event_choice,
    explained,
    expressions,
    fact_names,
    form_language,
    forms,
    gateway_default,
    identifiers,
    lanes,
    leftovers,
    legal_basis,
    messages,
    no_numerals,
    no_scripts,
    operations,
    parallel_cycle,
    properties,
    readable,
    references,
    rule_sets,
    soundness,
    tables,
    tree_size,
    unique_ids,
    xml_limits,
)
from workflows.definitions.lint.finding import Finding
from workflows.definitions.lint.readable import unreadable
from workflows.rules.sandbox import allowance

MOST_SECONDS = 10
"""As long as the expressions of a bundle may take together."""
RULES = (
    xml_limits,
    readable,
    unique_ids,
    references,
    allowed_elements,
    no_scripts,
    connections,
    soundness,
    parallel_cycle,
    event_choice,
    caught,
    tree_size,
    condition_placement,
    gateway_default,
    no_numerals,
    expressions,
    tables,
    completeness,
    lanes,
    forms,
    form_language,
    fact_names,
    decisions,
    rule_sets,
    messages,
    deadlines,
    identifiers,
    operations,
    legal_basis,
    citations,
    properties,
    leftovers,
    explained,
    drawing,
)

OF_TABLES = (completeness, tables, citations)
OF_FORMS = (forms, form_language)
APART: Mapping[str, tuple[ModuleType, ...]] = {
    ".bpmn": (*OF_TABLES, form_language),
    ".dmn": (*OF_FORMS, soundness, drawing, tree_size),
    ".json": (*OF_TABLES, soundness, drawing, tree_size),
}
"""What a change of a file, by the end of its name, cannot break: these rules look at other files only."""

__all__ = ["RULES", "Finding", "inspect", "run", "unreadable", "while_writing"]


def run(bundle: Bundle, rules: Iterable[ModuleType] = RULES) -> list[Finding]:
    """Everything that is wrong with a bundle, by file and line; an empty list means that it may be deployed."""
    with allowance(MOST_SECONDS):
        found = [finding for rule in rules for finding in rule.check(bundle)]
    return sorted(found, key=lambda each: (each.file, each.line, each.rule, each.element))


def inspect(files: Mapping[str, bytes], rules: Iterable[ModuleType] = RULES) -> list[Finding]:
    """The same for files that may not even be readable, by their paths in the bundle; it raises nothing."""
    if excess := list(xml_limits.in_files(files)):
        return excess
    bundle = readable.read(files)
    return [bundle] if isinstance(bundle, Finding) else run(bundle, rules)


def while_writing(files: Mapping[str, bytes], path: str) -> list[Finding]:
    """What is wrong once the file at `path` stands like this, without the rules that this kind of file cannot break."""
    apart = APART.get(path[path.rfind(".") :], ())
    return inspect(files, [rule for rule in RULES if rule not in apart])
