"""A story told again from another day: the same acts under the law of that day; it compares no days and no money."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import zip_longest
from typing import Any

from workflows.definitions import Bundle
from workflows.domain.calendar import local_day
from workflows.domain.text import Text
from workflows.stories.story import Step, Story, StoryRejected, read_story

COMPARED = frozenset({"status", "open", "closed", "end", "papers", "refused", "fields", "decided", "stopped"})
WEEK = 7


def every_story(bundle: Bundle) -> dict[str, Story]:
    """The stories of a bundle by name, each followed by itself `also_from` other days. Raises StoryRejected."""
    return {story.name: story for name, told in bundle.scenarios.items() for story in _stories(name, told)}


def told_again(story: Story, day: date) -> Story:
    """The story as it begins on `day`, every day in it moved by as much. Raises StoryRejected."""
    moved = day - local_day(story.starts)
    if moved.days % WEEK:
        raise StoryRejected(story=story.name, step=0, why=f"it is told again from {day}, which is another weekday")
    return replace(
        story,
        name=f"{story.name}@{day}",
        title=Text(f"{story.title.vi} (từ {day:%d/%m/%Y})", f"{story.title.of('en')} (from {day:%d/%m/%Y})"),
        starts=story.starts + moved,
        steps=tuple(_moved(step, moved) for step in story.steps),
    )


def answered_again(before: Mapping[str, Any], changed: Mapping[str, Any]) -> dict[str, Any]:
    """The answers given before, with what is changed in them, row by row in a table; an empty text empties one."""
    merged = {**before}
    for name, answer in changed.items():
        if answer == "":
            merged.pop(name, None)
        elif isinstance(answer, list) and all(isinstance(row, Mapping) for row in answer) and name in before:
            merged[name] = [*_rows(before[name], answer)]
        else:
            merged[name] = answer
    return merged


def _rows(before: Sequence[Any], changed: Sequence[Any]) -> Iterator[Any]:
    for old, new in zip_longest(before, changed):
        both = isinstance(old, Mapping) and isinstance(new, Mapping)
        yield answered_again(old, new) if both else (old if new is None else new)


def _stories(name: str, told: Mapping[str, Any]) -> Iterator[Story]:
    story = read_story(name, told)
    yield story
    yield from (told_again(story, day) for day in told.get("also_from", ()))


def _moved(step: Step, moved: timedelta) -> Step:
    expect = {name: wanted for name, wanted in step.expect.items() if name in COMPARED}
    if "lines" in step.expect:
        kept = ("line", "verdict")
        expect["lines"] = [{name: line[name] for name in kept if name in line} for line in step.expect["lines"]]
    return replace(step, at=step.at and step.at + moved, told=_days_moved(step.told, moved), expect=expect)


def _days_moved(told: Any, moved: timedelta) -> Any:
    match told:
        case date():
            return told + moved
        case list():
            return [_days_moved(each, moved) for each in told]
        case dict():
            return {name: _days_moved(each, moved) for name, each in told.items()}
        case _:
            return told
