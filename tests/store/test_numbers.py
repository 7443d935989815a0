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


def ordinal(number: str) -> int:
    """The place of a matter in its order."""
    return int(number.partition("-")[2])


def following(office: Office, series: str) -> int:
    """The number that would be taken next."""
    with office.db.read() as tx:
        return numbers.following(tx, series, 2021)


def test_dossiers_and_rounds_are_numbered_each_in_their_own_order(shared_office: Office) -> None:
    office = shared_office
    first, between, second = office.unit_opens_dossier(), office.office_opens_round(), office.unit_opens_dossier()

    assert (first[:3], between[:3]) == ("HS-", "ĐX-")
    assert ordinal(second) == ordinal(first) + 1
    assert ordinal(office.office_opens_round()) == ordinal(between) + 1


def test_people_who_open_dossiers_at_once_get_following_numbers(shared_office: Office) -> None:
    last = ordinal(shared_office.unit_opens_dossier())

    opened = at_once(*(partial(shared_office.unit_opens_dossier, by) for by in ("don_vi_a", "don_vi_c") * 4))

    assert sorted(ordinal(str(number)) for number in opened) == [last + place for place in range(1, 9)]


def test_a_dossier_that_could_not_be_opened_leaves_no_gap(shared_office: Office) -> None:
    last = ordinal(shared_office.unit_opens_dossier())
    with broken(shared_office, "history"), pytest.raises(DBAPIError):
        shared_office.unit_opens_dossier()

    assert ordinal(shared_office.unit_opens_dossier()) == last + 1


def test_arrivals_at_the_same_time_are_numbered_without_a_gap(shared_office: Office) -> None:
    office, first = shared_office, following(shared_office, "arrival")
    waiting = [office.dossier_at("receive_dossier") for _ in range(6)]

    at_once(*(partial(office.completes, "receive_dossier", number) for number in waiting))

    taken = sorted(str(office.observed(number).facts.get("dossier.arrival_no")) for number in waiting)
    assert taken == [f"{first + place:02d}" for place in range(6)]


def test_the_number_shown_before_is_the_one_taken_when_nobody_comes_between(shared_office: Office) -> None:
    office, shown = shared_office, following(shared_office, "decision")
    found = office.round_at("number_decision")
    office.completes("number_decision", found)

    assert following(office, "decision") == shown + 1
    assert office.observed(found).facts.get("number_decision.number") == f"{shown:02d}/QĐ-SLĐTBXH"


def test_a_number_taken_waits_for_the_one_before_to_be_kept_or_given_back(shared_office: Office) -> None:
    office, shown = shared_office, following(shared_office, "arrival")
    with office.tables() as tx:
        assert numbers.take(tx, "arrival", 2021) == shown
        with office.tables() as other:
            other.execute(text("set local lock_timeout = '50ms'"))
            with pytest.raises(DBAPIError, match="lock timeout"):
                numbers.take(other, "arrival", 2021)
            other.rollback()
        tx.rollback()

    assert following(office, "arrival") == shown


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
