"""The three laws a matter follows, each by a day of its own: procedure, bonus and criteria; it guesses no day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from workflows.definitions.bundle import Bundle
from workflows.definitions.manifest import Regime, RuleSet
from workflows.domain.calendar import local_day
from workflows.domain.facts import Facts, Value

MOVEMENT = "dossier.movement"


@dataclass(frozen=True, slots=True)
class Followed:
    """A regime of a matter: the day whose law it follows and the rule set of that day; None until the day is known."""

    regime: Regime
    day: date | None
    rules: RuleSet | None


def regimes_of(bundle: Bundle, facts: Facts) -> tuple[Followed, ...]:
    """What a matter follows, in the order of bundle.toml."""
    return tuple(_followed(bundle, regime, facts) for regime in bundle.manifest.regimes)


def regime_facts(bundle: Bundle, facts: Facts) -> dict[str, Value]:
    """The facts `regime.<key>` (a rule set) and `regime.<key>_on` (a day) of every regime whose day is known."""
    known: dict[str, Value] = {}
    for each in regimes_of(bundle, facts):
        if each.day and each.rules:
            known[f"regime.{each.regime.key}"] = each.rules.key
            known[f"regime.{each.regime.key}_on"] = each.day
    return known


def transitions(bundle: Bundle, since: date, now: date) -> Iterator[RuleSet]:
    """The rule sets that came into force after a matter's day, up to now, and say what becomes of pending matters."""
    for rules in bundle.rule_sets:
        if since < rules.valid_from <= now and rules.transition:
            yield rules


def _followed(bundle: Bundle, regime: Regime, facts: Facts) -> Followed:
    day = _day(bundle, regime, facts)
    rules = next((each for each in bundle.rule_sets if day and each.holds(day)), None)
    return Followed(regime, day, rules)


def _day(bundle: Bundle, regime: Regime, facts: Facts) -> date | None:
    movement = bundle.movements.get(facts.text(MOVEMENT) or "")
    found = facts.get(regime.day) if regime.day else movement and movement.told.get(regime.movement)
    if isinstance(found, datetime):
        return local_day(found)
    return found if isinstance(found, date) else None
