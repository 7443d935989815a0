"""The demo: fictional people, the procedure as shipped, and stories told side by side until Thursday 13/01/2022."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from workflows.definitions import Bundle
from workflows.domain.calendar import LOCAL
from workflows.domain.person import Person
from workflows.operations import accounts, clock, deploy
from workflows.settings import Settings
from workflows.store.session import Database
from workflows.stories.player import Player
from workflows.stories.story import Story, read_story

TODAY = datetime(2022, 1, 13, 8, 0, tzinfo=LOCAL)


def prepare(db: Database, bundle: Bundle, starts: datetime) -> None:
    """An empty database with the people of the bundle's demo, its procedure deployed, and a clock that reads `starts`."""
    clock.create_clock(db, starts=starts.astimezone(UTC))
    for unit in bundle.demo.get("units", ()):
        accounts.add_unit(db, code=unit["key"], name=unit["name"]["vi"], kind=unit["kind"], has_seal=unit["has_seal"])
    for person in bundle.demo.get("people", ()):
        accounts.add_person(db, _person(person))
    deploy.deploy(db, bundle, by="quan_tri")


def load_demo(db: Database, settings: Settings, bundle: Bundle, say: Callable[[str], None]) -> None:
    """Fill an empty database with the demo, through the real operations; says how far it is."""
    stories = [
        story for story in (read_story(name, told) for name, told in bundle.scenarios.items()) if story.starts < TODAY
    ]
    prepare(db, bundle, min((story.starts for story in stories), default=TODAY))
    play_side_by_side(db, settings, bundle, stories, say)
    clock.set_clock(db, TODAY.astimezone(UTC))


def play_side_by_side(
    db: Database, settings: Settings, bundle: Bundle, stories: Iterable[Story], say: Callable[[str], None]
) -> None:
    """Play stories in the order of their instants, so that the clock only goes forward; steps after TODAY are left."""
    players = [Player(db, settings, bundle, story) for story in stories]
    total = sum(len(player.story.steps) for player in players)
    played = 0
    while waiting := [player for player in players if not player.is_over and player.due <= TODAY]:
        min(waiting, key=lambda player: player.due).step()
        played += 1
        if played % 10 == 0 or played == total:
            say(f"demo: {played} of {total} steps")


def _person(told: dict[str, object]) -> Person:
    title = told.get("title")
    door = told.get("door")
    return Person(
        login=str(told["login"]),
        name=str(told["name"]),
        title=str(title["vi"] if isinstance(title, dict) else title or ""),
        unit=str(told["unit"]) if told.get("unit") else None,
        groups=tuple(str(group) for group in told.get("groups", ())),  # type: ignore[attr-defined]
        door={"group": DOORS.get(str(door), "work"), "tries": told.get("tries", [])} if door else None,
    )


DOORS = {"handle": "work", "administer": "admin", "audit": "audit", "work": "work", "admin": "admin"}
