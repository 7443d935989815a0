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
    """The papers of this dossier by `decision`, a COLLECT table with the outputs kind and mandatory.

    Where one of the nominees needs a paper, the dossier needs it.
    """
    found: dict[str, bool] = {}
    for line in facts.open_lines() or (None,):
        for row in apply_decision(bundle, decision, facts, now, line=line).rows():
            kind = str(row["kind"])
            found[kind] = found.get(kind, False) or bool(row["mandatory"])
    return tuple(Required(kind, mandatory) for kind, mandatory in found.items())


def missing_papers(
    bundle: Bundle, decision: str, facts: Facts, attached: Collection[str], now: datetime
) -> tuple[Text, ...]:
    """The names of the mandatory papers that are not attached."""
    needed = required_papers(bundle, decision, facts, now)
    return tuple(bundle.papers[each.kind] for each in needed if each.mandatory and each.kind not in attached)
