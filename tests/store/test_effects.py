"""Outside effects: asked for once, done by a job, counted once however often the job runs, and not done for nobody."""

import pytest
from sqlalchemy import text

from tests.story import Office, procedure
from workflows.connectors.contract import Outcome
from workflows.definitions import load_files
from workflows.domain.paper import Notice, Paper
from workflows.engine import NotWaiting
from workflows.jobs.tasks import connector
from workflows.operations.mail import mail_notice
from workflows.operations.service_tasks import Job, finish_service_task, give_up, service_task
from workflows.queries.incidents import incidents
from workflows.store.bundles import add

PAPER = Paper("decision", "Quyết định", "qd.pdf", "application/pdf", b"%PDF-1.7 a decision")


def waiting(office: Office) -> tuple[str, int, str, Job]:
    """A round that waits for its decision to be set: its number, instance, task and job."""
    found = office.round_at("number_decision")
    office.completes("number_decision", found)
    asked = office.jobs("run_service")[-1]
    job = service_task(office.db, asked["instance"], asked["task"])
    assert job is not None
    return found, asked["instance"], asked["task"], job


def test_a_job_gets_what_the_diagram_and_the_dossier_say(shared_office: Office) -> None:
    found, _, _, job = waiting(shared_office)

    assert (job.element, job.operation) == ("render_decision", "render_document")
    assert job.request.number == found
    assert job.request.parameters["template"] == "decision.typ"
    assert job.request.facts.get("decisions.base_salary.amount") == 1_490_000
    assert connector(job.operation).perform.__doc__


def test_an_outcome_counts_once(shared_office: Office) -> None:
    office = shared_office
    found, instance, task, job = waiting(office)
    outcome = Outcome({"size": 1}, papers=(PAPER,))

    assert finish_service_task(office.db, instance, task, job, outcome) is True
    assert finish_service_task(office.db, instance, task, job, outcome) is False

    assert service_task(office.db, instance, task) is None
    assert "decision" in office.observed(found).papers
    finished = [told["event"]["element"] for told in office.history(found, "JobFinished")]
    assert finished.count("render_decision") == 1
    assert office.observed(found).is_closed
    assert office.verified(found).ok


def test_the_same_bytes_are_kept_once_however_many_papers_hold_them(shared_office: Office) -> None:
    office, twice = shared_office, Paper("decision", "Quyết định", "qd.pdf", "application/pdf", b"%PDF-1.7 twice")
    for _ in range(2):
        _, instance, task, job = waiting(office)
        finish_service_task(office.db, instance, task, job, Outcome({}, papers=(twice,)))

    assert office.asks("select count(*) from blob where sha256 = :sha", sha=twice.sha256) == 1
    assert office.asks("select count(*) from paper where sha256 = :sha", sha=twice.sha256) == 2


def test_a_notice_is_kept_once_for_each_reader_and_mailed_once(shared_office: Office) -> None:
    office = shared_office
    _, instance, task, job = waiting(office)
    with office.tables() as tx:
        tx.execute(text("update account set email = 'a@example.vn' where login = 'don_vi_a'"))
    told = (Notice("don_vi_a", "Kết quả", "Đã có kết quả."), Notice("don_vi_a", "Kết quả", "Đã có kết quả."))
    finish_service_task(office.db, instance, task, job, Outcome({}, notices=told))
    notice = office.asks("select max(id) from notice")
    sent: list[dict[str, object]] = []

    assert office.asks("select count(*) from notice where instance_id = :id", id=instance) == 1
    assert mail_notice(office.db, notice, lambda **letter: sent.append(letter)) is True
    assert mail_notice(office.db, notice, lambda **letter: sent.append(letter)) is False

    assert [letter["to"] for letter in sent] == ["a@example.vn"]
    assert sent[0]["message_id"] == f"<notice-{notice}@vinhdanh.local>"


def test_who_has_no_address_is_not_mailed(shared_office: Office) -> None:
    office = shared_office
    _, instance, task, job = waiting(office)
    finish_service_task(office.db, instance, task, job, Outcome({}, notices=(Notice("giam_doc", "a", "b"),)))

    assert mail_notice(office.db, office.asks("select max(id) from notice"), _never) is False


def _never(**_: object) -> None:
    raise AssertionError


def test_a_job_for_a_task_that_was_called_off_or_never_was_does_nothing(shared_office: Office) -> None:
    office, number = shared_office, shared_office.dossier_at("receive_dossier")
    instance = office.asks("select id from instance where number = :number", number=number)

    assert service_task(office.db, instance, "00000000-0000-0000-0000-000000000000") is None
    assert service_task(office.db, instance, office.task(number, "receive_dossier")) is None
    office.withdraws(number)
    assert service_task(office.db, instance, "00000000-0000-0000-0000-000000000000") is None


def test_an_effect_that_cannot_be_done_stops_its_matter_and_is_asked_for_again_by_a_retry(
    shared_office: Office,
) -> None:
    office = shared_office
    found, instance, task, job = waiting(office)

    assert give_up(office.db, instance, task, "there is no paper left") is True
    assert give_up(office.db, instance, task, "there is no paper left") is False
    assert office.observed(found).stopped == "render_decision: there is no paper left"
    assert service_task(office.db, instance, task) is None
    with pytest.raises(NotWaiting):
        finish_service_task(office.db, instance, task, job, Outcome({}, papers=(PAPER,)))
    asked = len(office.jobs("run_service"))
    office.retries(found)

    assert office.jobs("run_service")[asked:] == [{"instance": instance, "task": task}]
    office.works()
    assert office.observed(found).is_closed
    assert office.verified(found).ok


def test_a_template_that_cannot_be_set_is_an_incident_and_not_a_silence(office: Office) -> None:
    files = {**procedure().files, "documents/decision.typ": b'#panic("the seal is missing")'}
    with office.tables() as tx:
        add(tx, load_files(files), "quan_tri", office.now)
    found, _, _, _ = waiting(office)

    office.works()

    assert "render_decision" in str(office.observed(found).stopped)
    assert "the seal is missing" in str(office.observed(found).stopped)
    assert [row.number for row in incidents(office.db, office.person("quan_tri"))] == [found]
    assert (
        office.asks("select count(*) from procrastinate_jobs where task_name = 'run_service' and status = 'todo'") == 0
    )
    assert "the seal is missing" in office.asks("select traceback from job_error")
