"""Tasks, gateways, calls and what is done many times run as drawn; bpmn/README.md names these tests as proof."""

import pytest

from tests.unit.definitions.constructs import READING, begun, late


def test_a_user_task_waits_a_service_task_waits_for_its_job_and_a_rule_task_does_not_wait() -> None:
    matter = begun("""
        start began
        user ask
        rule weigh: weigh_answer
        service tell
        end done
        began > ask > weigh > tell > done
    """)
    assert matter.inbox == ["ask"]
    assert matter.completes("ask").inbox == ["tell"]
    assert matter.facts.get("decisions.weigh_answer.way") == "on"
    assert matter.finishes("tell").ended_at == "done"


def test_an_exclusive_gateway_takes_one_way_and_may_lead_back() -> None:
    matter = begun("""
        start began
        xor again
        user ask
        xor is_good
        end done
        began > again > ask > is_good > again [go.back]
        is_good > done
    """)
    for _ in range(3):
        assert matter.completes("ask").inbox == ["ask"]
    assert matter.completes("ask", go__back=False).ended_at == "done"


@pytest.mark.parametrize("order", [("read_first", "read_second"), ("read_second", "read_first")])
def test_a_parallel_gateway_waits_for_every_branch_in_any_order(order: tuple[str, str]) -> None:
    matter = begun(READING)
    assert matter.inbox == ["read_first", "read_second"]
    assert matter.completes(order[0]).inbox == [order[1]]
    assert matter.completes(order[1]).ended_at == "was_read"


def test_parallel_branches_may_stand_in_one_another_choose_and_loop_inside() -> None:
    matter = begun("""
        start began
        and outer
        user first
        and inner
        user second
        xor again
        user third
        xor is_good
        and inner_met
        and outer_met
        end done
        began > outer > first > outer_met > done
        outer > inner > second > inner_met > outer_met
        inner > again > third > is_good > again [go.back]
        is_good > inner_met
    """)
    matter.completes("third").completes("second").completes("third")
    assert matter.inbox == ["first", "third"]
    assert matter.completes("third", go__back=False).inbox == ["first"]
    assert matter.completes("first").ended_at == "done"


def test_a_deadline_in_one_branch_may_rejoin_before_the_parallel_gateway() -> None:
    matter = begun("""
        start began
        and split
        user first
        boundary is_late on first: due answer
        xor went_on
        user second
        and met
        end done
        began > split > first > went_on > met > done
        is_late > went_on
        split > second > met
    """)
    assert late(matter).inbox == ["second"]
    assert matter.completes("second").ended_at == "done"


def test_parallel_branches_may_end_each_for_itself() -> None:
    matter = begun("""
        start began
        and split
        user first
        user second
        end first_done
        end second_done
        began > split > first > first_done
        split > second > second_done
    """)
    assert matter.completes("second").ended_at is None
    assert matter.completes("first").ended_at == "first_done"


def test_a_called_process_with_parallel_branches_runs_again_in_every_round_of_a_loop() -> None:
    matter = begun(f"""
process handling
start began
xor again
call read_it: reading
xor is_good
end done
began > again > read_it > is_good > again [go.back]
is_good > done
{READING}""")
    for order in (("read_first", "read_second"), ("read_second", "read_first"), ("read_first", "read_second")):
        assert matter.inbox == ["read_first", "read_second"]
        assert matter.completes(order[0]).inbox == [order[1]]
        matter.completes(order[1])
    matter.completes("read_second")
    assert matter.completes("read_first", go__back=False).ended_at == "done"


def test_a_user_task_is_done_once_for_each_member_and_the_deadline_ends_the_rest() -> None:
    text = """
        start began
        user vote: many
        boundary is_late on vote: due answer
        xor is_over
        user count
        end done
        began > vote > is_over > count > done
        is_late > is_over
    """
    matter = begun(text).completes("vote").completes("vote")
    assert matter.inbox == ["vote"]
    assert late(matter).inbox == ["count"]
    assert begun(text).completes("vote").completes("vote").completes("vote").inbox == ["count"]


MANY_CALLS = f"""
process handling
start began
call read_it: reading, many
user sign
end done
began > read_it > sign > done
{READING}"""


def test_a_process_is_called_once_for_each_member_and_all_must_end() -> None:
    matter = begun(MANY_CALLS)
    assert matter.inbox == ["read_first"] * 3 + ["read_second"] * 3
    for element in ("read_first", "read_second") * 3:
        assert "sign" not in matter.inbox
        matter.completes(element)
    assert matter.inbox == ["sign"]
    assert matter.completes("sign").ended_at == "done"


def test_a_process_called_for_nobody_is_passed() -> None:
    assert begun(MANY_CALLS, council__members=()).inbox == ["sign"]


def test_a_deadline_around_the_call_of_a_process_with_many_calls_ends_them_all() -> None:
    matter = begun(f"""
process overall
start overall_began
call handle_it: handling
boundary is_late on handle_it: due answer
end overall_done
end overdue
overall_began > handle_it > overall_done
is_late > overdue
{MANY_CALLS}""")
    matter.completes("read_first").completes("read_second").completes("read_first")
    assert late(matter).inbox == []
    assert matter.ended_at == "overdue"
