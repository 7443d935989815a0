"""An operation happens wholly or not at all: whatever fails, and wherever, nothing of it is in any table."""

from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.answers import appraised
from tests.store.tables import broken, everything
from tests.story import Office
from workflows.domain.errors import InvalidInput
from workflows.store.session import DatabaseUnavailable

ACTS: dict[str, tuple[str, Callable[[Office, str], object]]] = {
    "opens": ("prepare_dossier", lambda office, _: office.unit_opens_dossier()),
    "attaches": ("prepare_dossier", lambda office, number: office.attaches(number, "other")),
    "hands in": ("prepare_dossier", lambda office, number: office.completes("prepare_dossier", number)),
    "receives": ("receive_dossier", lambda office, number: office.completes("receive_dossier", number)),
    "appraises": ("appraise_dossier", lambda office, number: office.completes("appraise_dossier", number)),
    "withdraws": ("appraise_dossier", lambda office, number: office.withdraws(number)),
}


@pytest.mark.parametrize("act", list(ACTS))
@pytest.mark.parametrize(("table", "at_commit"), [("history", False), ("instance", True)])
def test_a_failure_leaves_nothing_behind(shared_office: Office, act: str, table: str, *, at_commit: bool) -> None:
    office, (element, does) = shared_office, ACTS[act]
    number = office.dossier_at(element)
    before = everything(office)

    with broken(office, table, at_commit=at_commit), pytest.raises(DBAPIError, match="the disk is full"):
        does(office, number)

    assert everything(office) == before
    does(office, number)
    assert office.verified(number).ok


def test_a_job_is_asked_for_in_the_transaction_that_causes_it(shared_office: Office) -> None:
    office, number = shared_office, shared_office.dossier_at("appraise_dossier")
    jobs = "select count(*) from procrastinate_jobs"
    before = office.asks(jobs)

    with broken(office, "instance", at_commit=True), pytest.raises(DBAPIError):
        office.completes("appraise_dossier", number)
    assert office.asks(jobs) == before
    office.completes("appraise_dossier", number)

    assert office.asks(jobs) == before + 1


def test_a_refused_form_changes_nothing(shared_office: Office) -> None:
    office, number = shared_office, shared_office.dossier_at("appraise_dossier")
    before = everything(office)

    with pytest.raises(InvalidInput):
        office.completes("appraise_dossier", number, answers={"outcome": "forward", "lines": [appraised(9)]})

    assert everything(office) == before


def test_a_number_of_a_series_goes_back_with_its_transaction(shared_office: Office) -> None:
    office, number = shared_office, shared_office.dossier_at("receive_dossier")
    with broken(office, "history"), pytest.raises(DBAPIError):
        office.completes("receive_dossier", number)

    office.completes("receive_dossier", number)
    following = office.dossier_at("receive_dossier")
    office.completes("receive_dossier", following)

    taken = [int(str(office.observed(each).facts.get("dossier.arrival_no"))) for each in (number, following)]
    assert taken[1] == taken[0] + 1


def test_a_read_cannot_write(shared_office: Office) -> None:
    with pytest.raises(DBAPIError, match="read-only transaction"), shared_office.db.read() as tx:
        tx.execute(text("update clock set ahead = '1 day'"))


def test_a_database_that_is_away_is_said_so(new_office: Callable[[], Office]) -> None:
    office = new_office()
    gone = Office(office.db.url.replace("office_", "nowhere_"))

    with pytest.raises(DatabaseUnavailable):
        gone.unit_opens_dossier()
    office.db.close()
