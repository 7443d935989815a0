"""Incidents in the office: only the matter they happen in stops, no answer is lost, an administrator has it go on."""

import pytest
from sqlalchemy import text

from tests.answers import dossier
from tests.story import Office
from workflows.domain.errors import NotAllowed, NotStopped
from workflows.domain.form import EntriesRefused
from workflows.operations import incidents, timers
from workflows.queries.inbox import inbox
from workflows.queries.incidents import incidents as stopped


@pytest.fixture(autouse=True)
def any_year(request: pytest.FixtureRequest) -> None:
    """The clerk of these offices may date a decision in any year."""
    name = "office" if "office" in request.fixturenames else "shared_office"
    request.getfixturevalue(name).dates_freely()


def decided_in_another_age(office: Office, number: str) -> str:
    """A round whose decision bears a date for which the bundle has no law; returns the round's number."""
    found = office.round_at("number_decision", number)
    office.completes("number_decision", found, answers={"decision_date": "2031-01-01"})
    return found


def corrected(office: Office, number: str) -> None:
    """Somebody with the keys of the database sets the date right."""
    with office.tables() as tx:
        tx.execute(
            text(
                """update fact set value = '{"date": "2021-10-25"}' where name = 'number_decision.decision_date'
and instance_id = (select id from instance where number = :number)"""
            ),
            {"number": number},
        )


def test_a_failing_rule_stops_only_its_own_dossier(shared_office: Office) -> None:
    office, first, second = shared_office, shared_office.dossier_at(None), shared_office.dossier_at(None)
    found = decided_in_another_age(office, first)
    other = office.round_at("number_decision", second)

    assert "2031" in str(office.observed(found).stopped)
    office.comes_to(other, None)

    assert office.observed(other).is_closed
    assert office.observed(second).status == "da-khen"
    assert office.observed(first).status == "cho-hoi-dong"


def test_what_was_answered_before_the_fault_is_kept(shared_office: Office) -> None:
    office = shared_office
    found = decided_in_another_age(office, office.dossier_at(None))

    done = office.history(found, "TaskCompleted")[-1]
    assert done["event"]["answers"]["decision_date"] == "2031-01-01"
    assert office.observed(found).facts.get("number_decision.number") is not None
    assert office.history(found, "IncidentRaised")[-1]["seq"] > done["seq"]
    assert office.verified(found).ok


def test_an_administrator_sees_what_stopped_and_why(shared_office: Office) -> None:
    office = shared_office
    found = decided_in_another_age(office, office.dossier_at(None))

    (row,) = [each for each in stopped(office.db, office.person("quan_tri")) if each.number == found]
    assert row.element.vi == "Xác định mức lương cơ sở"
    assert "base_salary" in row.reason
    assert "2031-01-01" in row.reason
    for nosy in ("don_vi_a", "giam_doc", "kiem_tra"):
        with pytest.raises(NotAllowed):
            stopped(office.db, office.person(nosy))
        with pytest.raises(NotAllowed):
            incidents.retry(office.db, office.person(nosy), found)


def test_a_retry_goes_on_once_the_facts_are_right(office: Office) -> None:
    waiting = office.dossier_at(None)
    found = decided_in_another_age(office, waiting)
    office.retries(found)
    assert office.observed(found).stopped is not None

    corrected(office, found)
    office.retries(found)
    office.works()

    assert office.observed(found).is_closed
    assert office.observed(waiting).facts.lines[0].values["decisions.bonus.amount"] == 450_000
    retried = [each["kind"] for each in office.history(found, "IncidentRaised", "IncidentRetried")]
    assert retried == ["IncidentRaised", "IncidentRetried", "IncidentRaised", "IncidentRetried"]
    assert office.verified(found).ok


def test_a_matter_that_did_not_stop_is_not_retried(shared_office: Office) -> None:
    with pytest.raises(NotStopped):
        shared_office.retries(shared_office.dossier_at("receive_dossier"))


def test_no_amount_is_guessed_for_a_household_where_the_law_of_2017_names_none(shared_office: Office) -> None:
    office = shared_office
    told = dossier(office.today)
    told["nominees"][0].update(kind="household", name="Gia đình ông Ví Dụ")
    del told["nominees"][0]["title"]
    found = office.round_at("number_decision", office.dossier_at(None, answers=told))

    office.completes("number_decision", found)

    assert office.observed(found).open == ("decide_bonus",)
    seen = office.observed(found).facts.lines[0].values
    assert seen["decisions.bonus.coefficient"] is None
    assert "decisions.bonus.amount" not in seen

    told = {"amount": 600_000, "decided_by": "Giám đốc Sở", "reason": "Bằng mức của cá nhân, cộng phần hỗ trợ."}
    office.completes("decide_bonus", found, answers=told)
    office.works()

    facts = office.observed(found).facts
    assert facts.lines[0].values["decisions.bonus.amount"] == 600_000
    assert (facts.get("decide_bonus.decided_by"), facts.get("by.decide_bonus")) == ("Giám đốc Sở", "chanh_vp")
    assert office.observed(found).is_closed


def test_deadlines_leave_a_stopped_matter_alone_and_come_back_to_it(office: Office) -> None:
    found = office.round_at("cast_ballot")
    instance = office.asks("select id from instance where number = :number", number=found)
    with office.tables() as tx:
        tx.execute(text("update instance set stopped = 'cast_ballot: a test' where id = :id"), {"id": instance})

    office.waits(working_days=60)
    assert not timers.fire_timers(office.db, instance)
    assert office.observed(found).open == ("cast_ballot",)
    with office.tables() as tx:
        tx.execute(text("update instance set stopped = null where id = :id"), {"id": instance})
    office.waits(days=1)

    assert office.observed(found).open == ("count_ballots",)


def test_a_stopped_matter_has_no_open_tasks_that_only_fail(shared_office: Office) -> None:
    office = shared_office
    found = decided_in_another_age(office, office.dossier_at(None))

    mine = {row.number for row in inbox(office.db, office.person("van_thu"), "pool").rows}
    assert found not in mine


def test_a_day_before_the_dossier_and_any_law_is_refused_where_it_is_entered(shared_office: Office) -> None:
    office, number = shared_office, shared_office.dossier_at("receive_dossier")

    with pytest.raises(EntriesRefused) as refusal:
        office.completes("receive_dossier", number, answers={"received_on": "2021-10-25", "full_on": "2016-01-01"})
    assert "/full_on" in refusal.value.fields
    office.completes("receive_dossier", number)
    office.works()

    assert office.observed(number).open == ("assign_officer",)
