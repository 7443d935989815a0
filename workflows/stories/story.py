"""A story as a lawyer writes it, read from TOML; it refuses words it does not know."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from workflows.definitions import BundleRejected
from workflows.definitions.shape import STORY, shaped
from workflows.domain.errors import DefinitionRejected
from workflows.domain.text import Text

WAIT = re.compile(r"(\d{1,3}) (working days|days|weeks?)")
ACTS = (
    "open",
    "procedure",
    "claim",
    "save",
    "do",
    "attach",
    "round",
    "find",
    "withdraw",
    "look",
    "launch",
    "urge",
    "end_movement",
    "remind",
    "suspend",
    "letter",
    "hand_over",
    "declare",
    "recuse",
    "override",
    "substitute",
    "dissolve",
)
DAYS = {"days": 1, "week": 7, "weeks": 7}
WORDS = frozenset({*ACTS, "at", "wait", "by", "on", "answers", "answers_again", "without_paper", "lines", "expect"})
EXPECTED = frozenset(
    {
        *("status", "open", "facts", "due", "closed", "end", "papers", "lines", "rules", "stopped"),
        *("refused", "fields", "decided"),
    }
)


class StoryRejected(DefinitionRejected):
    """Story «{story}», step {step}: {why}"""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: when, who, what, and what is then expected."""

    number: int
    act: str
    by: tuple[str, ...]
    told: Mapping[str, Any]
    at: datetime | None = None
    working_days: int = 0
    days: int = 0
    expect: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Story:
    """A story with its name, the instant at which it begins, and its steps."""

    name: str
    title: Text
    starts: datetime
    steps: tuple[Step, ...]
    parameters: Mapping[str, str] = field(default_factory=dict)


def read_story(name: str, told: Mapping[str, Any]) -> Story:
    """A story from its TOML. Raises StoryRejected that names the step."""
    try:
        shaped(f"scenarios/{name}.toml", told, STORY)
    except BundleRejected as error:
        raise StoryRejected(story=name, step=0, why=error.about["why"]) from error
    steps = tuple(_step(name, number, each) for number, each in enumerate(told.get("step", ()), 1))
    return Story(name, Text.read(told["title"]), _instant(name, 0, told["starts"]), steps, told.get("parameters", {}))


def _instant(story: str, step: int, written: str) -> datetime:
    with suppress(ValueError):
        instant = datetime.fromisoformat(written)
        if instant.tzinfo is not None:
            return instant
    raise StoryRejected(story=story, step=step, why=f"write «{written[:40]}» as «2021-10-25T08:00+07:00»")


def _step(story: str, number: int, told: Mapping[str, Any]) -> Step:
    unknown = sorted(set(told) - WORDS) + sorted(set(told.get("expect", {})) - EXPECTED)
    if unknown:
        raise StoryRejected(story=story, step=number, why=f"«{unknown[0]}» is not a word of stories")
    acts = [act for act in ACTS if act in told]
    if len(acts) != 1:
        raise StoryRejected(story=story, step=number, why=f"a step does one of {', '.join(ACTS)}")
    wait = WAIT.fullmatch(str(told.get("wait", "0 days")))
    if wait is None:
        raise StoryRejected(story=story, step=number, why="write a wait as «3 working days» or «2 days»")
    by = told.get("by", ())
    return Step(
        number,
        acts[0],
        (by,) if isinstance(by, str) else tuple(by),
        told,
        _instant(story, number, told["at"]) if "at" in told else None,
        int(wait[1]) if wait[2] == "working days" else 0,
        int(wait[1]) * DAYS.get(wait[2], 0),
        told.get("expect", {}),
    )


def plain(value: Any) -> Any:
    """A TOML value as the JSON that a form takes: days become ISO texts."""
    match value:
        case date():
            return value.isoformat()
        case list():
            return [plain(each) for each in value]
        case dict():
            return {name: plain(each) for name, each in value.items()}
        case _:
            return value
