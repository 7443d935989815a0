"""Why a bundle cannot even be read; what is readable but wrong is a finding of a lint, not an error."""

from workflows.domain.errors import DefinitionRejected, InvalidState, NotFound
from workflows.domain.said import Said


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


class StrangeEntry(Exception):
    """An entry of a file says what it cannot; the reader of the file names the file."""

    def __init__(self, said: str, **about: object) -> None:
        self.said = Said(said, **about)
