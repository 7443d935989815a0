"""Reminders at half and most of a limit, reports when it has passed: told once, moving and approving nothing (X8)."""

from tests.story import Office
from workflows.operations.escalation import escalate
from workflows.queries.dossiers import dossier
from workflows.queries.task import task


def told(office: Office, number: str) -> list[tuple[str, tuple[str, ...]]]:
    """The levels that were told of a matter, and to whom."""
    return [(each["event"]["level"], tuple(each["event"]["to"])) for each in office.history(number, "TaskEscalated")]


def passes(office: Office, *, working_days: int) -> None:
    """Time goes by, and the office looks for limits."""
    office.waits(working_days=working_days)
    escalate(office.db)


def test_an_appraisal_is_reminded_reported_to_the_head_of_office_and_then_to_the_director(office: Office) -> None:
    number = office.dossier_at("appraise_dossier")
    escalate(office.db)
    assert told(office, number) == []

    passes(office, working_days=10)
    assert told(office, number) == [("half", ("chuyen_vien",))]
    passes(office, working_days=6)
    assert told(office, number)[1:] == [("most", ("chuyen_vien",))]
    passes(office, working_days=5)
    assert told(office, number)[2:] == [("over", ("chuyen_vien",)), ("over_office_head", ("chanh_vp",))]
    passes(office, working_days=2)
    assert told(office, number)[4:] == [("over_director", ("giam_doc",))]


def test_nothing_is_told_twice_and_no_token_moves(office: Office) -> None:
    number = office.dossier_at("appraise_dossier")
    before = office.observed(number)
    passes(office, working_days=40)

    assert escalate(office.db) == 0
    after = office.observed(number)
    assert (after.open, after.status, after.due) == (before.open, before.status, before.due)
    assert office.verified(number).ok


def test_a_task_that_nobody_has_is_told_to_all_who_may_take_it(office: Office) -> None:
    number = office.dossier_at("receive_dossier")

    passes(office, working_days=2)

    assert told(office, number)[0] == ("over", ("van_thu",))
    assert ("over_office_head", ("chanh_vp",)) in told(office, number)


def test_a_dossier_that_is_suspended_is_not_overdue(office: Office) -> None:
    number = office.dossier_at("appraise_dossier")
    office.suspends(number)
    office.works()

    passes(office, working_days=21)

    assert {level for level, _ in told(office, number)} == {"half"}, "only the task of the conclusion has a limit"


def test_the_pages_say_who_was_told(office: Office) -> None:
    number = office.dossier_at("appraise_dossier")
    passes(office, working_days=21)
    officer = office.person("chuyen_vien")

    on_dossier = dossier(office.db, officer, number).escalations
    on_task = task(office.db, officer, office.task(number, "appraise_dossier")).escalations

    assert on_dossier == on_task
    assert "báo cáo Chánh Văn phòng" in on_dossier[0].what.vi
    subjects = [notice.subject.vi for notice in dossier(office.db, officer, number).notices]
    assert subjects == ["Quá hạn", "Quá hạn"]
