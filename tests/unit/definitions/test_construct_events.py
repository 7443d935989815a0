"""Events run as drawn, wherever they may stand; bpmn/README.md names these tests as proof."""

from datetime import timedelta

import pytest

from tests.unit.definitions.constructs import CHECKING, READING, begun, late, sent
from workflows import engine
from workflows.definitions.lint.refused import TAGS
from workflows.definitions.process import SUBPROCESS

INTERRUPTED = f"""
process handling
start began
call read_it: reading
boundary was_withdrawn on read_it: message withdrawal
boundary is_late on read_it: due answer
user sign
end done
end withdrawn
end overdue
began > read_it > sign > done
was_withdrawn > withdrawn
is_late > overdue
{READING}"""


def test_a_message_ends_a_called_process_with_all_that_is_open_in_it() -> None:
    matter = begun(INTERRUPTED).completes("read_first")
    matter.does(engine.Deliver("withdrawal"))
    assert (matter.inbox, matter.ended_at) == ([], "withdrawn")


def test_a_deadline_ends_a_called_process_and_only_once_it_has_passed() -> None:
    matter = begun(INTERRUPTED).completes("read_first")
    assert late(matter, days=4).inbox == ["read_second"]
    assert late(matter, days=2).ended_at == "overdue"


def test_a_called_process_that_ends_in_time_takes_its_boundary_events_with_it() -> None:
    matter = begun(INTERRUPTED).completes("read_first").completes("read_second")
    assert late(matter).inbox == ["sign"]
    assert matter.completes("sign").ended_at == "done"


def test_messages_are_thrown_in_order_awaited_and_sent_at_an_end() -> None:
    matter = begun("""
        start began
        throw asked: message question
        catch heard: message answer
        end told: message thanks
        began > asked > heard > told
    """)
    assert (sent(matter), matter.inbox) == (["question"], [])
    matter.does(engine.Deliver("answer"))
    assert (sent(matter), matter.ended_at) == (["thanks"], "told")


def test_an_instance_waits_for_a_day() -> None:
    matter = begun("""
        start began
        catch day_came: due answer
        user sign
        end done
        began > day_came > sign > done
    """)
    assert late(matter, days=4).inbox == []
    assert late(matter, days=2).inbox == ["sign"]


def test_messages_and_deadlines_take_a_task_or_a_job_away() -> None:
    text = """
        start began
        service tell
        boundary was_withdrawn on tell: message withdrawal
        user ask
        boundary is_late on ask: due answer
        end done
        end withdrawn
        end overdue
        began > tell > ask > done
        was_withdrawn > withdrawn
        is_late > overdue
    """
    assert begun(text).does(engine.Deliver("withdrawal")).ended_at == "withdrawn"
    assert late(begun(text).finishes("tell")).ended_at == "overdue"
    assert begun(text).finishes("tell").completes("ask").ended_at == "done"


def test_an_error_ends_the_called_process_and_its_catcher_may_lead_back() -> None:
    matter = begun(f"""
process handling
start began
xor again
call check_it: checking
boundary some_missing on check_it: error missing
user supply
end done
began > again > check_it > done
some_missing > supply > again
{CHECKING}""")
    for _ in range(2):
        assert matter.completes("check_papers", go__on=False).inbox == ["supply"]
        assert matter.completes("supply").inbox == ["check_papers"]
    assert matter.completes("check_papers", go__on=True).ended_at == "done"


def test_an_error_takes_the_other_branches_of_the_called_process_with_it() -> None:
    matter = begun("""
process handling
start began
call check_it: checking
boundary some_missing on check_it: error missing
end done
end returned
began > check_it > done
some_missing > returned

process checking
start checking_began
and split
user check_papers
user check_person
xor are_complete
and both_checked
end were_checked
end papers_missing: error missing
checking_began > split > check_papers > are_complete > both_checked [go.on]
are_complete > papers_missing
split > check_person > both_checked > were_checked
""")
    matter.completes("check_papers", go__on=False)
    assert (matter.inbox, matter.ended_at) == ([], "returned")


ESCALATED = """
process handling
start began
call check_it: checking
boundary was_raised on check_it: escalation doubt{how}
user advise
end done
end advised
began > check_it > done
was_raised > advise > advised

process checking
start checking_began
user check_papers
throw doubts: escalation doubt
user go_on
end were_checked
checking_began > check_papers > doubts > go_on > were_checked
"""


def test_an_escalation_that_does_not_interrupt_lets_the_called_process_go_on() -> None:
    matter = begun(ESCALATED.format(how=", not interrupting")).completes("check_papers")
    assert matter.inbox == ["advise", "go_on"]
    assert matter.completes("go_on").inbox == ["advise"]
    assert matter.completes("advise").ended_at == "advised"


def test_an_escalation_that_interrupts_ends_the_called_process() -> None:
    matter = begun(ESCALATED.format(how="")).completes("check_papers")
    assert matter.inbox == ["advise"]
    assert matter.completes("advise").ended_at == "advised"


def test_an_escalation_may_be_the_end_of_one_branch() -> None:
    matter = begun("""
process handling
start began
call check_it: checking
boundary was_raised on check_it: escalation doubt
end done
end doubted
began > check_it > done
was_raised > doubted

process checking
start checking_began
and split
user check_papers
user check_person
end were_checked
end in_doubt: escalation doubt
checking_began > split > check_papers > in_doubt
split > check_person > were_checked
""")
    matter.completes("check_papers")
    assert (matter.inbox, matter.ended_at) == ([], "doubted")


STOPPED = """
process {name}
start {name}_began
and split
user refuse
user go_on
end refused: terminate
end {name}_done
{name}_began > split > refuse > refused
split > go_on > {name}_done
"""


def test_a_terminate_end_ends_all_branches_at_once() -> None:
    matter = begun(STOPPED.format(name="handling")).completes("refuse")
    assert (matter.inbox, matter.ended_at) == ([], "refused")
    matter = begun(STOPPED.format(name="handling")).completes("go_on")
    assert matter.completes("refuse").ended_at == "refused"


def test_a_terminate_end_in_a_called_process_ends_only_that() -> None:
    matter = begun(f"""
process outside
start began
call stop_it: handling
user sign
end done
began > stop_it > sign > done
{STOPPED.format(name="handling")}""")
    assert matter.completes("refuse").inbox == ["sign"]
    assert matter.completes("sign").ended_at == "done"


@pytest.mark.skipif("eventBasedGateway" in TAGS, reason="refused: the engine does not run it yet")
def test_the_first_event_after_an_event_gateway_takes_its_way_also_in_a_loop() -> None:
    text = """
        start asked
        xor again
        events what_comes
        catch answer_came: message answer
        catch time_is_up: due answer
        user remind
        end answered
        asked > again > what_comes > answer_came > answered
        what_comes > time_is_up > remind > again
    """
    assert begun(text).does(engine.Deliver("answer")).ended_at == "answered"
    matter = late(begun(text))
    assert matter.inbox == ["remind"]
    assert matter.completes("remind", due__answer=matter.now + timedelta(days=5)).inbox == []
    assert late(matter, days=4).inbox == []
    assert late(matter, days=2).inbox == ["remind"]
    matter.completes("remind", due__answer=matter.now + timedelta(days=5)).does(engine.Deliver("answer"))
    assert matter.ended_at == "answered"


@pytest.mark.skipif(SUBPROCESS in TAGS, reason="refused: the engine does not run it yet")
def test_a_sub_process_is_left_by_its_end_its_error_its_deadline_or_a_message_and_may_hold_parallel_branches() -> None:
    text = """
        start began
        xor again
        sub read_it
          start reading_began
          and split
          user read_first
          user read_second
          xor is_good
          and both_read
          end was_read
          end is_wrong: error wrong
          reading_began > split > read_first > is_good > both_read [go.on]
          is_good > is_wrong
          split > read_second > both_read > was_read
        boundary was_wrong on read_it: error wrong
        boundary is_late on read_it: due answer
        boundary was_withdrawn on read_it: message withdrawal
        xor once_more
        end done
        end wrong
        end overdue
        end withdrawn
        began > again > read_it > once_more > again [go.back]
        once_more > done
        was_wrong > wrong
        is_late > overdue
        was_withdrawn > withdrawn
    """
    matter = begun(text)
    for _ in range(2):
        assert matter.inbox == ["read_first", "read_second"]
        assert matter.completes("read_second").completes("read_first").ended_at is None
    assert begun(text).completes("read_first", go__on=False).ended_at == "wrong"
    assert late(begun(text).completes("read_second")).ended_at == "overdue"
    assert begun(text).completes("read_first").does(engine.Deliver("withdrawal")).ended_at == "withdrawn"
    assert begun(text, go__back=False).completes("read_first").completes("read_second").ended_at == "done"
