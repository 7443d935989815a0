"""What a step of the engine does: who waits after it, that the stored state says the same, that specs are shared."""

from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from itertools import permutations

import pytest
from SpiffWorkflow.util.task import TaskState

from tests.process.diagrams import call, choice, drawn, job, many_of, meet, small_bundle, throw, user
from tests.process.matter import Matter
from tests.story import Office, procedure
from workflows import engine
from workflows.domain.events import (
    ElementPassed,
    InstanceEnded,
    JobRequested,
    MessageSent,
    TaskOpened,
)
from workflows.domain.facts import Facts
from workflows.engine.outcome import every_task
from workflows.engine.state import states

ASK = drawn(
    "ask",
    "begin>entry entry>question question>check check>entry check>done[answer.good]",
    *(meet("entry"), user("question"), choice("check", "entry")),
)
WALK = drawn(
    "walk",
    "begin>vote vote>inner inner>tell tell>send send>done",
    *(user("vote", many_of("council.members")), call("inner", "ask"), throw("tell", "word"), job("send")),
)
COUNCIL = {"council.members": ("a", "b", "c")}


def test_every_step_leaves_a_state_with_the_same_inbox() -> None:
    matter = Matter(small_bundle(ASK, WALK), "walk", COUNCIL)
    seen = [(matter.inbox, matter.stored_inbox())]
    for element, good in [("vote", None), ("vote", None), ("vote", None), ("question", False), ("question", True)]:
        matter.completes(element, answer__good=good)
        seen.append((matter.inbox, matter.stored_inbox()))
    matter.finishes("send")

    assert [told for told, _ in seen] == [["vote"] * 3, ["vote"] * 2, ["vote"], ["question"], ["question"], ["send"]]
    assert all(told == stored for told, stored in seen)
    assert matter.ended_at == "done"


def test_a_finished_instance_waits_for_nothing() -> None:
    matter = Matter(small_bundle(ASK), "ask")
    asked = matter.task("question")
    matter.completes("question", answer__good=True)

    for command in (engine.Complete(asked), engine.FinishJob(asked), engine.Deliver("word"), engine.Retry()):
        with pytest.raises(engine.NotWaiting):
            matter.does(command)


def test_a_task_is_completed_once() -> None:
    matter = Matter(small_bundle(WALK, ASK), "walk", COUNCIL)
    mine = matter.task("vote")
    matter.completes("vote")

    with pytest.raises(engine.NotWaiting, match="is not waiting for task"):
        matter.does(engine.Complete(mine))


def test_a_person_does_no_job_and_a_job_no_task_of_a_person() -> None:
    matter = Matter(small_bundle(drawn("mail", "begin>ask ask>send send>done", user("ask"), job("send"))), "mail")
    with pytest.raises(engine.NotWaiting):
        matter.does(engine.FinishJob(matter.task("ask")))
    with pytest.raises(engine.NotWaiting):
        engine.waiting_job(matter.bundle, "mail", matter.state, matter.task("ask"))

    matter.completes("ask")

    with pytest.raises(engine.NotWaiting):
        matter.does(engine.Complete(matter.task("send")))
    assert matter.finishes("send").ended_at == "done"


def test_a_job_that_cannot_be_done_stops_the_instance_and_is_asked_for_again_by_a_retry() -> None:
    matter = Matter(small_bundle(drawn("mail", "begin>send send>done", job("send"))), "mail")
    asked = matter.task("send")

    matter.does(engine.FailJob(asked, "no paper left"))
    assert matter.stopped is not None
    assert (matter.stopped.element, matter.stopped.reason) == ("send", "no paper left")
    with pytest.raises(engine.NotWaiting):
        matter.does(engine.FinishJob(asked))
    matter.does(engine.Retry())

    assert [event.task for event in matter.last if isinstance(event, JobRequested)] == [asked]
    assert matter.finishes("send").ended_at == "done"


@pytest.mark.parametrize("task", ["00000000-0000-0000-0000-000000000000", "no id at all", ""])
def test_a_task_that_never_was_is_not_completed(task: str) -> None:
    with pytest.raises(engine.NotWaiting):
        Matter(small_bundle(ASK), "ask").does(engine.Complete(task))


def test_a_service_task_waits_until_its_job_is_done() -> None:
    matter = Matter(small_bundle(drawn("mail", "begin>send send>done", job("send"))), "mail")

    asked = [event for event in matter.last if isinstance(event, JobRequested)]
    assert [(event.element, event.operation) for event in asked] == [("send", "send_notice")]
    assert not any(isinstance(event, TaskOpened) for event in matter.last)
    assert engine.waiting_job(matter.bundle, "mail", matter.state, asked[0].task) == ("mail", "send")
    assert matter.finishes("send").ended_at == "done"


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_ballots_come_in_in_any_order(order: tuple[int, ...]) -> None:
    matter = Matter(
        small_bundle(drawn("vote", "begin>cast cast>done", user("cast", "count(council.members)"))), "vote", COUNCIL
    )
    ballots = list(matter.waiting)

    for place in order:
        assert matter.ended_at is None
        matter.does(engine.Complete(ballots[place]))

    assert matter.ended_at == "done"


def test_each_ballot_knows_which_member_it_is_for() -> None:
    matter = Matter(
        small_bundle(drawn("vote", "begin>cast cast>done", user("cast", "count(council.members)"))), "vote", COUNCIL
    )

    assert [event.item for event in matter.last if isinstance(event, TaskOpened)] == [0, 1, 2]


def test_nobody_to_vote_ends_the_vote_at_once() -> None:
    vote = drawn("vote", "begin>cast cast>done", user("cast", "count(council.members)"))

    assert Matter(small_bundle(vote), "vote", {"council.members": ()}).ended_at == "done"


def test_the_way_taken_is_told_in_the_order_it_was_taken() -> None:
    matter = Matter(small_bundle(ASK), "ask")
    matter.completes("question", answer__good=False).completes("question", answer__good=True)

    passed = [(event.element, event.flow) for event in matter.events if isinstance(event, ElementPassed)]
    assert passed == [
        ("begin", None),
        ("entry", "begin__entry"),
        ("question", "entry__question"),
        ("check", "question__check"),
        ("entry", "check__entry"),
        ("question", "entry__question"),
        ("check", "question__check"),
        ("done", "check__done"),
    ]
    assert [type(event) for event in matter.last][-1] is InstanceEnded


def test_a_message_is_told_where_it_was_sent() -> None:
    matter = Matter(small_bundle(drawn("tell", "begin>shout shout>done", throw("shout", "word"))), "tell")

    kinds = [(type(event), getattr(event, "element", "")) for event in matter.events]
    assert kinds.index((MessageSent, "shout")) < kinds.index((ElementPassed, "shout"))


def test_threads_share_the_interned_specs() -> None:
    bundle = small_bundle(ASK, WALK)

    def plays(_: int) -> str | None:
        matter = Matter(bundle, "walk", COUNCIL)
        for element in ("vote", "vote", "vote", "question"):
            matter.completes(element, answer__good=True)
        return matter.finishes("send").ended_at

    with ThreadPoolExecutor(2) as pool:
        assert set(pool.map(plays, range(8))) == {"done"}


def test_only_the_newest_procedures_stay_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    room = import_module("workflows.engine.procedure")
    monkeypatch.setattr(room, "_INTERNED", {})
    monkeypatch.setattr(room, "KEPT", 2)

    kept = [engine.procedure(small_bundle(ASK, extra=f"# {place}")) for place in range(4)]

    assert list(room._INTERNED.values()) == kept[-2:]


def test_in_the_whole_procedure_the_inbox_is_what_the_engine_waits_for(office: Office) -> None:
    number = office.dossier_at("prepare_dossier")
    found = office.round_at("compile_summary")
    for element in ("prepare_dossier", "receive_dossier", "assign_officer", "appraise_dossier"):
        assert _engine_waits_for(office, number) == _inbox(office, number)
        office.completes(element, number)
        office.works()
    while office.observed(found).open:
        assert _engine_waits_for(office, found) == _inbox(office, found)
        element = office.observed(found).open[0]
        member = _next_member(office, found) if element == "cast_ballot" else None
        told = office.answers(element, found) | ({"dossiers": [number]} if element == "compile_summary" else {})
        office.completes(element, found, answers=told, by=member)
        office.works()
    assert office.observed(found).is_closed


def _engine_waits_for(office: Office, number: str) -> set[str]:
    state = office.asks("select state from instance where number = :number", number=number)
    process = office.observed(number).process
    workflow, _ = states(engine.procedure(procedure()), process).read(bytes(state))
    return {str(task.id) for task in every_task(workflow) if task.has_state(TaskState.READY) and task.task_spec.manual}


def _inbox(office: Office, number: str) -> set[str]:
    open_tasks = "select array_agg(t.id::text) from user_task t join instance i on i.id = t.instance_id"
    return set(office.asks(f"{open_tasks} where i.number = :number and t.state = 'open'", number=number))


def _next_member(office: Office, number: str) -> str:
    mine = "select min(assignee) from user_task t join instance i on i.id = t.instance_id where i.number = :number"
    return str(office.asks(f"{mine} and t.state = 'open'", number=number))


def test_facts_given_to_a_step_come_back_with_what_was_decided() -> None:
    advanced = engine.start(
        small_bundle(ASK), "ask", Facts({"answer.word": "yes"}), Matter(small_bundle(ASK), "ask").now
    )

    assert advanced.facts.values == {"answer.word": "yes"}
