"""Errors are caught where they are thrown to, loops keep clear of parallel gateways, nothing plans too far ahead."""

import pytest

from tests.process.matter import Matter
from tests.unit.definitions.sketch import sketched
from workflows.definitions import Bundle
from workflows.definitions.lint import caught, connections, event_choice, identifiers, parallel_cycle, run, tree_size
from workflows.engine.outcome import every_task
from workflows.engine.procedure import procedure
from workflows.engine.state import states

THROWING = """
process handling
start began
call check: checking
{caught}
end done
end other
began > check > done
{way}
process checking
start checked
user look
throw said: {thrown}
end seen
end bad: {ended}
checked > look > choose > seen
xor choose
choose > said > bad
"""


@pytest.mark.parametrize(
    ("on_boundary", "thrown", "ended", "elements"),
    [
        ("error wrong", "message word", "error wrong", []),
        ("error", "message word", "error wrong", []),
        ("error other", "message word", "error wrong", ["check", "off"]),
        ("escalation wrong", "message word", "error wrong", ["check", "off"]),
        ("", "message word", "error wrong", ["check"]),
        ("escalation doubt", "escalation doubt", "terminate", []),
        ("escalation doubt", "escalation doubt", "error wrong", ["check"]),
        ("error wrong", "escalation doubt", "error wrong", ["check"]),
        ("error wrong", "message word", "message told", ["off"]),
        ("error", "message word", "error", ["bad"]),
    ],
)
def test_what_is_thrown_is_caught_at_the_call_and_nothing_else_is_waited_for(
    on_boundary: str, thrown: str, ended: str, elements: list[str]
) -> None:
    boundary = f"boundary off on check: {on_boundary}" if on_boundary else ""
    text = THROWING.format(caught=boundary, way="off > other" if on_boundary else "", thrown=thrown, ended=ended)
    assert sorted(finding.element for finding in caught.check(sketched(text))) == elements


def test_an_error_of_a_process_that_nobody_calls_is_named() -> None:
    (finding,) = caught.check(sketched("start began\nend done: error wrong\nbegan > done"))
    assert "Nobody calls this process" in finding.en


def test_an_error_does_not_climb_two_calls() -> None:
    text = """
        process outer
        start began
        call one: middle
        boundary off on one: error wrong
        end done
        end other
        began > one > done
        off > other
        process middle
        start came
        call two: inner
        end went
        came > two > went
        process inner
        start opened
        end closed: error wrong
        opened > closed
    """
    assert {finding.element for finding in caught.check(sketched(text))} == {"two", "off"}


@pytest.mark.parametrize(
    ("way", "elements"),
    [
        ("is_late > again", ["met", "split"]),
        ("is_late > done", []),
    ],
)
def test_a_boundary_event_may_lead_a_loop_back_before_a_parallel_gateway(way: str, elements: list[str]) -> None:
    text = f"""
        start began
        xor again
        and split
        user first
        and met
        user sign
        boundary is_late on sign: due answer
        end done
        began > again > split > first > met > sign > done
        split > met
        {way}
    """
    assert sorted(finding.element for finding in parallel_cycle.check(sketched(text))) == elements


def test_a_loop_inside_one_branch_is_no_loop_of_the_gateway() -> None:
    text = """
        start began
        and split
        xor again
        user first
        xor good
        user second
        and met
        end done
        began > split > again > first > good > met > done
        good > again
        split > second > met
    """
    assert run(sketched(text)) == []


@pytest.mark.parametrize(
    ("ways", "elements"),
    [
        ("what_comes > told > done\nwhat_comes > late > done_too", []),
        ("what_comes > told > done", ["what_comes"]),
        ("what_comes > told > done\nwhat_comes > ask > done_too", ["ask"]),
        ("what_comes > late > done\nwhat_comes > later > done_too", ["what_comes"]),
        ("what_comes > told > done\nwhat_comes > late > done_too\nother > told", ["told"]),
        ("what_comes > told > done\nwhat_comes > told_again > done_too", ["what_comes"]),
    ],
)
def test_after_an_event_gateway_stand_its_own_events(ways: str, elements: list[str]) -> None:
    text = f"""
        start began
        events what_comes
        xor other
        catch told: message answer
        catch told_again: message answer
        catch late: due answer
        catch later: due notice
        user ask
        end done
        end done_too
        began > what_comes
        {ways.replace(chr(10), chr(10) + "        ")}
    """
    assert [finding.element for finding in event_choice.check(sketched(text))] == elements


def blocks(count: int, width: int, last: str = "") -> str:
    """A process of parallel blocks in a row."""
    lines, way = ["start began", "end done", last], "began"
    for n in range(count):
        lines += [f"and split_{n}", f"and met_{n}"]
        lines += [f"user ask_{n}_{each}\nsplit_{n} > ask_{n}_{each} > met_{n}" for each in range(width)]
        lines.append(f"{way} > split_{n}")
        way = f"met_{n}"
    return "\n".join([*lines, f"{way} > done"])


def planned_by_the_engine(bundle: Bundle) -> int:
    """How many tasks the engine holds for a new instance."""
    matter = Matter(bundle, "walk")
    workflow, _ = states(procedure(bundle), "walk").read(matter.state)
    return len(list(every_task(workflow)))


@pytest.mark.parametrize(
    ("count", "width", "size"),
    [(0, 0, 6), (1, 2, 13), (2, 2, 29), (5, 2, 253), (3, 5, 718), (5, 3, 1_578), (7, 2, 1_021)],
)
def test_the_planned_size_is_that_of_the_engine(count: int, width: int, size: int) -> None:
    text = blocks(count, width) if count else "start began\nuser ask\nend done\nbegan > ask > done"
    bundle = sketched(text)
    assert tree_size.planned(bundle.processes["walk"]) == planned_by_the_engine(bundle) == size
    assert list(tree_size.check(bundle)) == []


def test_twelve_blocks_of_two_are_too_many_and_the_engine_is_not_asked() -> None:
    (finding,) = tree_size.check(sketched(blocks(12, 2)))
    assert "32765" in finding.en
    assert finding.element == "walk"


def test_a_loop_is_planned_once_and_a_choice_by_its_larger_way() -> None:
    text = """
        start began
        xor again
        user ask
        xor which
        user first
        user second
        end done
        end late
        began > again > ask > which > first > done
        which > second > again
        which > late
    """
    bundle = sketched(text)
    assert planned_by_the_engine(bundle) <= tree_size.planned(bundle.processes["walk"]) + 3


@pytest.mark.parametrize(
    "key",
    [
        "activity_0k3x",
        "task",
        "task1",
        "task_12",
        "gateway_1x",
        "end_event",
        "user_task_2",
        "event_0a1b2c3",
        "Ask",
        "ask-it",
    ],
)
def test_an_id_that_says_nothing_is_named(key: str) -> None:
    bundle = sketched(f"start began\nuser {key.replace('-', '_')}\nend done\nbegan > {key.replace('-', '_')} > done")
    assert key == "ask-it" or [finding.element for finding in identifiers.check(bundle)] == [key]


@pytest.mark.parametrize(
    "key", ["ask_question", "gateway_to_council", "take_task_over", "event_held", "process_request"]
)
def test_an_id_that_speaks_is_let_pass(key: str) -> None:
    assert list(identifiers.check(sketched(f"start began\nuser {key}\nend done\nbegan > {key} > done"))) == []


@pytest.mark.parametrize("key", ["start", "end", "line", "dossier", "due", "today", "null", "typename"])
def test_an_id_of_the_system_is_named(key: str) -> None:
    bundle = sketched(f"start began\nuser {key}\nend done\nbegan > {key} > done")
    assert key in {finding.element for finding in identifiers.check(bundle)}


def test_a_sub_process_is_not_called_like_a_process_or_another_sub_process() -> None:
    inside = "  start {0}_began\n  end {0}_done\n  {0}_began > {0}_done"
    text = "\n".join(
        (
            "process handling\nstart began\nsub checking",
            inside.format("one"),
            "end done\nbegan > checking > done\nprocess checking\nstart came\nend went\ncame > went",
        )
    )
    assert [finding.element for finding in identifiers.check(sketched(text))] == ["checking"]


def test_every_scope_has_its_own_start_and_end_and_no_flow_crosses_it() -> None:
    text = """
        start began
        sub handle
          start opened
          user look
          opened > look > done
        end done
        began > handle > done
    """
    found = {(finding.element, finding.rule) for finding in connections.check(sketched(text))}
    assert found == {("handle", "connections"), ("look__done", "connections"), ("done", "connections")}
