"""A part of the demo as loaded, quick enough for every day; tests/web/test_demo.py loads the whole of it."""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from workflows.definitions import load_bundle, shipped
from workflows.queries.accounts import actor_named, demo_people
from workflows.queries.clock import is_half_loaded
from workflows.queries.dossiers import dossiers
from workflows.queries.observation import numbers, observe
from workflows.queries.verification import verify
from workflows.settings import Settings
from workflows.store.session import Database
from workflows.stories import load_demo
from workflows.stories.demo import part_of, play_side_by_side, prepare, stories_of

TOLD = ("nhap_ncc", "vay_von", "mo_liet_si", "da_khen_roi", "cuu_nguoi", "qua_suoi_lu", "khu_cach_ly_chay")


@pytest.fixture(scope="module")
def demo(fresh_database: Callable[[], str]) -> Iterator[Database]:
    """Some examples of the demo, with the rounds they have to themselves."""
    db, bundle = Database(fresh_database()), load_bundle(shipped())
    stories = stories_of(bundle, part_of(bundle.demo, TOLD))
    prepare(db, bundle, stories[0].starts)
    play_side_by_side(db, Settings(), bundle, stories, lambda _said: None)
    yield db
    db.close()


def test_a_part_of_the_demo_goes_as_it_is_told(demo: Database) -> None:
    auditor = actor_named(demo, "kiem_tra")
    assert auditor
    assert Counter(row.status for row in dossiers(demo, auditor, size=100).rows) == {
        "dang-soan": 1,
        "cho-tiep-nhan": 1,
        "tra-lai": 1,
        "khong-dat": 1,
        "cho-ky": 1,
        "tam-dung": 1,
        "da-khen": 1,
    }


def test_a_package_left_for_the_province_and_every_history_is_whole(demo: Database) -> None:
    outside = [number for number in numbers(demo) if observe(demo, number).status == "co-quan-ngoai"]
    assert len(outside) == 1
    assert all(found.ok for found in verify(demo, ()))


def test_the_door_has_people_and_invites_to_nothing_that_is_not_there(demo: Database) -> None:
    people = demo_people(demo)
    assert {person.group for person in people} == {"work", "admin", "audit"}
    assert all(person.tries == () for person in people)


def test_a_load_that_ended_early_is_known_and_one_that_was_prepared_only_is_none(
    demo: Database, fresh_database: Callable[[], str]
) -> None:
    def stop(said: str) -> None:
        raise KeyboardInterrupt(said)

    db = Database(fresh_database())
    assert not is_half_loaded(db)
    bundle = load_bundle(shipped())
    with pytest.raises(KeyboardInterrupt):
        load_demo(db, Settings(), bundle, stop)
    assert is_half_loaded(db)
    db.close()
    assert not is_half_loaded(demo)
