"""Numbers of dossiers, rounds and yearly series: in order, without gaps, each given once, whatever happens at once."""

from datetime import UTC, datetime
from functools import partial

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.store.tables import at_once, broken
from tests.story import Office
from workflows.operations.clock import set_clock
from workflows.store import numbers


def test_dossiers_and_rounds_are_numbered_each_in_their_own_order(office: Office) -> None:
    opened = [office.unit_opens_dossier(), office.office_opens_round(), office.unit_opens_dossier()]

    assert opened == ["HS-0001", "ĐX-0001", "HS-0002"]


def test_people_who_open_dossiers_at_once_get_following_numbers(office: Office) -> None:
    opened = at_once(*(partial(office.unit_opens_dossier, by) for by in ("don_vi_a", "don_vi_c") * 4))

    assert sorted(map(str, opened)) == [f"HS-{place:04d}" for place in range(1, 9)]


def test_a_dossier_that_could_not_be_opened_leaves_no_gap(office: Office) -> None:
    with broken(office, "history"), pytest.raises(DBAPIError):
        office.unit_opens_dossier()

    assert office.unit_opens_dossier() == "HS-0001"


def test_arrivals_at_the_same_time_are_numbered_without_a_gap(office: Office) -> None:
    waiting = [office.dossier_at("receive_dossier") for _ in range(6)]

    at_once(*(partial(office.completes, "receive_dossier", number) for number in waiting))

    taken = sorted(str(office.observed(number).facts.get("dossier.arrival_no")) for number in waiting)
    assert taken == ["01", "02", "03", "04", "05", "06"]


def test_a_series_begins_again_with_the_year_of_the_office_not_of_the_machine(office: Office) -> None:
    first, second = office.dossier_at("receive_dossier"), office.dossier_at("receive_dossier")
    third = office.dossier_at("receive_dossier")
    office.completes("receive_dossier", first)
    set_clock(office.db, datetime(2021, 12, 31, 16, 59, tzinfo=UTC))
    office.completes("receive_dossier", second)
    set_clock(office.db, datetime(2021, 12, 31, 17, 0, tzinfo=UTC))
    office.completes("receive_dossier", third)

    assert [office.observed(each).facts.get("dossier.arrival_no") for each in (first, second, third)] == [
        "01",
        "02",
        "01",
    ]
    years = [told["event"]["year"] for each in (first, second, third) for told in office.history(each, "NumberTaken")]
    assert years == [2021, 2021, 2022]


def test_the_number_shown_before_is_the_one_taken_when_nobody_comes_between(office: Office) -> None:
    with office.db.read() as tx:
        assert numbers.following(tx, "decision", 2021) == 1
    found = office.round_at("number_decision")
    office.completes("number_decision", found)

    with office.db.read() as tx:
        assert numbers.following(tx, "decision", 2021) == 2
    assert office.observed(found).facts.get("number_decision.number") == "01/QĐ-SLĐTBXH"


def test_a_number_taken_waits_for_the_one_before_to_be_kept_or_given_back(office: Office) -> None:
    with office.tables() as tx:
        assert numbers.take(tx, "arrival", 2021) == 1
        with office.tables() as other:
            other.execute(text("set local lock_timeout = '50ms'"))
            with pytest.raises(DBAPIError, match="lock timeout"):
                numbers.take(other, "arrival", 2021)
            other.rollback()
        tx.rollback()

    with office.tables() as tx:
        assert numbers.take(tx, "arrival", 2021) == 1
