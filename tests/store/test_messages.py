"""Messages between matters: early ones wait, each is taken once, and none is lost while its receiver is stopped."""

from functools import partial

import pytest
from sqlalchemy import text

from tests.answers import ad_hoc
from tests.store.tables import at_once
from tests.story import Office
from workflows.domain.errors import AlreadyDecided
from workflows.jobs.tasks import connector
from workflows.operations.delivery import deliver_message
from workflows.operations.service_tasks import finish_service_task, service_task

LAST = "select max(id) from message where sender = :number"
TAKEN_BY = "select taken_by from message where id = :id"


@pytest.fixture
def office(shared_office: Office) -> Office:
    """One office for all these tests: each looks at its own matters."""
    return shared_office


def sent(office: Office, name: str, number: str) -> int:
    """A message to a matter from somewhere outside; its id."""
    add = """insert into message (name, key, sender, payload, sent_at)
values (:name, :number, 'ĐX-9999', '{}', now()) returning id"""
    with office.tables() as tx:
        return int(tx.execute(text(add), {"name": name, "number": number}).scalar_one())


def known_as(office: Office, number: str, kind: str) -> None:
    """The kind of a dossier is changed behind the back of everybody."""
    change = """update fact set value = cast(:kind as jsonb) where name = 'dossier.kind'
and instance_id = (select id from instance where number = :number)"""
    with office.tables() as tx:
        tx.execute(text(change), {"kind": kind, "number": number})


def concluded(office: Office) -> tuple[str, str, int]:
    """A dossier, its round that has just ended, and the message with the result, which nobody has delivered yet."""
    waiting = office.dossier_at(None)
    found = office.round_at("number_decision", waiting)
    office.completes("number_decision", found)
    asked = office.jobs("run_service")[-1]
    instance, task = asked["instance"], asked["task"]
    job = service_task(office.db, instance, task)
    assert job is not None
    assert finish_service_task(office.db, instance, task, job, connector(job.operation).perform(job.request))
    return waiting, found, office.asks(LAST, number=found)


def test_a_dossier_that_is_ready_waits_until_a_round_gathers_it(office: Office) -> None:
    waiting = office.dossier_at(None)
    message = office.asks(LAST, number=waiting)

    assert deliver_message(office.db, message) is False
    assert office.asks(TAKEN_BY, id=message) is None
    found = office.round_at("cast_ballot", waiting)

    assert office.asks(TAKEN_BY, id=message) == found


def test_a_result_is_delivered_once(office: Office) -> None:
    waiting = office.dossier_at(None)
    found = office.round_at("cast_ballot", waiting)
    office.comes_to(found, None)
    message = office.asks(LAST, number=found)
    told = len(office.history(waiting))

    ends = at_once(*(partial(deliver_message, office.db, message) for _ in range(3)))

    assert ends == [False] * 3
    assert office.asks(TAKEN_BY, id=message) == waiting
    assert len(office.history(waiting)) == told


def test_an_early_message_waits_until_somebody_awaits_it(office: Office) -> None:
    number = office.dossier_at("appraise_dossier")
    early = sent(office, "round_concluded", number)
    assert deliver_message(office.db, early) is False

    office.completes("appraise_dossier", number)
    office.works()

    assert office.asks(TAKEN_BY, id=early) == number
    assert office.observed(number).open == ("appraise_dossier",), "a result that decides no line leaves all to be done"


def test_a_message_to_nobody_goes_on_waiting(office: Office) -> None:
    assert deliver_message(office.db, sent(office, "round_concluded", "HS-9999")) is False
    assert deliver_message(office.db, 999_999) is False


def test_a_message_that_came_while_a_matter_was_stopped_is_delivered_after_the_retry(office: Office) -> None:
    number = office.dossier_at("appraise_dossier")
    known_as(office, number, "null")
    office.completes("appraise_dossier", number)
    assert "choose_review" in str(office.observed(number).stopped)
    message = sent(office, "dossier_withdrawn", number)
    assert deliver_message(office.db, message) is False

    known_as(office, number, '"thematic"')
    office.retries(number)
    office.works()

    assert office.asks(TAKEN_BY, id=message) == number
    assert office.observed(number).end == "dossier_withdrawn"


def test_a_dossier_whose_result_is_on_its_way_is_not_withdrawn_any_more(office: Office) -> None:
    waiting, found, message = concluded(office)
    assert office.observed(found).is_closed
    assert office.observed(waiting).status == "cho-hoi-dong"

    with pytest.raises(AlreadyDecided):
        office.withdraws(waiting)
    assert deliver_message(office.db, message) is True


def test_a_withdrawn_dossier_is_not_offered_to_a_round_any_more(office: Office) -> None:
    waiting = office.dossier_at(None)

    office.withdraws(waiting)

    assert office.asks(TAKEN_BY, id=office.asks(LAST, number=waiting)) == "withdrawn"
    assert office.observed(waiting).end == "dossier_withdrawn"
    assert [line.status for line in office.observed(waiting).facts.lines] == ["withdrawn"]


def test_a_dossier_withdrawn_from_its_round_leaves_the_vote_to_the_others(office: Office) -> None:
    leaving, staying = office.dossier_at(None), office.dossier_at(None, by="don_vi_c")
    found = office.round_at("cast_ballot", leaving, staying)

    office.withdraws(leaving)
    office.comes_to(found, None)

    assert [line.status for line in office.observed(found).facts.lines] == ["passed", "withdrawn"]
    assert (office.observed(leaving).status, office.observed(staying).status) == ("da-rut", "da-khen")
    assert office.verified(found).ok


def test_an_ad_hoc_dossier_begins_its_own_round_once(office: Office) -> None:
    number = office.dossier_at(None, answers=ad_hoc(office.today))
    found = office.round_of(number)
    office.works()

    assert office.observed(found).open == ("draft_decision",)
    assert office.asks("select count(*) from round_line where dossier = :number", number=number) == 1
    assert [line.dossier for line in office.observed(found).facts.lines] == [number]


def test_a_message_after_the_end_changes_nothing(office: Office) -> None:
    found = office.round_at("cast_ballot")
    office.comes_to(found, None)
    told = len(office.history(found))
    late = sent(office, "round_concluded", found)

    assert deliver_message(office.db, late) is False
    assert office.asks(TAKEN_BY, id=late) is None
    assert len(office.history(found)) == told
