"""Plays one story step by step: each act is the operation a page would call, and every job it causes is done."""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from workflows.definitions import Bundle
from workflows.definitions.applied import Applied, witnessed
from workflows.definitions.replies import replies
from workflows.domain.actor import Actor
from workflows.domain.calendar import local_day
from workflows.domain.errors import DomainError
from workflows.domain.sheet import filled
from workflows.jobs import drain
from workflows.operations import (
    clock,
    dossiers,
    escalation,
    leaving,
    letters,
    linked,
    participations,
    rounds,
    sweeping,
    user_tasks,
)
from workflows.queries.accounts import actor_named
from workflows.queries.clock import clock as clock_of
from workflows.queries.observation import (
    has_work,
    observe,
    open_task,
    participation_of,
    procedure_about,
    round_of_dossier,
)
from workflows.queries.passed import Row
from workflows.settings import Settings
from workflows.store.session import Database
from workflows.stories.again import answered_again
from workflows.stories.expectations import differences, refusal_differences
from workflows.stories.papers import sample_paper
from workflows.stories.personal_acts import PersonalActs
from workflows.stories.story import Step, Story, plain

EVIDENCE = "Báo cáo thành tích, đã đối chiếu"


class StoryFailed(Exception):
    """A story did not go as it is written; the message names the step."""


class Player(PersonalActs):
    """A story being played; `due` is when its next step happens, `decided` are the rows that did in the last one."""

    decided: set[Row]

    def __init__(self, db: Database, settings: Settings, bundle: Bundle, story: Story) -> None:
        self.db, self.settings, self.bundle, self.story = db, settings, bundle, story
        self.aliases: dict[str, str] = {}
        self._answers: dict[str, Any] = {}
        self._enclosed: set[str] = set()
        self.decided = set()
        self._next = 0
        self._now = story.starts

    @property
    def is_over(self) -> bool:
        """Whether every step was played."""
        return self._next >= len(self.story.steps)

    @property
    def next_step(self) -> Step:
        """The step that is played next."""
        return self.story.steps[self._next]

    @property
    def due(self) -> datetime:
        """When the next step happens, in the story's own time."""
        step = self.next_step
        if step.at is not None:
            return step.at
        day = local_day(self._now)
        days = (self.bundle.working_days().after(day, step.working_days) - day).days + step.days
        return self._now + timedelta(days=days)

    def play(self) -> None:
        """Play every step that is left. Raises StoryFailed."""
        while not self.is_over:
            self.step()

    def step(self) -> None:
        """Play the next step. Raises StoryFailed."""
        self.decided = set()
        with witnessed(self._decided):
            self._step()

    def _decided(self, decision: str, applied: Applied) -> None:
        self.decided |= {(decision, applied.rule_set, row) for row in applied.decided.rules}

    def _step(self) -> None:
        self._now, step = self.due, self.next_step
        self._next += 1
        if clock_of(self.db).now < self._now:
            clock.set_clock(self.db, self._now.astimezone(UTC))
            if sweeping.sweep(self.db):
                self._work()
        refusal = None
        try:
            self._act(step)
        except DomainError as error:
            refusal = error
        self._work()
        self._check(step, refusal)

    def _work(self) -> None:
        if has_work(self.db):
            drain(self.db, self.settings)

    def _check(self, step: Step, refusal: DomainError | None) -> None:
        wanted = step.expect.get("refused")
        got = None if refusal is None else type(refusal).__name__
        if wanted != got:
            fields = "; ".join(f"{at} {why}" for at, why in getattr(refusal, "fields", {}).items())
            came = f"was refused: {got}: {refusal} {fields}".rstrip() if got else "was not refused"
            message = f"{came}, expected the refusal {wanted}" if wanted else came
            raise StoryFailed(self._says(step, message)) from refusal
        if wrong := refusal_differences(step.expect, getattr(refusal, "fields", {}), self.decided):
            raise StoryFailed(self._says(step, "; ".join(wrong)))
        about = self.aliases.get(str(step.told.get("on") or step.told.get("look") or self._opened(step)))
        if step.expect and about:
            observed = observe(self.db, about)
            at = (observed.stopped or "").partition(":")[0]
            if at != step.expect.get("stopped", ""):
                raise StoryFailed(self._says(step, f"{about} stopped: {observed.stopped or 'nowhere'}"))
            if wrong := differences(step.expect, observed):
                raise StoryFailed(self._says(step, "; ".join(wrong)))

    @staticmethod
    def _opened(step: Step) -> str | None:
        told = step.told.get("open") or step.told.get("round") or step.told.get("procedure") or step.told.get("find")
        return told.get("as") if isinstance(told, Mapping) else None

    def _says(self, step: Step, what: str) -> str:
        return f"{self.story.name}, step {step.number} ({step.act} {step.told.get('do', '')}): {what}"

    def _act(self, step: Step) -> None:
        for login in step.by:
            actor = actor_named(self.db, login)
            if actor is None:
                raise StoryFailed(self._says(step, f"there is nobody called {login}"))
            getattr(self, f"_{step.act}")(step, actor)

    def _open(self, step: Step, actor: Actor) -> None:
        told = step.told["open"]
        opened = dossiers.open_dossier(
            self.db,
            actor,
            movement=told["movement"],
            kind=told.get("kind", "thematic"),
            award_form=told.get("award_form", "giay_khen"),
        )
        self.aliases[told["as"]] = opened

    def _round(self, step: Step, actor: Actor) -> None:
        told = step.told["round"]
        day = self._now.strftime("%d/%m/%Y")
        self.aliases[told["as"]] = rounds.open_round(
            self.db,
            actor,
            movement=told.get("movement", next(iter(self.bundle.movements))),
            award_form=told.get("award_form", "giay_khen"),
            title=told.get("title", f"Đợt xét khen {day}"),
        )

    def _procedure(self, step: Step, actor: Actor) -> None:
        told = step.told["procedure"]
        about, reason = self.aliases[told["about"]], told.get("reason", "")
        self.aliases[told["as"]] = linked.open_procedure(
            self.db, actor, about, told["process"], told.get("lines", [1]), reason
        )

    def _find(self, step: Step, _actor: Actor) -> None:
        told = step.told["find"]
        if "unit" in told:
            found = participation_of(self.db, told["unit"])
        elif told["process"] == "review_round":
            found = round_of_dossier(self.db, self.aliases[told["with"]])
        else:
            found = procedure_about(self.db, self.aliases[told["with"]], told["process"])
        if found is None:
            raise StoryFailed(self._says(step, f"no {told['process']} handles {told.get('with', told.get('unit'))}"))
        self.aliases[told["as"]] = found

    def _launch(self, step: Step, actor: Actor) -> None:
        participations.launch_movement(self.db, actor, step.told["launch"])

    def _end_movement(self, step: Step, actor: Actor) -> None:
        participations.close_movement(self.db, actor, step.told["end_movement"])

    def _remind(self, _step: Step, _actor: Actor) -> None:
        escalation.escalate(self.db)

    def _urge(self, step: Step, actor: Actor) -> None:
        told = step.told["urge"]
        movement = told.get("movement", next(iter(self.bundle.movements)))
        participations.urge(self.db, actor, movement, told["unit"], told["text"])

    def _attach(self, step: Step, actor: Actor) -> None:
        told = step.told["attach"]
        name = f"{told['kind']}.pdf"
        number = self._number(step)
        dossiers.attach_paper(self.db, actor, number, told["kind"], told["title"], name, sample_paper(told["title"]))

    def _withdraw(self, step: Step, actor: Actor) -> None:
        told = step.told["withdraw"]
        about = {"reason": told} if isinstance(told, str) else dict(told)
        lines = tuple(step.told.get("lines", ()))
        dossiers.withdraw_dossier(self.db, actor, self._number(step), **about, lines=lines)

    def _suspend(self, step: Step, actor: Actor) -> None:
        told = step.told["suspend"]
        lines = tuple(step.told.get("lines", ()))
        leaving.suspend(self.db, actor, self._number(step), ground=told["ground"], reason=told["reason"], lines=lines)

    def _letter(self, step: Step, actor: Actor) -> None:
        told, answers = step.told["letter"], plain(step.told.get("answers", {}))
        letters.enter_letter(
            self.db,
            actor,
            message=told["message"],
            number=told["number"],
            answers=answers,
            file=(f"{told['message']}.pdf", sample_paper(f"Văn bản trả lời {told['number']}")),
            confirmed=bool(told.get("confirmed")),
        )

    def _look(self, step: Step, actor: Actor) -> None:
        """Only the expectation counts."""

    def _claim(self, step: Step, actor: Actor) -> None:
        user_tasks.claim(self.db, actor, self._task(step, actor, step.told["claim"]))

    def _save(self, step: Step, actor: Actor) -> None:
        answers = plain(step.told.get("answers", {}))
        user_tasks.save_draft(self.db, actor, self._task(step, actor, step.told["save"]), answers)

    def _do(self, step: Step, actor: Actor) -> None:
        element = step.told["do"]
        task = self._task(step, actor, element)
        answers = self._with_numbers(plain(step.told.get("answers", {})))
        again = step.told.get("answers_again")
        self._answers[element] = answered_again(self._answers[element], answers) if again else answers
        if not step.told.get("without_paper"):
            self._enclose(step, actor, task, element)
        user_tasks.complete(self.db, actor, task, self._with_sheet(step, element), key=uuid.uuid4().hex)

    def _enclose(self, step: Step, actor: Actor, task: str, element: str) -> None:
        """Attach the letter that the task asks for, once."""
        tasks = (each.elements.get(element) for each in self.bundle.processes.values())
        kind = next((found.properties["encloses"] for found in tasks if found and "encloses" in found.properties), None)
        if kind and task not in self._enclosed:
            self._enclosed.add(task)
            title = next(each.title.vi for each in replies(self.bundle).values() if each.task == element)
            number, name = self._number(step), f"{kind}.pdf"
            dossiers.attach_paper(self.db, actor, number, kind, title, name, sample_paper(title))

    def _with_sheet(self, step: Step, element: str) -> dict[str, Any]:
        """The answers with a full eligibility sheet, where the form has one and the story says nothing of it."""
        facts, form = observe(self.db, self._number(step)).facts, self.bundle.forms[element]
        movement = self.bundle.movements.get(facts.text("dossier.movement") or "")
        told = movement.told if movement else {}
        return filled(facts, form.schema, self._answers[element], told, EVIDENCE)

    def _task(self, step: Step, actor: Actor, element: str) -> str:
        number = self._number(step)
        found = (open_task(self.db, number, element, login) for login in actor.logins)
        task = next(filter(None, found), None)
        if task is None:
            waiting = ", ".join(observe(self.db, number).open) or "nothing"
            raise StoryFailed(
                self._says(step, f"«{element}» of {number} is not open for {actor.login}; open: {waiting}")
            )
        return task

    def _number(self, step: Step) -> str:
        return self.aliases[str(step.told["on"])]

    def _with_numbers(self, answers: dict[str, Any]) -> dict[str, Any]:
        chosen = answers.get("dossiers")
        return {**answers, "dossiers": [self.aliases.get(each, each) for each in chosen]} if chosen else answers
