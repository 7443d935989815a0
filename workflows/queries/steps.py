"""The events of a history as the steps people read; technical ones stay apart, facts go with the step they came by."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from workflows.definitions import Bundle
from workflows.domain.actor import SYSTEM
from workflows.domain.facts import from_json
from workflows.domain.text import Text
from workflows.queries.event_words import Telling, detail, outcome, title
from workflows.queries.names import nominee_name

CARRIES_FACTS = frozenset({"TaskCompleted", "MessageReceived", "InstanceStarted", "JobFinished", "DecisionMade"})
NOMINEE = Text("Đối tượng đề nghị", "Nominee")
JOINED = Text("Vào danh sách của đợt, số thứ tự", "Place in the list of the round")
VERDICT = Text("Kết luận", "Verdict")
NOTHING = "–"
SYSTEM_NAME = Text(SYSTEM.name, "System")


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact as it changed; `line` is the nominee it is about."""

    label: Text
    line: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One step of a history."""

    seq: int
    kind: str
    at: datetime
    at_real: datetime
    actor_name: str
    actor_title: str
    on_behalf: str | None
    title: Text
    detail: Text | None
    entries: tuple[Entry, ...]
    technical: bool
    element: str | None
    process: str | None


def steps(
    telling: Telling,
    told: Iterable[Mapping[str, Any]],
    technical: frozenset[str],
    versions: Mapping[str, Bundle] | None = None,
) -> tuple[TraceStep, ...]:
    """The steps in order; a changed fact is an entry of the step before it in the same act.

    `versions`, by checksum, tell each event in the words of the version under which it happened.
    """
    reader = _Reader(telling, technical, versions or {})
    for each in told:
        reader.read(each)
    return tuple(reader.found)


@dataclass(slots=True)
class _Reader:
    """Reads a history once; `decided` holds, by place among the steps, the decision a step tells of."""

    telling: Telling
    technical: frozenset[str]
    versions: Mapping[str, Bundle]
    found: list[TraceStep] = field(default_factory=list)
    decided: dict[int, Mapping[str, Any]] = field(default_factory=dict)

    def read(self, told: Mapping[str, Any]) -> None:
        if known := self.versions.get(told["definition"]):
            self.telling = replace(self.telling, bundle=known)
        match told["kind"]:
            case "FactChanged":
                self._changed(told)
            case "DecisionMade" if told["event"]["line"]:
                self._decided_for_line(told)
            case _:
                self._add(told)

    def _add(self, told: Mapping[str, Any], *, technical: bool = False) -> int:
        kind, event = told["kind"], told["event"]
        if kind == "DecisionMade":
            self.decided[len(self.found)] = event
        self.found.append(
            TraceStep(
                told["seq"],
                kind,
                datetime.fromisoformat(told["at"]),
                datetime.fromisoformat(told["at_real"]),
                SYSTEM_NAME.of(self.telling.locale) if told["actor"]["name"] == SYSTEM.name else told["actor"]["name"],
                told["actor"]["title"],
                self.telling.names.people.get(told["on_behalf_of"], told["on_behalf_of"]),
                title(self.telling, kind, event),
                detail(self.telling, kind, event),
                (),
                (technical or kind in self.technical) and not (kind == "TimerCleared" and event["fired"]),
                event.get("element"),
                event.get("process"),
            )
        )
        return len(self.found) - 1

    def _decided_for_line(self, told: Mapping[str, Any]) -> None:
        """A rule applied to each nominee is one step with an entry for each, and every row that was matched."""
        event, place = told["event"], self._carrier(told)
        if place is None or self.decided.get(place, {}).get("element") != event["element"]:
            place = self._add(told)
        step, more = self.found[place], detail(self.telling, told["kind"], event)
        if step.detail and more and more.vi not in step.detail.vi:
            step = replace(step, detail=Text(f"{step.detail.vi} {more.vi}"))
        nominee = self.telling.nominee(event["line"])
        label = Text(nominee) if nominee else NOMINEE
        self.found[place] = replace(
            step, entries=(*step.entries, Entry(label, "", NOTHING, outcome(self.telling, event, self.telling.locale)))
        )
        self.decided[place] = event

    def _changed(self, told: Mapping[str, Any]) -> None:
        place = self._carrier(told)
        entries = tuple(self._entries(told["event"]))
        if not entries:
            return
        if place is None:
            place = self._add(told, technical=True)
        step = self.found[place]
        self.found[place] = replace(step, entries=(*step.entries, *entries))

    def _carrier(self, told: Mapping[str, Any]) -> int | None:
        at = datetime.fromisoformat(told["at_real"])
        for place in range(len(self.found) - 1, -1, -1):
            if self.found[place].at_real != at:
                return None
            if self.found[place].kind in CARRIES_FACTS:
                return place
        return None

    def _entries(self, event: Mapping[str, Any]) -> Iterator[Entry]:
        fact, line = event["fact"], self.telling.nominee(event["line"])
        if self._is_said(event):
            return
        match fact:
            case "nominee":
                yield from self._nominee(line, event["old"], event["new"])
            case "round.line":
                yield Entry(JOINED, line, NOTHING, str(event["new"]))
            case "verdict":
                yield Entry(
                    VERDICT, line, self._words("line.status", event["old"]), self._words("line.status", event["new"])
                )
            case _:
                yield Entry(
                    self.telling.bundle.label(fact),
                    line,
                    self._words(fact, event["old"]),
                    self._words(fact, event["new"]),
                )

    def _nominee(self, line: str, old: Mapping[str, Any] | None, new: Mapping[str, Any]) -> Iterator[Entry]:
        if old is None:
            about = [str(new[name]) for name in ("position", "place_of_work") if new.get(name)]
            yield Entry(NOMINEE, "", NOTHING, ", ".join([nominee_name(new), *about]))
            return
        for name in {**old, **new}:
            before, after = old.get(name), new.get(name)
            if before != after:
                fact = f"nominee.{name}"
                yield Entry(self.telling.bundle.label(fact), line, self._words(fact, before), self._words(fact, after))

    def _words(self, fact: str, stored: Any) -> str:
        return self.telling.words(fact, stored)

    def _is_said(self, event: Mapping[str, Any]) -> bool:
        """Whether a step already says this: who did it, what a rule answered, or a verdict that leaves things open."""
        fact: str = event["fact"]
        if fact == "verdict":
            return event["old"] is None and from_json(event["new"]) == "open"
        prefix, _, name = fact.rpartition(".")
        tables = self.telling.bundle.tables.get(prefix.removeprefix("decisions."), {}).values()
        is_answer = prefix.startswith("decisions.") and any(o.name == name for table in tables for o in table.outputs)
        return is_answer or fact.startswith(("by.", "for."))
