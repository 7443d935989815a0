"""The rules that a bundle must keep before it may be deployed, one file each; they read, they never run anything."""

from workflows.definitions.bundle import Bundle
from workflows.definitions.lint import (
    allowed_elements,
    citations,
    condition_placement,
    connections,
    deadlines,
    decisions,
    drawing,
    expressions,
    forms,
    gateway_default,
    identifiers,
    lanes,
    legal_basis,
    messages,
    no_numerals,
    no_scripts,
    operations,
    properties,
    tables,
)
from workflows.definitions.lint.finding import Finding

RULES = (
    allowed_elements,
    no_scripts,
    condition_placement,
    gateway_default,
    no_numerals,
    expressions,
    tables,
    lanes,
    forms,
    decisions,
    messages,
    deadlines,
    identifiers,
    operations,
    legal_basis,
    citations,
    connections,
    properties,
    drawing,
)

__all__ = ["RULES", "Finding", "run"]


def run(bundle: Bundle) -> list[Finding]:
    """Everything that is wrong with a bundle, by file and line; an empty list means that it may be deployed."""
    found = [finding for rule in RULES for finding in rule.check(bundle)]
    return sorted(found, key=lambda each: (each.file, each.line, each.rule, each.element))
