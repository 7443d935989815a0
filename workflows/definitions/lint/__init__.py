"""The rules that a bundle must keep before it may be deployed, one file each; they read, they never run anything."""

from collections.abc import Mapping

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

__all__ = ["RULES", "Finding", "inspect", "run", "unreadable"]


def run(bundle: Bundle) -> list[Finding]:
    """Everything that is wrong with a bundle, by file and line; an empty list means that it may be deployed."""
    with allowance(MOST_SECONDS):
        found = [finding for rule in RULES for finding in rule.check(bundle)]
    return sorted(found, key=lambda each: (each.file, each.line, each.rule, each.element))


def inspect(files: Mapping[str, bytes]) -> list[Finding]:
    """The same for files that may not even be readable, by their paths in the bundle; it raises nothing."""
    if excess := list(xml_limits.in_files(files)):
        return excess
    bundle = readable.read(files)
    return [bundle] if isinstance(bundle, Finding) else run(bundle)
