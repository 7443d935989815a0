"""The demo as it is told: who stands at the door, what they are invited to, and what the examples cover."""

from collections import Counter

from workflows.definitions import load_bundle, shipped
from workflows.stories.demo import TODAY, stories_of
from workflows.stories.examples import moment

BUNDLE = load_bundle(shipped())
DEMO = BUNDLE.demo
DOOR = [person for person in DEMO["people"] if "door" in person]
ALIASES = {each["as"]: each["as"] for each in (*DEMO["examples"], *DEMO["rounds"])} | {
    "t01_ho_so": "",
    "t01_dot_xet": "",
}


def test_at_most_twelve_people_stand_at_the_door_in_three_groups() -> None:
    assert len(DOOR) <= 12
    assert {person["door"] for person in DOOR} == {"work", "admin", "audit"}


def test_each_is_invited_to_three_things_in_both_languages_about_dossiers_that_exist() -> None:
    for person in DOOR:
        assert len(person["tries"]) == 3, person["login"]
        for invitation in person["tries"]:
            assert set(invitation) in ({"vi", "en", "to"}, {"vi", "en", "task", "on"})
            for language in ("vi", "en"):
                assert len(invitation[language].format_map(ALIASES)) <= 120, invitation


def test_the_examples_come_from_many_units_and_name_nobody_twice() -> None:
    assert len({example["unit"] for example in DEMO["examples"]}) >= 8
    names = Counter(nominee["name"] for example in DEMO["examples"] for nominee in example["nominees"])
    assert names.total() >= 60
    assert [name for name, times in names.items() if times > 1] == []


def test_identity_numbers_are_nobodys() -> None:
    numbers = [nominee.get("citizen_id", "999") for example in DEMO["examples"] for nominee in example["nominees"]]
    assert all(number.startswith("999") for number in numbers)
    given = [number for number in numbers if number != "999"]
    assert len(given) == len(set(given))


def test_everything_is_told_before_the_demo_opens_and_on_working_days() -> None:
    calendar = BUNDLE.working_days()
    for story in stories_of(BUNDLE):
        for step in story.steps:
            assert step.at is None or (step.at < TODAY and calendar.is_working(step.at.date())), step.told


def test_no_dossier_is_opened_in_the_same_moment_as_another() -> None:
    moments = [moment(example["opened"])[0] for example in DEMO["examples"]]
    assert len(set(moments)) == len(moments)
