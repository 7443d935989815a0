"""One entry of a TOML file is changed and everything else stays as somebody wrote it."""

from datetime import date

import pytest

from tests.story import procedure
from workflows.definitions import load_files
from workflows.definitions.edited import (
    DaySaysNothing,
    NotOneOfThem,
    Stage,
    StageOutOfOrder,
    with_day,
    with_parameter,
    with_stage,
)
from workflows.domain.errors import NotFound

FILES = procedure().files
BALLOT = "council.ballot_way"


def differing(path: str, content: bytes) -> list[str]:
    """The lines that are new."""
    before = FILES[path].decode().splitlines()
    return [line for line in content.decode().splitlines() if line not in before]


def test_a_parameter_gets_another_of_its_values_and_nothing_else_changes() -> None:
    content = with_parameter(FILES, BALLOT, "secret")
    assert load_files({**FILES, "bundle.toml": content}).parameters[BALLOT] == "secret"
    assert differing("bundle.toml", content) == ['value = "secret"']


def test_a_value_or_a_parameter_that_does_not_exist_is_refused() -> None:
    with pytest.raises(NotOneOfThem):
        with_parameter(FILES, BALLOT, "loud")
    with pytest.raises(NotFound):
        with_parameter(FILES, "council", "open")


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2022, 3, 7), False),  # a Monday made a day off
        (date(2022, 3, 12), True),  # a Saturday worked for it
        (date(2022, 1, 3), True),  # a holiday that is worked after all
        (date(2031, 9, 2), False),  # a year that was not known
    ],
)
def test_a_day_becomes_what_the_decision_says_with_its_source(day: date, working: bool) -> None:  # noqa: FBT001
    content = with_day(FILES, day, working=working, source="QĐ 01")
    bundle = load_files({**FILES, "calendar.toml": content})
    assert bundle.working_days().is_working(day) is working
    assert day.year in (bundle.working_days().years or ())
    assert "QĐ 01" in content.decode()


def test_a_day_that_is_so_already_is_refused() -> None:
    with pytest.raises(DaySaysNothing):
        with_day(FILES, date(2022, 1, 3), working=False, source="QĐ 01")


def test_a_stage_gets_other_days_in_their_order() -> None:
    path = "movements/covid-2021.toml"
    days = Stage(date(2021, 10, 8), date(2022, 1, 31), date(2022, 1, 15))
    content = with_stage(FILES, "covid-2021", "gd1_2021", days)
    stage = load_files({**FILES, path: content}).movements["covid-2021"].told["stages"][0]
    assert (stage["from"], stage["to"], stage["submit_by"]) == (days.begins, days.ends, days.submit_by)
    assert differing(path, content) == ["to = 2022-01-31", "submit_by = 2022-01-15"]
    with pytest.raises(StageOutOfOrder):
        with_stage(FILES, "covid-2021", "gd1_2021", Stage(days.ends, days.begins, days.submit_by))
    with pytest.raises(NotFound):
        with_stage(FILES, "covid-2021", "gd9", days)
