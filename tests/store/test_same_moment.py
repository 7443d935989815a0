"""People who act in the same moment: exactly one wins, the others are told who and when, nobody waits for ever."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from sqlalchemy import text

from tests.answers import COUNCIL, meeting
from tests.store.tables import at_once, kinds
from tests.story import Office
from workflows.domain.calendar import LOCAL
from workflows.domain.errors import DomainError, TaskNotOpen, TaskTaken
from workflows.operations import delivery, user_tasks
from workflows.operations.user_tasks import Completed


def completions(office: Office, number: str) -> int:
    """How often the last completed step stands in the history."""
    return len(office.history(number, "TaskCompleted"))


def test_the_same_key_again_gives_the_same_answer_and_one_entry(shared_office: Office) -> None:
    office, number = shared_office, shared_office.dossier_at("appraise_dossier")
    task, answers = office.task(number, "appraise_dossier"), office.answers("appraise_dossier", number)
    before = completions(office, number)

    first = office.completes("appraise_dossier", number, task=task, answers=answers, key="once")
    second = office.completes("appraise_dossier", number, task=task, answers=answers, key="once")

    assert first == second
    assert completions(office, number) == before + 1


def test_another_key_for_a_task_that_is_done_is_told_by_whom_and_when(shared_office: Office) -> None:
    office, number = shared_office, shared_office.dossier_at("appraise_dossier")
    task = office.task(number, "appraise_dossier")
    office.completes("appraise_dossier", number, task=task)
    day = office.now.astimezone(LOCAL).strftime("%d/%m/%Y")

    with pytest.raises(
        TaskNotOpen, match=rf"«Thẩm định hồ sơ» of {number} is already completed by Trần Giả Định at .* {day}"
    ):
        office.completes("appraise_dossier", number, task=task, answers={}, key="another")


def test_the_key_of_somebody_else_does_not_open_a_door(shared_office: Office) -> None:
    office, number = shared_office, shared_office.dossier_at("appraise_dossier")
    task = office.task(number, "appraise_dossier")
    office.completes("appraise_dossier", number, task=task, key="secret")

    with pytest.raises(TaskNotOpen):
        office.completes("appraise_dossier", number, by="don_vi_c", task=task, answers={}, key="secret")


def test_of_two_people_who_complete_one_task_exactly_one_wins(shared_office: Office) -> None:
    office, other = shared_office, shared_office.employs("thu", "office")
    for _ in range(2):
        number = office.dossier_awarded()
        task, answers = office.task(number, "announce_result"), office.answers("announce_result", number)
        before = completions(office, number)
        does = partial(office.completes, "announce_result", number, task=task, answers=answers)

        ends = at_once(*(partial(does, by=who) for who in ("chuyen_vien", other)))

        assert kinds(ends) == ["Completed", "TaskNotOpen"]
        assert completions(office, number) == before + 1
        lost = next(end for end in ends if isinstance(end, TaskNotOpen))
        assert "Trần Giả Định" in str(lost) or "Người thu" in str(lost)
        assert office.verified(number).ok


def test_a_double_click_completes_once_and_both_answers_are_the_same(shared_office: Office) -> None:
    office, number = shared_office, shared_office.dossier_at("appraise_dossier")
    task, answers = office.task(number, "appraise_dossier"), office.answers("appraise_dossier", number)
    before = completions(office, number)
    click = partial(office.completes, "appraise_dossier", number, task=task, answers=answers, key="click")

    ends = at_once(click, click, click)

    assert kinds(ends) == ["Completed"] * 3
    assert ends[0] == ends[1] == ends[2]
    assert completions(office, number) == before + 1


def test_of_two_people_who_claim_one_task_exactly_one_gets_it(shared_office: Office) -> None:
    office, other = shared_office, shared_office.employs("mai", "office")
    number = office.dossier_awarded()
    task = office.task(number, "announce_result")

    ends = at_once(*(partial(user_tasks.claim, office.db, office.person(who), task) for who in ("chuyen_vien", other)))

    assert kinds(ends) == ["NoneType", "TaskTaken"]
    assert len(office.history(number, "TaskClaimed")) == 1
    assert any(isinstance(end, TaskTaken) for end in ends)


def test_all_nine_members_vote_in_the_same_moment(shared_office: Office) -> None:
    office = shared_office
    found = office.round_at("cast_ballot")
    answers = office.answers("cast_ballot", found)
    tasks = {member: office.task(found, "cast_ballot", member) for member in COUNCIL}

    ends = at_once(
        *(
            partial(office.completes, "cast_ballot", found, by=m, task=task, answers=answers)
            for m, task in tasks.items()
        )
    )

    assert all(isinstance(end, Completed) for end in ends)
    assert office.observed(found).open == ("count_ballots",)
    assert office.observed(found).facts.lines[0].tally()["yes"] == len(COUNCIL)
    assert office.verified(found).ok


def test_two_rounds_that_ask_for_the_same_dossier_share_nothing(shared_office: Office) -> None:
    office, waiting = shared_office, shared_office.dossier_at(None)
    rounds = [office.round_at("compile_summary") for _ in range(2)]

    ends = at_once(
        *(partial(office.completes, "compile_summary", r, answers=meeting([waiting], office.today)) for r in rounds)
    )

    assert kinds(ends) == ["Completed", "NoLongerWaiting"]
    assert sum(len(office.observed(each).facts.lines) for each in rounds) == 1


def test_a_withdrawal_and_a_round_that_takes_the_dossier_do_not_wait_for_each_other(shared_office: Office) -> None:
    office = shared_office
    for _ in range(3):
        waiting, found = office.dossier_at(None), office.round_at("compile_summary")
        message = office.asks("select max(id) from message where sender = :number", number=waiting)

        ends = at_once(
            partial(office.withdraws, waiting),
            partial(office.completes, "compile_summary", found, answers=meeting([waiting], office.today)),
            partial(delivery.deliver_message, office.db, message),
        )

        assert all(isinstance(end, DomainError) or not isinstance(end, Exception) for end in ends)
        in_round = [line.status for line in office.observed(found).facts.lines]
        withdrawn = office.observed(waiting).status == "da-rut"
        assert not (withdrawn and "open" in in_round)
        assert office.verified(waiting).ok


def test_whoever_delivers_a_message_holds_the_dossier_first(shared_office: Office) -> None:
    office, waiting = shared_office, shared_office.dossier_at(None)
    message = office.asks("select max(id) from message where sender = :number", number=waiting)
    blocked = text(
        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
    )

    with ThreadPoolExecutor(1) as pool, office.tables() as tx:
        tx.execute(text("select 1 from instance where number = :number for update"), {"number": waiting})
        delivered = pool.submit(delivery.deliver_message, office.db, message)
        while not tx.execute(blocked).scalar():
            assert not delivered.done()
        tx.execute(text("select 1 from message where id = :id for update nowait"), {"id": message})
        tx.commit()
        assert delivered.result(10) is False
