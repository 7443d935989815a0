"""Days as people write them."""

from datetime import date

import pytest

from workflows.domain.days import DayUnreadable, day_asked, read_day


@pytest.mark.parametrize("written", ["13/01/2022", "13.1.2022", "13-01-2022", " 2022-01-13 "])
def test_a_day_is_read_as_people_write_it(written: str) -> None:
    assert read_day(written) == date(2022, 1, 13)


@pytest.mark.parametrize("written", ["", "31/02/2022", "01/13/2022", "13/01-2022", "20220113", "13/01/22", "hôm nay"])
def test_what_is_no_day_is_none_and_refused_with_its_text(written: str) -> None:
    assert read_day(written) is None
    with pytest.raises(DayUnreadable, match="for example 13/01/2022"):
        day_asked(written)
