"""Deadlines: read once when they start, compared with the domain clock only, moved on command."""

from datetime import datetime, timedelta
from importlib import import_module
from typing import NoReturn

import pytest
from SpiffWorkflow.bpmn.specs.event_definitions import timer

from tests.process.diagrams import call, choice, deadline, drawn, meet, small_bundle, user
from tests.process.matter import NOON, Matter
from workflows import engine
from workflows.domain.events import ElementCancelled, TaskCancelled, TimerCleared, TimerSet

REPLY = drawn(
    "reply",
    "begin>ask ask>done late>done_late",
    *(user("ask"), deadline("late", "ask", "due.reply")),
)
AGAIN = drawn(
    "again",
    "begin>entry entry>ask ask>check check>entry check>done[answer.good] late>done_late",
    *(meet("entry"), user("ask"), choice("check", "entry"), deadline("late", "ask", "due.reply")),
)
TOMORROW = NOON + timedelta(days=1)


def asked(diagram: bytes = REPLY, process: str = "reply") -> Matter:
    """A question with a day to answer it."""
    return Matter(small_bundle(diagram), process, {"due.reply": TOMORROW})


class NoWatch(datetime):
    """A clock nobody may look at."""

    @classmethod
    def now(cls, tz: object = None) -> NoReturn:
        """Looking is the fault."""
        pytest.fail(f"somebody looked at the clock of the machine ({tz})")


def test_the_engine_never_looks_at_the_clock_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timer, "datetime", NoWatch)

    matter = asked()
    matter.does(engine.FireTimers())
    matter.now = TOMORROW

    assert matter.does(engine.FireTimers()).ended_at == "done_late"


def test_a_deadline_is_told_when_it_starts() -> None:
    matter = asked()

    assert [(event.element, event.due) for event in matter.last if isinstance(event, TimerSet)] == [("late", TOMORROW)]
    assert list(matter.timers.values()) == [TOMORROW]


@pytest.mark.parametrize(("after", "fires"), [(timedelta(hours=-1), False), (timedelta(0), True), (timedelta(9), True)])
def test_a_deadline_fires_when_the_domain_clock_reaches_it(after: timedelta, *, fires: bool) -> None:
    matter = asked()
    matter.now = TOMORROW + after

    matter.does(engine.FireTimers())

    assert matter.inbox == ([] if fires else ["ask"])
    assert matter.ended_at == ("done_late" if fires else None)


def test_a_deadline_that_fires_takes_the_task_out_of_the_inbox() -> None:
    matter = asked()
    mine = matter.task("ask")
    matter.now = TOMORROW
    matter.does(engine.FireTimers())

    assert [event.task for event in matter.last if isinstance(event, TaskCancelled)] == [mine]
    assert [event.element for event in matter.last if isinstance(event, ElementCancelled)] == ["ask"]
    assert [event.fired for event in matter.last if isinstance(event, TimerCleared)] == [True]
    with pytest.raises(engine.NotWaiting):
        matter.does(engine.Complete(mine))


def test_a_task_done_in_time_stops_its_deadline() -> None:
    matter = asked().completes("ask")

    assert matter.ended_at == "done"
    assert matter.timers == {}
    assert [event.fired for event in matter.last if isinstance(event, TimerCleared)] == [False]


def test_an_answer_after_the_deadline_counts_until_the_deadline_has_fired() -> None:
    matter = asked()
    matter.now = TOMORROW + timedelta(minutes=1)

    assert matter.completes("ask").ended_at == "done"


def test_a_deadline_that_has_passed_when_its_task_opens_fires_in_the_same_step() -> None:
    before = drawn(
        "before", "begin>first first>inner inner>after after>done", user("first"), call("inner", "reply"), user("after")
    )
    matter = Matter(small_bundle(before, REPLY), "before", {"due.reply": NOON - timedelta(days=1)})

    matter.completes("first")

    assert (matter.inbox, matter.timers) == (["after"], {})


def test_deadlines_that_chase_each_other_stop_the_instance_and_not_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("workflows.engine.advance"), "MOST_STEPS", 60)
    elements = (meet("entry"), user("ask"), deadline("late", "ask", "due.reply"))
    chase = drawn("chase", "begin>entry entry>ask ask>done late>entry", *elements)

    matter = Matter(small_bundle(chase), "chase", {"due.reply": NOON - timedelta(days=1)})

    assert matter.stopped is not None
    assert "goes round" in matter.stopped.reason


def test_a_running_deadline_is_not_read_again_when_the_fact_changes() -> None:
    matter = asked()
    matter.now = TOMORROW

    matter.does(engine.FireTimers(), due__reply=TOMORROW + timedelta(days=9))

    assert matter.ended_at == "done_late"


def test_a_deadline_is_moved_on_command() -> None:
    matter = asked()
    (running,) = matter.timers
    matter.does(engine.Reschedule(running, TOMORROW + timedelta(days=9)))

    matter.now = TOMORROW
    assert matter.does(engine.FireTimers()).inbox == ["ask"]
    matter.now = TOMORROW + timedelta(days=9)
    assert matter.does(engine.FireTimers()).ended_at == "done_late"


def test_a_moved_deadline_is_told_again() -> None:
    matter = asked()
    (running,) = matter.timers

    matter.does(engine.Reschedule(running, TOMORROW + timedelta(days=9)))

    assert matter.timers == {running: TOMORROW + timedelta(days=9)}
    assert matter.does(engine.FireTimers()).last == ()


def test_a_deadline_moved_into_the_past_fires() -> None:
    matter = asked()
    (running,) = matter.timers

    assert matter.does(engine.Reschedule(running, NOON - timedelta(days=1))).ended_at == "done_late"


@pytest.mark.parametrize("running", ["00000000-0000-0000-0000-000000000000", "no id"])
def test_a_deadline_that_does_not_run_is_not_moved(running: str) -> None:
    with pytest.raises(engine.NotWaiting, match="the deadline"):
        asked().does(engine.Reschedule(running, TOMORROW))


def test_each_round_of_a_loop_has_a_deadline_of_its_own() -> None:
    matter = asked(AGAIN, "again")
    (first,) = matter.timers
    matter.completes("ask", answer__good=False, due__reply=TOMORROW + timedelta(days=2))

    (second,) = matter.timers
    assert first != second
    assert matter.timers[second] == TOMORROW + timedelta(days=2)
    matter.now = TOMORROW + timedelta(days=1)
    assert matter.does(engine.FireTimers()).inbox == ["ask"]


def test_a_deadline_in_a_called_process_fires_there() -> None:
    outer = drawn("outer", "begin>inner inner>after after>done", call("inner", "reply"), user("after"))
    matter = Matter(small_bundle(outer, REPLY), "outer", {"due.reply": TOMORROW})
    matter.now = TOMORROW

    matter.does(engine.FireTimers())

    assert matter.inbox == matter.stored_inbox() == ["after"]
