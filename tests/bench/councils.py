"""Review rounds whose council of five is about to vote, on a database that survives a power cut."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import structlog
from sqlalchemy import text

from workflows.definitions import Bundle, load_bundle, shipped
from workflows.domain.actor import Actor
from workflows.queries.accounts import actor_named
from workflows.settings import Settings
from workflows.store import schema
from workflows.store.embedded import Embedded
from workflows.store.session import Database
from workflows.stories import Player, Story, prepare, read_story
from workflows.stories.story import Step

FIVE = ("giam_doc", "chanh_vp", "uy_vien_1", "uy_vien_2", "uy_vien_3")
OPEN = text(
    """select t.id, t.assignee from user_task t where t.element = 'cast_ballot' and t.state = 'open'
order by t.instance_id, t.assignee"""
)


@dataclass(frozen=True, slots=True)
class Ballot:
    """An open ballot and the member whose it is."""

    task: str
    member: Actor


@contextmanager
def councils(folder: Path, rounds: int) -> Iterator[tuple[Database, Database]]:
    """Two databases that are equal to the byte, each with as many rounds in which nobody has voted yet."""
    folder.chmod(0o711)
    with Embedded(folder / "server") as server:
        schema.upgrade(server.url)
        bundle = load_bundle(shipped())
        fill(Database(server.url), with_five(bundle), rounds)
        ours, bare = (Database(schema.copy(server.url, name)) for name in ("ours", "bare"))
        yield ours, bare
        ours.close()
        bare.close()


def fill(db: Database, bundle: Bundle, rounds: int) -> None:
    """Play the ordinary story as often as that, each time until the ballots are open."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    story = until_ballots(read_story("t01", bundle.scenarios["t01"]))
    prepare(db, bundle, story.starts)
    for _ in range(rounds):
        Player(db, Settings(), bundle, story).play()
    db.close()


def ballots(db: Database) -> list[Ballot]:
    """The open ballots, round by round."""
    with db.read() as tx:
        rows = tx.execute(OPEN).all()
    members = {login: actor_named(db, login) for login in FIVE}
    return [Ballot(str(row.id), member) for row in rows if (member := members[row.assignee]) is not None]


def with_five(bundle: Bundle) -> Bundle:
    """The bundle with a council of five in its demo."""
    people = [
        each if each["login"] in FIVE else {**each, "groups": [group for group in each["groups"] if group != "council"]}
        for each in bundle.demo["people"]
    ]
    return replace(bundle, demo={**bundle.demo, "people": people})


def until_ballots(story: Story) -> Story:
    """The story up to its first ballot, with the five present."""
    before = next(number for number, step in enumerate(story.steps) if step.told.get("do") == "cast_ballot")
    return replace(story, steps=tuple(_five_present(step) for step in story.steps[:before]))


def _five_present(step: Step) -> Step:
    answers = step.told.get("answers", {})
    if "present" not in answers:
        return step
    return replace(step, told={**step.told, "answers": {**answers, "present": list(FIVE)}}, expect={})
