"""Three laws by three days, stored with the matter; days counted per body; no limit beyond the calendar."""

import re
from datetime import date

import pytest
from sqlalchemy import text

from tests.answers import returned
from tests.story import Office, procedure
from workflows.definitions import load_files
from workflows.domain.errors import CalendarEnds
from workflows.operations import sweeping
from workflows.queries.dossiers import dossier as dossier_page
from workflows.queries.law_and_days import BodyDays, outside_body
from workflows.queries.trace import trace
from workflows.store.bundles import add


def regimes(office: Office, number: str) -> dict[str, object]:
    """What is stored of the three laws."""
    values = office.observed(number).facts.values
    return {name.removeprefix("regime."): value for name, value in values.items() if name.startswith("regime.")}


def body_days(office: Office, number: str, by: str = "chuyen_vien") -> dict[str, BodyDays]:
    """The days of each body as the page of the dossier shows them."""
    return {each.body.of("en"): each for each in dossier_page(office.db, office.person(by), number).law.bodies}


def test_the_law_of_the_criteria_is_known_when_a_dossier_is_opened(shared_office: Office) -> None:
    assert regimes(shared_office, shared_office.unit_opens_dossier()) == {
        "criteria": "r2017",
        "criteria_on": date(2021, 10, 1),
    }


@pytest.mark.parametrize(
    ("day", "rules"),
    [
        ("2023-12-31", "r2017"),
        ("2024-01-01", "r2024"),
        ("2025-06-30", "r2024"),
        ("2025-07-01", "r2025"),
        ("2026-09-30", "r2025"),
        ("2026-10-01", "r2026"),
    ],
)
def test_the_procedure_follows_the_law_of_the_day_of_the_complete_dossier(
    shared_office: Office, day: str, rules: str
) -> None:
    number = shared_office.dossier_at("receive_dossier")

    shared_office.completes("receive_dossier", number, answers={"received_on": day, "full_on": day})

    assert regimes(shared_office, number)["procedure"] == rules
    assert regimes(shared_office, number)["procedure_on"] == date.fromisoformat(day)
    assert regimes(shared_office, number)["criteria"] == "r2017"


def test_the_bonus_follows_the_law_of_the_decision_whatever_the_procedure_followed(shared_office: Office) -> None:
    office = shared_office
    office.dates_freely()
    number = office.dossier_at(None)
    found = office.round_at("number_decision", number)
    office.completes("number_decision", found, answers={"decision_date": "2024-01-02"})
    office.works()

    assert regimes(office, found)["bonus"] == "r2024"
    assert office.observed(found).facts.lines[0].values["decisions.bonus.amount"] == 540_000
    assert regimes(office, number)["procedure"] == "r2017"


def test_the_page_says_each_law_its_day_and_what_is_not_known_yet(shared_office: Office) -> None:
    number = shared_office.dossier_at("assign_officer")

    rows = dossier_page(shared_office.db, shared_office.person("chuyen_vien"), number).law.regimes

    told = [(row.law.vi if row.law else None, row.day) for row in rows]
    day = shared_office.today
    assert told == [("Luật 2003 (sửa đổi 2013), NĐ 91/2017", day), (told[1][0], date(2021, 10, 1)), (None, None)]
    assert rows[1].note is not None


def test_what_becomes_of_pending_dossiers_under_a_new_law_is_shown_not_guessed(office: Office) -> None:
    number = office.dossier_at("receive_dossier")
    office.completes("receive_dossier", number, answers={"received_on": "2026-09-30", "full_on": "2026-09-30"})
    page = dossier_page(office.db, office.person("chuyen_vien"), number)
    assert page.law.notes == ()

    office.waits(days=(date(2026, 10, 1) - office.today).days)

    (note,) = dossier_page(office.db, office.person("chuyen_vien"), number).law.notes
    assert "chưa đối chiếu nguyên văn" in note.vi
    assert regimes(office, number)["procedure"] == "r2025"


def test_days_are_counted_for_the_body_that_had_the_dossier(office: Office) -> None:
    number = office.dossier_at("appraise_dossier")
    office.waits(working_days=3)
    office.completes("appraise_dossier", number, answers=returned(office.observed(number).facts))
    office.works()
    before = body_days(office, number)
    office.waits(working_days=4)
    after = body_days(office, number)

    assert before["Department office"].used == after["Department office"].used == 3
    assert not after["Department office"].has_it
    assert after["Proposing unit"].used == 4
    assert (after["Proposing unit"].has_it, after["Proposing unit"].left) == (True, 6)


def test_days_of_a_task_that_records_an_answer_are_those_of_the_body_that_answers() -> None:
    body = outside_body(procedure(), "province_answer", "record_province_reply")
    assert body is not None
    assert body == procedure().manifest.bodies["province"]
    assert outside_body(procedure(), "handling", "appraise_dossier") is None


def test_the_trace_counts_the_same_days_and_names_the_calendar(office: Office) -> None:
    number = office.dossier_at("appraise_dossier")
    office.waits(working_days=2)

    law = trace(office.db, office.person("kiem_tra"), number).law

    assert {each.body.of("en"): each.used for each in law.bodies}["Department office"] == 2
    assert law.calendar is not None
    assert (law.calendar.version, law.calendar.first, law.calendar.last) == (1, 2021, 2027)
    assert date(2026, 1, 10) in {day for day, _, _ in law.calendar.changes}


def test_a_step_whose_limit_leaves_the_calendar_is_refused_and_nothing_is_lost(office: Office) -> None:
    office.waits(days=(date(2027, 12, 20) - office.today).days)
    number = office.dossier_at("assign_officer")

    with pytest.raises(CalendarEnds, match="2028"):
        office.completes("assign_officer", number)

    assert office.observed(number).open == ("assign_officer",)
    assert office.verified(number).ok


YEAR = re.compile(r"^2022 = \[.*?\]\n", re.DOTALL | re.MULTILINE)


def forgets_2022(office: Office) -> None:
    """From now on matters begin on a version of the procedure whose calendar does not list 2022."""
    told = YEAR.sub("", procedure().files["calendar.toml"].decode(), count=1)
    with office.tables() as tx:
        add(tx, load_files({**procedure().files, "calendar.toml": told.encode()}), "quan_tri", office.now)


def goes_on_with_2022(office: Office, number: str) -> None:
    """The matter goes on under the version whose calendar lists that year."""
    with office.tables() as tx:
        version = "update instance set bundle_id = (select min(id) from bundle) where number = :number"
        tx.execute(text(version), {"number": number})


def tried_again(office: Office, number: str) -> None:
    """The administrator has a matter tried again, and what waits is done."""
    office.retries(number)
    sweeping.sweep(office.db)
    office.works()


@pytest.mark.parametrize("by", ["message", "deadline"])
def test_where_the_system_itself_meets_the_end_of_the_calendar_the_matter_stops_and_goes_on_after_a_retry(
    office: Office, by: str
) -> None:
    forgets_2022(office)
    office.waits(days=(date(2021, 12, 1) - office.today).days)
    number = office.dossier_at(None)
    found = office.round_at("number_decision" if by == "message" else "cast_ballot", number)
    stops, opens = (number, "confirm_spelling") if by == "message" else (found, "count_ballots")
    office.waits(days=(date(2021, 12, 31) - office.today).days)
    if by == "message":
        office.completes("number_decision", found)
        office.works()

    assert "2022" in office.history(stops, "IncidentRaised")[-1]["event"]["reason"]
    if by == "deadline":
        with pytest.raises(CalendarEnds):
            office.retries(stops)
    else:
        tried_again(office, stops)
        assert len(office.history(stops, "IncidentRaised")) == 2
    assert office.observed(stops).stopped is not None, "the year is still missing"

    goes_on_with_2022(office, stops)
    tried_again(office, stops)

    assert office.observed(stops).stopped is None
    assert office.observed(stops).open == (opens,)
    assert office.verified(stops).ok
