"""Which papers a dossier must hold, by the table of required papers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from workflows.definitions.applied import apply_decision
from workflows.definitions.bundle import Bundle
from workflows.domain.facts import Facts
from workflows.domain.text import Text


@dataclass(frozen=True, slots=True)
class Required:
    """One paper that a dossier of this kind has, and whether it must."""

    kind: str
    mandatory: bool


def required_papers(bundle: Bundle, decision: str, facts: Facts, now: datetime) -> tuple[Required, ...]:
    """The papers of this dossier by `decision`, a COLLECT table with the outputs kind and mandatory."""
    rows = apply_decision(bundle, decision, facts, now).rows()
    return tuple(Required(str(row["kind"]), bool(row["mandatory"])) for row in rows)


def missing_papers(
    bundle: Bundle, decision: str, facts: Facts, attached: Collection[str], now: datetime
) -> tuple[Text, ...]:
    """The names of the mandatory papers that are not attached."""
    needed = required_papers(bundle, decision, facts, now)
    return tuple(bundle.papers[each.kind] for each in needed if each.mandatory and each.kind not in attached)
