"""The demo: fictional people, the procedure as shipped, and stories told side by side until Thursday 13/01/2022."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from workflows.definitions import Bundle
from workflows.domain.calendar import LOCAL
from workflows.domain.errors import DefinitionRejected
from workflows.domain.filling import filled
from workflows.domain.person import Person
from workflows.operations import accounts, clock, deploy
from workflows.queries.observation import open_task
from workflows.settings import Settings
from workflows.store.session import Database
from workflows.stories.example_rounds import round_steps
from workflows.stories.examples import Cast, dossier_steps, told_steps
from workflows.stories.player import Player
from workflows.stories.story import Step, Story, read_story

TODAY = datetime(2022, 1, 13, 8, 0, tzinfo=LOCAL)
EXAMPLES = "demo"


class InvitationLost(DefinitionRejected):
    """The demo's door invites {login} to «{task}» of {number}, which is not open for them."""


def prepare(db: Database, bundle: Bundle, starts: datetime, *, loading: bool = False) -> None:
    """An empty database with the people of the demo, its procedure deployed, and a clock that reads `starts`.

    `loading` is noted at the door until it is opened with invitations, so that a load that ended early is known.
    """
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
    open_door(db, bundle, {}, loading=loading)
    deploy.deploy(db, bundle, by="quan_tri")


def load_demo(db: Database, settings: Settings, bundle: Bundle, say: Callable[[str], None]) -> None:
    """Fill an empty database with the demo, through the real operations; says how far it is."""
    stories = stories_of(bundle)
    prepare(db, bundle, min((story.starts for story in stories), default=TODAY), loading=True)
    players = play_side_by_side(db, settings, bundle, stories, say)
    clock.set_clock(db, TODAY.astimezone(UTC))
    open_door(db, bundle, numbers_of(players))


def stories_of(bundle: Bundle, told: Mapping[str, Any] | None = None) -> list[Story]:
    """The scenarios that the demo (or the part of it that is `told`) names, and one story of all its examples.

    Raises StoryRejected.
    """
    told = bundle.demo if told is None else told
    stories = [read_story(name, bundle.scenarios[name]) for name in told.get("stories", ())]
    if told.get("examples"):
        steps = sorted(_steps(told, next(iter(bundle.movements))), key=lambda step: str(step["at"]))
        stories.append(read_story(EXAMPLES, {"title": told["note"], "starts": steps[0]["at"], "step": steps}))
    return stories


def part_of(demo: Mapping[str, Any], aliases: Collection[str]) -> dict[str, Any]:
    """What a demo tells of these examples alone, with the rounds they have to themselves."""
    return {
        **demo,
        "stories": [],
        "acts": [],
        "examples": [each for each in demo["examples"] if each["as"] in aliases],
        "rounds": [each for each in demo.get("rounds", ()) if each.get("of") in aliases],
    }


def play_side_by_side(
    db: Database, settings: Settings, bundle: Bundle, stories: Sequence[Story], say: Callable[[str], None]
) -> list[Player]:
    """Play stories in the order of their instants, so that the clock only goes forward; steps after TODAY are left."""
    players = [Player(db, settings, bundle, story) for story in stories]
    steps = sum(len(player.story.steps) for player in players)
    left = Counter(about for player in players for about in _opened(player.story))
    dossiers, played = len(left), 0
    while waiting := [player for player in players if not player.is_over and player.due <= TODAY]:
        player = min(waiting, key=lambda player: player.due)
        left -= Counter([(player.story.name, _about(player.next_step))])
        player.step()
        played += 1
        if played % 20 == 0 or played == steps:
            say(f"demo: {dossiers - len(left)} of {dossiers} dossiers ({played} of {steps} steps)")
    return players


def _opened(story: Story) -> Iterator[tuple[str, str]]:
    """The dossiers that a story opens, each as often as a step is about it."""
    opened = {step.told["open"]["as"] for step in story.steps if step.act == "open"}
    return ((story.name, about) for step in story.steps if (about := _about(step)) in opened)


def _about(step: Step) -> str:
    return str(step.told["open"]["as"] if step.act == "open" else step.told.get("on", ""))


def numbers_of(players: Sequence[Player]) -> dict[str, str]:
    """The numbers that dossiers and rounds got, by their alias; those of a scenario begin with its name."""
    return {
        alias if player.story.name == EXAMPLES else f"{player.story.name}_{alias}": number
        for player in players
        for alias, number in player.aliases.items()
    }


def open_door(db: Database, bundle: Bundle, numbers: Mapping[str, str], *, loading: bool = False) -> None:
    """Enter the people of the demo; what the door invites them to try names dossiers by `numbers`, if there are any.

    Raises InvitationLost for an invitation to a task that is not there for whom it invites.
    """
    for person in bundle.demo.get("people", ()):
        door: dict[str, object] | None = None
        if "door" in person:
            door = {"group": person["door"], "tries": _tries(db, person, numbers), "loading": loading}
        accounts.add_person(db, _person(person, door))


def _steps(demo: Mapping[str, Any], movement: str) -> Iterator[dict[str, Any]]:
    cast, examples = Cast(demo), {each["as"]: each for each in demo["examples"]}
    for example in examples.values():
        yield from dossier_steps(example, cast, movement)
    for each in demo.get("rounds", ()):
        yield from round_steps(each, examples, cast)
    yield from told_steps({"then": demo.get("acts", ())})


def _person(told: Mapping[str, Any], door: Mapping[str, object] | None) -> Person:
    return Person(
        login=str(told["login"]),
        name=str(told["name"]),
        title=str(told["title"]["vi"]),
        unit=told.get("unit"),
        groups=tuple(told.get("groups", ())),
        citizen_id=told.get("citizen_id"),
        door=door,
    )


def _tries(db: Database, told: Mapping[str, Any], numbers: Mapping[str, str]) -> list[dict[str, str]]:
    """What the door invites a person to try, once there is something to try it on."""
    return [
        {language: filled(str(each[language]), numbers) for language in ("vi", "en")}
        | {"to": _address(db, str(told["login"]), each, numbers)}
        for each in told.get("tries", ())
        if numbers
    ]


def _address(db: Database, login: str, told: Mapping[str, Any], numbers: Mapping[str, str]) -> str:
    """Where one invitation leads: to the page it names, or to the open task of that element."""
    if "task" not in told:
        return filled(str(told["to"]), numbers)
    task = open_task(db, numbers[told["on"]], told["task"], login)
    if task is None:
        raise InvitationLost(login=login, task=told["task"], number=numbers[told["on"]])
    return f"/tasks/{task}/"
