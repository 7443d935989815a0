"""Drafts: what a person typed is kept for that person alone, unchecked, until the task is done."""

import pytest

from tests.story import Office
from workflows.domain.errors import NotFound, TaskNotOpen
from workflows.domain.permit import NotYourTask
from workflows.operations import user_tasks
from workflows.queries.inbox import inbox
from workflows.queries.task import TaskPage, task


def saves(office: Office, who: str, found: str, **answers: object) -> None:
    """Somebody leaves a form half filled in."""
    user_tasks.save_draft(office.db, office.person(who), found, answers)


def page(office: Office, who: str, found: str) -> TaskPage:
    """The page of a task as this person sees it."""
    return task(office.db, office.person(who), found)


def test_half_a_form_is_there_again_with_the_time_it_was_kept(shared_office: Office) -> None:
    office, number = shared_office, shared_office.dossier_at("prepare_dossier")
    found = office.task(number, "prepare_dossier")

    saves(office, "don_vi_a", found, stage="gd1_2021", nominees=[{"name": "Lê Thị"}], letter_date="not yet")

    seen = page(office, "don_vi_a", found)
    assert seen.answers == {"stage": "gd1_2021", "nominees": [{"name": "Lê Thị"}], "letter_date": "not yet"}
    assert seen.draft_saved_at is not None
    assert [row.has_draft for row in inbox(office.db, office.person("don_vi_a")).rows if row.number == number] == [True]


def test_the_last_draft_counts(shared_office: Office) -> None:
    office, number = shared_office, shared_office.dossier_at("prepare_dossier")
    found = office.task(number, "prepare_dossier")

    saves(office, "don_vi_a", found, stage="gd1_2021")
    saves(office, "don_vi_a", found, letter_signer="Bà B")

    assert page(office, "don_vi_a", found).answers == {"letter_signer": "Bà B"}


def test_a_draft_is_seen_by_nobody_else(shared_office: Office) -> None:
    office, other = shared_office, shared_office.employs("nga", "office")
    found = office.task(office.dossier_awarded(), "announce_result")

    saves(office, "chuyen_vien", found, note="của riêng tôi")

    assert page(office, "chuyen_vien", found).answers == {"note": "của riêng tôi"}
    assert "của riêng tôi" not in str(page(office, other, found).answers)
    assert page(office, other, found).draft_saved_at is None


def test_a_draft_changes_nothing_of_the_dossier(shared_office: Office) -> None:
    office, number = shared_office, shared_office.dossier_at("receive_dossier")
    before = office.observed(number), len(office.history(number))

    saves(office, "van_thu", office.task(number, "receive_dossier"), full_on="2021-10-25")

    assert (office.observed(number), len(office.history(number))) == before


def test_a_draft_is_gone_when_the_task_is_done_or_called_off(shared_office: Office) -> None:
    office, done, withdrawn = (
        shared_office,
        shared_office.dossier_at("receive_dossier"),
        shared_office.dossier_at("receive_dossier"),
    )
    for number in (done, withdrawn):
        saves(office, "van_thu", office.task(number, "receive_dossier"), arrival_note="x")
    kept = "select count(*) from draft d join user_task t on t.id = d.task_id join instance i on i.id = t.instance_id"

    office.completes("receive_dossier", done)
    office.withdraws(withdrawn)

    assert [office.asks(f"{kept} where i.number = :n", n=number) for number in (done, withdrawn)] == [0, 0]


def test_a_draft_is_kept_by_whoever_may_do_the_task_only(shared_office: Office) -> None:
    office, number = shared_office, shared_office.dossier_at("receive_dossier")
    found = office.task(number, "receive_dossier")

    with pytest.raises(NotYourTask):
        saves(office, "don_vi_a", found, note="x")
    office.completes("receive_dossier", number)
    with pytest.raises(TaskNotOpen):
        saves(office, "van_thu", found, note="x")
    for nothing in ("00000000-0000-0000-0000-000000000000", "nothing"):
        with pytest.raises(NotFound):
            saves(office, "van_thu", nothing, note="x")
