"""Outside effects: asked for once, done by a job, counted once however often the job runs, and not done for nobody."""

from sqlalchemy import text

from tests.story import Office
from workflows.connectors.contract import Outcome
from workflows.domain.paper import Notice, Paper
from workflows.jobs.tasks import connector
from workflows.operations.mail import mail_notice
from workflows.operations.service_tasks import Job, finish_service_task, service_task

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
    assert len(office.history(found, "JobFinished")) == 1
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
