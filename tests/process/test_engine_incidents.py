"""What cannot be computed stops the instance where it stands, says why, keeps the answers and can be tried again."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.process.diagrams import (
    call,
    choice,
    deadline,
    drawn,
    job,
    many_of,
    meet,
    rule,
    script,
    small_bundle,
    speaking,
    table,
    user,
)
from tests.process.matter import NOON, Matter
from workflows import engine
from workflows.domain.errors import DefinitionRejected, NotFound
from workflows.domain.events import DecisionMade, IncidentRaised, TaskOpened

ASK = drawn(
    "ask",
    "begin>entry entry>question question>check check>entry check>after[answer.good] after>done",
    *(meet("entry"), user("question"), choice("check", "entry"), user("after")),
)
OUTER = drawn("outer", "begin>inner inner>keep keep>done", call("inner", "ask"), user("keep"))
WEIGH = drawn("weigh", "begin>question question>judge judge>done", user("question"), rule("judge", "weigh_word"))


def test_a_missing_fact_stops_at_the_gateway_that_needs_it() -> None:
    matter = Matter(small_bundle(ASK), "ask").completes("question")

    assert matter.stopped is not None
    assert (matter.stopped.process, matter.stopped.element) == ("ask", "check")
    assert "answer.good" in matter.stopped.reason
    assert (matter.inbox, matter.ended_at) == ([], None)


def test_a_stopped_instance_takes_nothing_but_a_retry() -> None:
    matter = Matter(small_bundle(ASK), "ask")
    asked = matter.task("question")
    matter.completes("question")

    for command in (engine.Complete(asked), engine.Deliver("word"), engine.FireTimers(), engine.FinishJob(asked)):
        with pytest.raises(engine.NotWaiting, match="stopped at «check»"):
            matter.does(command)


def test_an_instance_that_is_not_stopped_is_not_retried() -> None:
    with pytest.raises(engine.NotWaiting, match="it is not stopped"):
        Matter(small_bundle(ASK), "ask").does(engine.Retry())


def test_a_retry_goes_on_where_it_stopped_once_the_fact_is_there() -> None:
    matter = Matter(small_bundle(ASK), "ask").completes("question")

    matter.does(engine.Retry(), answer__good=True)

    assert matter.stopped is None
    assert matter.inbox == matter.stored_inbox() == ["after"]
    assert matter.completes("after").ended_at == "done"


def test_a_retry_that_fails_again_says_so_again() -> None:
    matter = Matter(small_bundle(ASK), "ask").completes("question")

    for _ in range(3):
        matter.does(engine.Retry())
        assert [type(event) for event in matter.last] == [IncidentRaised]

    assert matter.does(engine.Retry(), answer__good=True).inbox == ["after"]


def test_a_called_process_stops_with_its_own_name_and_goes_on_after_a_retry() -> None:
    matter = Matter(small_bundle(ASK, OUTER), "outer").completes("question")

    assert matter.stopped is not None
    assert (matter.stopped.process, matter.stopped.element) == ("ask", "check")
    matter.does(engine.Retry(), answer__good=True).completes("after").completes("keep")
    assert matter.ended_at == "done"


@pytest.mark.parametrize("condition", ["answer.word", "1 + 1", '"yes"', "null", "answer.good and answer.word"])
def test_a_condition_that_is_neither_true_nor_false_stops(condition: str) -> None:
    flows = f"begin>check check>after[{condition}] check>other after>done other>done"
    matter = Matter(small_bundle(drawn("ask", flows, choice("check", "other"), user("after"), user("other"))), "ask")

    assert matter.stopped is not None
    assert matter.stopped.element == "check"


def test_a_rule_that_no_table_answers_stops_at_the_rule() -> None:
    matter = Matter(small_bundle(WEIGH, table("weigh_word", "answer.word", '"good"')), "weigh")

    matter.completes("question", answer__word="unheard")

    assert matter.stopped is not None
    assert matter.stopped.element == "judge"
    assert "weigh_word" in matter.stopped.reason


def test_a_rule_that_does_not_exist_stops_at_the_rule() -> None:
    matter = Matter(small_bundle(WEIGH), "weigh").completes("question")

    assert matter.stopped is not None
    assert matter.stopped.element == "judge"


def test_a_rule_out_of_force_works_again_once_the_clock_has_come_to_its_law() -> None:
    matter = Matter(
        small_bundle(WEIGH, table("weigh_word", "answer.word", '"good"')), "weigh", now=NOON - timedelta(days=1000)
    )
    matter.completes("question", answer__word="good")
    assert matter.stopped is not None

    matter.now = NOON
    matter.does(engine.Retry())

    assert matter.ended_at == "done"
    assert [event.outputs for event in matter.last if isinstance(event, DecisionMade)] == [{"way": "on"}]
    assert matter.facts.get("decisions.weigh_word.way") == "on"


def test_a_rule_is_not_told_twice_because_it_was_tried_twice() -> None:
    matter = Matter(small_bundle(WEIGH, table("weigh_word", "answer.word", '"good"')), "weigh").completes("question")
    matter.does(engine.Retry(), answer__word="good")

    assert len([event for event in matter.events if isinstance(event, DecisionMade)]) == 1


@pytest.mark.parametrize("value", [None, "tomorrow", 7])
def test_a_deadline_that_is_no_instant_stops_before_anybody_waits_for_it(value: object) -> None:
    late = drawn(
        "late",
        "begin>first first>ask ask>done over>done_late",
        *(user("first"), user("ask"), deadline("over", "ask", "due.reply")),
    )
    matter = Matter(small_bundle(late), "late")

    matter.completes("first", due__reply=value)  # type: ignore[arg-type]

    assert matter.stopped is not None
    assert matter.stopped.element == "over"
    assert matter.timers == {}
    matter.does(engine.Retry(), due__reply=NOON + timedelta(days=1))
    assert matter.inbox == matter.stored_inbox() == ["ask"]
    assert list(matter.timers.values()) == [NOON + timedelta(days=1)]
    matter.now = NOON + timedelta(days=1)
    assert matter.does(engine.FireTimers()).ended_at == "done_late"


def test_a_vote_of_unknown_size_stops_and_begins_once_the_council_is_known() -> None:
    vote = drawn("vote", "begin>cast cast>done", user("cast", many_of("council.members")))
    matter = Matter(small_bundle(vote), "vote")
    assert matter.stopped is not None
    assert matter.stopped.element == "cast"

    matter.does(engine.Retry(), council__members=("a", "b"))

    assert matter.inbox == matter.stored_inbox() == ["cast", "cast"]
    assert matter.completes("cast").completes("cast").ended_at == "done"


def test_what_was_passed_before_the_fault_is_kept_and_not_done_again() -> None:
    way = drawn(
        "way",
        "begin>send send>question question>check check>done check>after[answer.good] after>done",
        *(job("send"), user("question"), choice("check", "done"), user("after")),
    )
    matter = Matter(small_bundle(way), "way").finishes("send").completes("question")
    assert matter.stopped is not None

    matter.does(engine.Retry(), answer__good=True)

    assert [event.element for event in matter.events if isinstance(event, TaskOpened)] == ["question", "after"]


def attack(told: Path) -> str:
    """Python that leaves a trace if anybody runs it."""
    return f"__import__('pathlib').Path({str(told)!r}).touch()"


@pytest.mark.parametrize("place", ["condition", "cardinality", "completion", "deadline", "script", "before", "after"])
def test_nothing_in_a_diagram_is_run_as_python(place: str, tmp_path: Path) -> None:
    told = tmp_path / "ran"
    python = attack(told)
    diagrams = {
        "condition": drawn("p", f"begin>c c>done c>ask[{python}] ask>done", choice("c", "done"), user("ask")),
        "cardinality": drawn("p", "begin>ask ask>done", user("ask", python)),
        "completion": drawn("p", "begin>ask ask>done", user("ask", "2", until=python)),
        "deadline": drawn("p", "begin>ask ask>done late>done", user("ask"), deadline("late", "ask", python)),
        "script": drawn("p", "begin>run run>done", script("run", python)),
        "before": drawn("p", "begin>ask ask>done", user("ask", around=("preScript", python))),
        "after": drawn("p", "begin>ask ask>done", user("ask", around=("postScript", python))),
    }

    matter = Matter(small_bundle(diagrams[place]), "p")
    while matter.inbox and matter.stopped is None:
        matter.completes("ask")

    assert matter.stopped is not None
    assert matter.ended_at is None
    assert not told.exists()


def test_expressions_of_messages_are_neither_run_nor_read(tmp_path: Path) -> None:
    told = tmp_path / "ran"
    diagram = drawn("p", "begin>shout shout>done", speaking("shout", "word", attack(told)))

    matter = Matter(small_bundle(diagram), "p")

    assert matter.ended_at == "done"
    assert not told.exists()


def test_a_way_out_that_no_condition_opens_stops_at_the_gateway() -> None:
    closed = drawn("closed", "begin>check check>after[answer.good] after>done", meet("check"), user("after"))
    matter = Matter(small_bundle(closed), "closed", {"answer.good": False})

    assert matter.stopped is not None
    assert matter.stopped.element == "check"
    assert matter.does(engine.Retry(), answer__good=True).inbox == ["after"]


@pytest.mark.parametrize(
    "diagram",
    [
        drawn("odd", "begin>ask ask>done ask>done_too", user("ask")),
        drawn("odd", "begin>inner inner>done", call("inner", "nowhere")),
        b'<x id="d_odd"><bpmn:process xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="odd"/></x>',
    ],
    ids=["two ways out of a task", "calls nothing", "nothing to begin with"],
)
def test_a_diagram_the_engine_cannot_read_is_refused_before_anything_starts(diagram: bytes) -> None:
    with pytest.raises(DefinitionRejected):
        Matter(small_bundle(diagram), "odd")


def test_a_process_that_is_not_in_the_bundle_is_not_started() -> None:
    with pytest.raises(NotFound, match="nowhere"):
        Matter(small_bundle(ASK), "nowhere")
