"""The verbs of stories about people: hand over, declare a tie, stand aside, lift a bar, substitute, end a unit."""

from datetime import date
from typing import Any

from workflows.domain.actor import Actor
from workflows.operations import blocking, handing, substitutes, ties, units
from workflows.queries.observation import open_task
from workflows.store.session import Database
from workflows.stories.story import Step


class PersonalActs:
    """A part of the player; `aliases` are the numbers of a story's dossiers and rounds."""

    db: Database
    aliases: dict[str, str]

    def _hand_over(self, step: Step, actor: Actor) -> None:
        told = step.told["hand_over"]
        task = self._somebodys(step, told["task"], told.get("of", actor.login))
        handing.hand_over(self.db, actor, task, told["to"], told["reason"])

    def _declare(self, step: Step, actor: Actor) -> None:
        told = step.told["declare"]
        if "name" in told:
            ties.declare_relative(self.db, actor, name=told["name"], relation=told["relation"])
        else:
            task = self._somebodys(step, told["task"], actor.login)
            ties.declare_tie(self.db, actor, task, told["line"], told["relation"])

    def _recuse(self, step: Step, actor: Actor) -> None:
        told = step.told["recuse"]
        ties.recuse(self.db, actor, self._on(step), told["member"], told["line"], told["reason"])

    def _override(self, step: Step, actor: Actor) -> None:
        told = step.told["override"]
        blocking.override(self.db, actor, self._on(step), told["line"], told["rule"], told["reason"])

    def _substitute(self, step: Step, actor: Actor) -> None:
        told = step.told["substitute"]
        substitutes.name_substitute(
            self.db,
            actor,
            absent=told["absent"],
            substitute=told["substitute"],
            from_on=_day(told["from"]),
            to_on=_day(told["to"]),
            reason=told["reason"],
        )

    def _dissolve(self, step: Step, actor: Actor) -> None:
        told = step.told["dissolve"]
        last_day = _day(told["last_day"])
        units.dissolve_unit(self.db, actor, told["unit"], told["into"], last_day, told["reason"])

    def _on(self, step: Step) -> str:
        return self.aliases[str(step.told["on"])]

    def _somebodys(self, step: Step, element: str, login: str) -> str:
        return open_task(self.db, self._on(step), element, login) or ""


def _day(told: Any) -> date:
    return told if isinstance(told, date) else date.fromisoformat(str(told))
