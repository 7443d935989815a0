"""The register of awards as a value: what a subject has or is proposed for, and what that means for a new line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from workflows.domain.facts import Line, Value
from workflows.domain.folded import bare
from workflows.domain.ties import same_subject

AWARDED, REVOKED, CORRECTED = "awarded", "revoked", "corrected"
STANDS = frozenset({AWARDED, CORRECTED})
MONTHS = 12
COLLECTIVE = "collective"


@dataclass(frozen=True, slots=True)
class Earlier:
    """An award of the register, or (without a decision) a line that another open dossier proposes.

    `type` is thematic or ad_hoc, `state` that of the register; `heirs` are the bare names of the units that have since
    taken over the one it is about.
    """

    line: str
    dossier: str
    nominee: Mapping[str, Value]
    award_form: str
    type: str
    movement: str | None
    stage: str | None
    achieved_on: date | None
    period: tuple[date, date] | None = None
    decision_no: str | None = None
    decision_date: date | None = None
    state: str = ""
    heirs: frozenset[str] = frozenset()

    def is_about(self, nominee: Mapping[str, Value]) -> bool:
        """Whether this is the subject of the entry, or the unit that took over from it (NĐ 98/2023 Điều 30.6)."""
        heir = nominee.get("kind") == COLLECTIVE and bare(str(nominee.get("name") or "")) in self.heirs
        return heir or same_subject(nominee, self.nominee)

    @property
    def is_award(self) -> bool:
        """Whether it was decided, and still stands."""
        return self.state in STANDS


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a dossier proposes its lines for; `period` is that of its stage."""

    movement: str | None
    type: str | None
    stage: str | None
    period: tuple[date, date] | None
    state_forms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Checked:
    """The facts `check.*` of one line, and what of the register each rests on."""

    values: Mapping[str, Value]
    rests_on: Mapping[str, Earlier]


def earlier_of(line: Line, known: Iterable[Earlier]) -> tuple[Earlier, ...]:
    """What the register and other dossiers hold about the subject of a line, the latest first."""
    found = [each for each in known if each.line != line.id and each.is_about(line.nominee)]
    return tuple(sorted(found, key=lambda each: each.decision_date or date.max, reverse=True))


def check(line: Line, proposal: Proposal, known: Iterable[Earlier], signers: Iterable[str], today: date) -> Checked:
    """What the tables of blocks look at; `signers` are the names of those who would sign for themselves."""
    earlier = earlier_of(line, known)
    awards = [each for each in earlier if each.is_award]
    rests: dict[str, Earlier | None] = {
        "same_awarded": next((each for each in awards if _same_achievement(line, proposal, each)), None),
        "same_open": next(
            (each for each in earlier if not each.state and _same_achievement(line, proposal, each)), None
        ),
        "state_form": next((each for each in awards if each.award_form in proposal.state_forms), None),
        "state_open": next(
            (each for each in earlier if not each.state and each.award_form in proposal.state_forms), None
        ),
        "overlaps": next((each for each in awards if _overlap(line, proposal, each)), None),
    }
    state = rests["state_form"]
    values: dict[str, Value] = {
        "check.same_awarded": rests["same_awarded"] is not None,
        "check.same_open": rests["same_open"] is not None,
        "check.state_open": rests["state_open"] is not None,
        "check.overlaps": rests["overlaps"] is not None and rests["same_awarded"] is None,
        "check.months_since_state": _months(state.decision_date, today) if state and state.decision_date else None,
        "check.state_type": state.type if state else None,
        "check.signs_own": line.nominee.get("kind") == "person"
        and any(same_subject(line.nominee, {"kind": "person", "name": name}) for name in signers),
    }
    return Checked(values, {name: each for name, each in rests.items() if each is not None})


def _same_achievement(line: Line, proposal: Proposal, other: Earlier) -> bool:
    if other.movement != proposal.movement:
        return False
    if line.nominee.get("achieved_on") is not None and line.nominee.get("achieved_on") == other.achieved_on:
        return True
    return proposal.stage is not None and proposal.stage == other.stage and proposal.type == other.type


def _overlap(line: Line, proposal: Proposal, other: Earlier) -> bool:
    day = line.nominee.get("achieved_on")
    mine = proposal.period or ((day, day) if isinstance(day, date) else None)
    theirs = other.period or ((other.achieved_on, other.achieved_on) if other.achieved_on else None)
    return bool(mine and theirs and mine[0] <= theirs[1] and theirs[0] <= mine[1])


def _months(since: date, today: date) -> int:
    return (today.year - since.year) * MONTHS + today.month - since.month - (today.day < since.day)
