"""Why a bundle cannot even be read; what is readable but wrong is a finding of a lint, not an error."""

from workflows.domain.errors import DefinitionRejected, InvalidState, NotFound


class BundleRejected(DefinitionRejected):
    """{place}: {why}"""


class ElementUnknown(NotFound):
    """Process «{process}» has no element «{element}»."""


class LaneUnknown(NotFound):
    """Lane «{lane}» of process «{process}» has no candidate group in bundle.toml."""


class DecisionUnknown(InvalidState):
    """There is no decision table «{decision}» in the rules {rule_set}."""


class NoRulesInForce(InvalidState):
    """No rule set of «{bundle}» is in force on {day}."""
