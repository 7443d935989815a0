"""Messages and what ends a task from outside: delivered to whoever waits, refused where nobody does, never twice."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from tests.process.diagrams import both, call, call_off, catch, choice, deadline, drawn, meet, small_bundle, user
from tests.process.matter import NOON, Matter
from workflows import engine
from workflows.domain.events import ElementCancelled, MessageAwaited, MessageWaitEnded, TaskCancelled, TimerCleared
from workflows.domain.facts import Value

HEAR = drawn("hear", "begin>ask ask>hear hear>after after>done", user("ask"), catch("hear", "word"), user("after"))
TWICE = drawn(
    "twice",
    "begin>entry entry>hear hear>ask ask>check check>entry check>done[answer.good]",
    *(meet("entry"), catch("hear", "word"), user("ask"), choice("check", "entry")),
)
PAIR = drawn(
    "pair",
    "begin>split split>left split>right left>leave called>leave leave>join right>hear hear>join join>done",
    *(both("split"), user("left"), call_off("called", "left", "word"), user("right")),
    *(meet("leave"), catch("hear", "word"), both("join")),
)
VOTE = drawn(
    "vote",
    "begin>cast cast>count closed>count count>tally tally>done",
    *(user("cast", "count(council.members)"), deadline("closed", "cast", "due.reply"), meet("count"), user("tally")),
)
INNER = drawn(
    "inner",
    "begin>ask ask>vote vote>done late>done_late",
    *(user("ask"), deadline("late", "ask", "due.reply"), user("vote", "count(council.members)")),
)
OUTER = drawn(
    "outer",
    "begin>handle handle>keep keep>done withdrawn>done_withdrawn",
    *(call("handle", "inner"), call_off("withdrawn", "handle", "word"), user("keep")),
)
COUNCIL: Mapping[str, Value] = {"council.members": ("a", "b", "c"), "due.reply": NOON + timedelta(days=1)}


def test_a_message_nobody_waits_for_yet_is_refused_and_changes_nothing() -> None:
    matter = Matter(small_bundle(HEAR), "hear")
    before = matter.state

    with pytest.raises(engine.NotWaiting, match="the message «word»"):
        matter.does(engine.Deliver("word"))
    assert matter.state == before


def test_a_message_reaches_whoever_waits_for_it_once() -> None:
    matter = Matter(small_bundle(HEAR), "hear").completes("ask")
    assert [event.element for event in matter.last if isinstance(event, MessageAwaited)] == ["hear"]

    matter.does(engine.Deliver("word"))

    assert [event.element for event in matter.last if isinstance(event, MessageWaitEnded)] == ["hear"]
    assert matter.inbox == matter.stored_inbox() == ["after"]
    with pytest.raises(engine.NotWaiting):
        matter.does(engine.Deliver("word"))


def test_another_message_is_not_taken_for_it() -> None:
    matter = Matter(small_bundle(HEAR), "hear").completes("ask")

    with pytest.raises(engine.NotWaiting, match="another"):
        matter.does(engine.Deliver("another"))


def test_each_round_of_a_loop_waits_anew() -> None:
    matter = Matter(small_bundle(TWICE), "twice")
    matter.does(engine.Deliver("word")).completes("ask", answer__good=False)

    assert [event.element for event in matter.last if isinstance(event, MessageAwaited)] == ["hear"]
    assert matter.does(engine.Deliver("word")).completes("ask", answer__good=True).ended_at == "done"


def test_while_somebody_still_waits_for_a_message_the_wait_is_not_told_to_be_over() -> None:
    matter = Matter(small_bundle(PAIR), "pair").completes("right")
    assert [event.element for event in matter.last if isinstance(event, MessageAwaited)] == ["hear"]

    matter.completes("left")

    assert [event for event in matter.last if isinstance(event, MessageWaitEnded)] == []
    assert matter.does(engine.Deliver("word")).ended_at == "done"


def test_a_deadline_ends_a_vote_that_not_everybody_took_part_in() -> None:
    matter = Matter(small_bundle(VOTE), "vote", COUNCIL).completes("cast")
    open_ballots = set(matter.waiting)
    matter.now = NOON + timedelta(days=1)

    matter.does(engine.FireTimers())

    assert {event.task for event in matter.last if isinstance(event, TaskCancelled)} == open_ballots
    assert matter.inbox == matter.stored_inbox() == ["tally"]
    for ballot in open_ballots:
        with pytest.raises(engine.NotWaiting):
            matter.does(engine.Complete(ballot))
    assert matter.completes("tally").ended_at == "done"


def test_a_full_vote_needs_no_deadline() -> None:
    matter = Matter(small_bundle(VOTE), "vote", COUNCIL).completes("cast").completes("cast").completes("cast")

    assert [event.fired for event in matter.last if isinstance(event, TimerCleared)] == [False]
    assert matter.inbox == ["tally"]


def test_a_withdrawal_ends_everything_inside_the_called_process() -> None:
    matter = Matter(small_bundle(OUTER, INNER), "outer", COUNCIL)

    matter.does(engine.Deliver("word"))

    assert (matter.inbox, matter.stored_inbox(), matter.timers) == ([], [], {})
    assert matter.ended_at == "done_withdrawn"
    assert ("outer", "handle") in {(e.process, e.element) for e in matter.last if isinstance(e, ElementCancelled)}
    assert ("inner", "ask") in {(e.process, e.element) for e in matter.last if isinstance(e, TaskCancelled)}


def test_a_withdrawal_ends_a_vote_inside_the_called_process() -> None:
    matter = Matter(small_bundle(OUTER, INNER), "outer", COUNCIL).completes("ask").completes("vote")
    open_ballots = set(matter.waiting)

    matter.does(engine.Deliver("word"))

    assert {event.task for event in matter.last if isinstance(event, TaskCancelled)} == open_ballots
    assert (matter.inbox, matter.stored_inbox(), matter.ended_at) == ([], [], "done_withdrawn")


def test_a_withdrawal_after_the_called_process_is_refused() -> None:
    matter = Matter(small_bundle(OUTER, INNER), "outer", COUNCIL).completes("ask")
    for _ in range(3):
        matter.completes("vote")
    assert [event.message for event in matter.last if isinstance(event, MessageWaitEnded)] == ["word"]

    with pytest.raises(engine.NotWaiting):
        matter.does(engine.Deliver("word"))
    assert matter.inbox == ["keep"]
