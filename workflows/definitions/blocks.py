"""What bars a line or warns about it, by the table of blocks over what the register and other dossiers hold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from workflows.definitions.applied import apply_decision
from workflows.definitions.bundle import Bundle
from workflows.domain.calendar import local_day
from workflows.domain.facts import Facts, Line
from workflows.domain.register import Earlier, Proposal, check
from workflows.domain.text import Text

BLOCK, WARN, NOBODY = "block", "warn", "none"
AUTHORITY, STATE = "authority", "state"
SIGNED_BY = "director"
"""The group whose people sign the awards of this authority."""
RESTS_ON: Mapping[str, str] = {
    "same_awarded": "same_awarded",
    "same_open": "same_open",
    "state_within_year": "state_form",
    "state_two_open": "state_open",
    "overlaps": "overlaps",
}
"""What of the register a rule of the table rests on, so that the page can show it."""


@dataclass(frozen=True, slots=True)
class Block:
    """One rule that fits a line: `override` is the group that may let it go on, or «none»."""

    line: Line
    rule: str
    effect: str
    override: str
    said: Text
    basis: str
    earlier: Earlier | None = None

    @property
    def is_lifted(self) -> bool:
        """Whether the authority let the line go on."""
        lifted = self.line.values.get("overrides")
        return isinstance(lifted, tuple) and self.rule in lifted

    @property
    def bars(self) -> bool:
        """Whether the line cannot go on."""
        return self.effect == BLOCK and not self.is_lifted


def blocks(
    bundle: Bundle, decision: str, facts: Facts, known: Iterable[Earlier], signers: Iterable[str], now: datetime
) -> tuple[Block, ...]:
    """Every rule of the table that fits an open line, line by line, in the order of the table."""
    known, signers = tuple(known), tuple(signers)
    proposal = proposal_of(bundle, facts, now)
    found: list[Block] = []
    for line in facts.open_lines():
        checked = check(line, proposal, known, signers, local_day(now))
        looked_at = replace(line, values={**line.values, **checked.values})
        applied = apply_decision(bundle, decision, facts, now, line=looked_at)
        described = {rule.id: rule.description for rule in applied.table.rules}
        for row, rule in zip(applied.rows(), applied.decided.rules, strict=True):
            key = str(row["rule"])
            said = bundle.worded(f"decisions.{decision}.rule").values.get(key, Text(key))
            rests = checked.rests_on.get(RESTS_ON.get(key, ""))
            found.append(Block(line, key, str(row["effect"]), str(row["override"]), said, described[rule], rests))
    return tuple(found)


def proposal_of(bundle: Bundle, facts: Facts, now: datetime) -> Proposal:
    """What a dossier proposes its lines for; which forms are the State's is the table of authority's to say."""
    movement, stage = facts.text("dossier.movement"), facts.text("dossier.stage")
    forms = bundle.manifest.facts.get("dossier.award_form")
    state = frozenset(each for each in (forms.type.values if forms else ()) if _level(bundle, each, now) == STATE)
    return Proposal(movement, facts.text("dossier.kind"), stage, period_of(bundle, movement, stage), state)


def _level(bundle: Bundle, award_form: str, now: datetime) -> object:
    facts = Facts({"dossier.award_form": award_form})
    return apply_decision(bundle, AUTHORITY, facts, now).decided.outputs.get("level")


def period_of(bundle: Bundle, movement: str | None, stage: str | None) -> tuple[date, date] | None:
    """From when to when a stage of a movement counts merit, where it says so."""
    known = bundle.movements.get(movement or "")
    for each in known.told.get("stages", ()) if known else ():
        if each["key"] == stage:
            return each["from"], each["to"]
    return None
