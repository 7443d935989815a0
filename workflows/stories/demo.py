"""The demo: fictional people, the procedure as shipped, and stories told side by side until Thursday 13/01/2022."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from workflows.definitions import Bundle
from workflows.domain.calendar import LOCAL
from workflows.domain.filling import filled
from workflows.domain.person import Person
from workflows.operations import accounts, clock, deploy
from workflows.settings import Settings
from workflows.store.session import Database
from workflows.stories.example_rounds import round_steps
from workflows.stories.examples import Cast, dossier_steps
from workflows.stories.player import Player
from workflows.stories.story import Story, read_story

TODAY = datetime(2022, 1, 13, 8, 0, tzinfo=LOCAL)
EXAMPLES = "demo"


def prepare(db: Database, bundle: Bundle, starts: datetime) -> None:
    """An empty database with the people of the demo, its procedure deployed, and a clock that reads `starts`."""
    clock.create_clock(db, starts=starts.astimezone(UTC))
    for unit in bundle.demo.get("units", ()):
        accounts.add_unit(
            db,
            code=unit["key"],
            name=unit["name"]["vi"],
            kind=unit["kind"],
            has_seal=unit["has_seal"],
            head=unit.get("head"),
        )
    open_door(db, bundle, {})
    deploy.deploy(db, bundle, by="quan_tri")


def load_demo(db: Database, settings: Settings, bundle: Bundle, say: Callable[[str], None]) -> None:
    """Fill an empty database with the demo, through the real operations; says how far it is."""
    stories = stories_of(bundle)
    prepare(db, bundle, min((story.starts for story in stories), default=TODAY))
    players = play_side_by_side(db, settings, bundle, stories, say)
    clock.set_clock(db, TODAY.astimezone(UTC))
    open_door(db, bundle, numbers_of(players))


def stories_of(bundle: Bundle) -> list[Story]:
    """The scenarios that the demo names, and one story of all its examples. Raises StoryRejected."""
    told = bundle.demo
    stories = [read_story(name, bundle.scenarios[name]) for name in told.get("stories", ())]
    if told.get("examples"):
        steps = sorted(_steps(told, next(iter(bundle.movements))), key=lambda step: str(step["at"]))
        stories.append(read_story(EXAMPLES, {"title": told["note"], "starts": steps[0]["at"], "step": steps}))
    return stories


def play_side_by_side(
    db: Database, settings: Settings, bundle: Bundle, stories: Sequence[Story], say: Callable[[str], None]
) -> list[Player]:
    """Play stories in the order of their instants, so that the clock only goes forward; steps after TODAY are left."""
    players = [Player(db, settings, bundle, story) for story in stories]
    total = sum(len(player.story.steps) for player in players)
    played = 0
    while waiting := [player for player in players if not player.is_over and player.due <= TODAY]:
        min(waiting, key=lambda player: player.due).step()
        played += 1
        if played % 20 == 0 or played == total:
            say(f"demo: {played} of {total} steps")
    return players


def numbers_of(players: Sequence[Player]) -> dict[str, str]:
    """The numbers that dossiers and rounds got, by their alias; those of a scenario begin with its name."""
    return {
        alias if player.story.name == EXAMPLES else f"{player.story.name}_{alias}": number
        for player in players
        for alias, number in player.aliases.items()
    }


def open_door(db: Database, bundle: Bundle, numbers: Mapping[str, str]) -> None:
    """Enter the people of the demo; what the door invites them to try names dossiers by `numbers`, if there are any."""
    for person in bundle.demo.get("people", ()):
        accounts.add_person(db, _person(person, numbers))


def _steps(demo: Mapping[str, Any], movement: str) -> Iterator[dict[str, Any]]:
    cast, examples = Cast(demo), {each["as"]: each for each in demo["examples"]}
    for example in examples.values():
        yield from dossier_steps(example, cast, movement)
    for each in demo.get("rounds", ()):
        yield from round_steps(each, examples, cast)


def _person(told: Mapping[str, Any], numbers: Mapping[str, str]) -> Person:
    return Person(
        login=str(told["login"]),
        name=str(told["name"]),
        title=str(told["title"]["vi"]),
        unit=told.get("unit"),
        groups=tuple(told.get("groups", ())),
        citizen_id=told.get("citizen_id"),
        door={"group": told["door"], "tries": _tries(told, numbers)} if "door" in told else None,
    )


def _tries(told: Mapping[str, Any], numbers: Mapping[str, str]) -> list[dict[str, str]]:
    """What the door invites a person to try, once there is something to try it on."""
    if not numbers:
        return []
    return [{language: filled(said, numbers) for language, said in each.items()} for each in told.get("tries", ())]
