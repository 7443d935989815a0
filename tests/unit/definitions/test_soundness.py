"""What can go wrong in a diagram is found with the shortest way to it, and what is right is let pass."""

import pytest

from tests.unit.definitions.sketch import files, sketched
from workflows.definitions import load_bundle, shipped
from workflows.definitions.lint import soundness
from workflows.definitions.soundness import Problem, Verdict, judge


def verdict(text: str) -> Verdict:
    """What is said of the only process of a sketch."""
    found = judge(next(iter(sketched(text).processes.values())))
    assert found is not None
    return found


def branches(split: str, join: str) -> str:
    """Two tasks between two gateways."""
    return f"""
        start began
        {split} split
        user first
        user second
        {join} met
        user after
        end done
        began > split > first > met > after > done
        split > second > met
    """


@pytest.mark.parametrize("kind", ["xor", "and"])
def test_branches_that_meet_as_they_parted_are_sound(kind: str) -> None:
    assert verdict(branches(kind, kind)).sound


def test_a_parallel_gateway_after_a_choice_waits_for_ever() -> None:
    (problem,) = verdict(branches("xor", "and")).problems
    assert (problem.kind, problem.at) == ("deadlock", ("met",))
    assert problem.path in {("began", "split", "first"), ("began", "split", "second")}


def test_an_exclusive_gateway_after_parallel_branches_lets_both_through() -> None:
    (problem,) = verdict(branches("and", "xor")).problems
    assert (problem.kind, problem.at) == ("unsynchronised", ("after",))
    assert sorted(problem.path) == sorted(("began", "split", "first", "met", "second", "met"))


def test_a_loop_without_a_way_out_never_ends() -> None:
    text = """
        start began
        xor is_new
        xor again
        user ask
        xor which
        user other
        end done
        began > is_new > done [go.on]
        is_new > again > ask > which > other > again
        which > again
    """
    assert verdict(text).problems == (Problem("livelock", ("again",), ("began", "is_new")),)


def test_steps_that_nothing_leads_to_are_dead() -> None:
    text = """
        start began
        user ask
        end done
        xor again
        user lost
        xor leaves
        end lost_done
        began > ask > done
        again > lost > leaves > lost_done [go.on]
        leaves > again
    """
    assert verdict(text).problems == (Problem("dead", ("again", "leaves", "lost", "lost_done")),)


def test_a_deadline_that_jumps_out_of_parallel_branches_leaves_the_other_one_waiting() -> None:
    text = """
        start began
        and split
        user first
        boundary is_late on first: due answer
        user second
        and met
        end done
        end overdue
        began > split > first > met > done
        is_late > overdue
        split > second > met
    """
    (problem,) = verdict(text).problems
    assert (problem.kind, problem.at) == ("deadlock", ("met",))
    assert problem.path == ("began", "split", "first", "is_late", "overdue", "second")
    assert verdict(text.replace("end overdue", "end overdue: terminate")).sound


def test_a_called_process_is_one_step_that_may_end_in_its_boundary_events() -> None:
    text = """
        process handling
        start began
        xor again
        call check: checking
        boundary is_wrong on check: error wrong
        boundary is_late on check: due answer
        user mend
        end done
        end overdue
        began > again > check > done
        is_wrong > mend > again
        is_late > overdue
        process checking
        start checked
        user look
        xor is_good
        end was_good
        end was_wrong: error wrong
        checked > look > is_good > was_good [go.on]
        is_good > was_wrong
    """
    for process in sketched(text).processes.values():
        found = judge(process)
        assert found is not None
        assert found.sound


SUB = """
    start began
    sub handle
      start opened
      and split
      user first
      user second
      {end}
      and met
      end closed
      opened > split > first > met > closed
      split > second > {way}
    {boundary}
    xor over
    end done
    began > handle > over > done
"""


@pytest.mark.parametrize(
    ("end", "way", "boundary", "kinds"),
    [
        ("", "met", "", set()),
        ("", "met", "boundary is_late on handle: due answer\nis_late > over", set()),
        ("end stopped: terminate", "stopped", "", set()),
        ("end stopped", "stopped", "", set()),
        ("end stopped: error bad", "stopped", "boundary is_bad on handle: error bad\nis_bad > over", set()),
        ("end stopped: error bad", "stopped", "boundary is_bad on handle: error\nis_bad > over", set()),
        ("", "met", "boundary is_bad on handle: error bad\nis_bad > over", {"dead"}),
    ],
)
def test_a_sub_process_ends_when_nothing_is_left_in_it_or_when_it_is_interrupted(
    end: str, way: str, boundary: str, kinds: set[str]
) -> None:
    lines = boundary.replace("\n", "\n    ")
    found = verdict(SUB.format(end=end, way=way, boundary=lines))
    assert {problem.kind for problem in found.problems} == kinds


@pytest.mark.parametrize(("how", "kinds"), [(", not interrupting", set()), ("", {"dead"})])
def test_an_escalation_lets_its_sub_process_go_on_unless_it_interrupts(how: str, kinds: set[str]) -> None:
    text = f"""
        start began
        sub handle
          start opened
          throw doubts: escalation doubt
          user look
          end closed
          opened > doubts > look > closed
        boundary was_raised on handle: escalation doubt{how}
        end done
        end advised
        began > handle > done
        was_raised > advised
    """
    found = verdict(text)
    assert {problem.kind for problem in found.problems} == kinds


def test_an_escalation_that_does_not_interrupt_must_not_come_back_into_the_way() -> None:
    text = """
        start began
        call check: walk
        boundary was_raised on check: escalation doubt, not interrupting
        xor over
        end done
        began > check > over > done
        was_raised > over
    """
    (problem,) = verdict(text).problems
    assert problem.kind == "unsynchronised"


def test_whatever_comes_first_after_an_event_gateway_is_one_way_only() -> None:
    text = """
        start began
        events what_comes
        catch told: message answer
        catch late: due answer
        {join} met
        end done
        began > what_comes > told > met > done
        what_comes > late > met
    """
    assert verdict(text.format(join="xor")).sound
    assert verdict(text.format(join="and")).problems[0].kind == "deadlock"


def side_by_side(count: int) -> str:
    """A process with so many branches at once, each with a loop and a deadline."""
    lines = ["start began", "and split", "and met", "end done", "began > split", "met > done"]
    for n in range(count):
        lines += [f"xor again_{n}", f"user ask_{n}", f"boundary late_{n} on ask_{n}: due answer", f"user mend_{n}"]
        lines += [f"xor good_{n}", f"split > again_{n} > ask_{n} > good_{n} > met", f"good_{n} > again_{n}"]
        lines += [f"late_{n} > mend_{n} > again_{n}"]
    return "\n".join(lines)


def test_a_diagram_that_is_too_parallel_is_given_up_as_a_warning() -> None:
    assert verdict(side_by_side(5)) == Verdict((), 7_779)
    bundle = sketched(side_by_side(7))
    (finding,) = soundness.check(bundle)
    assert (finding.severity, finding.element) == ("warning", "walk")
    assert "too parallel to check" in finding.en


def test_a_mistake_is_told_even_where_the_search_is_given_up() -> None:
    process = sketched(side_by_side(4).replace("and met", "xor met")).processes["walk"]
    found = judge(process, states=900)
    assert found is not None
    assert (found.complete, found.problems[0].kind) == (False, "unsynchronised")


def test_the_search_ends_when_its_time_is_over() -> None:
    found = judge(sketched(side_by_side(6)).processes["walk"], seconds=0)
    assert found is not None
    assert not found.complete
    assert found.states < 50_000


def test_a_diagram_with_loose_ends_is_left_to_the_rules_that_name_them() -> None:
    bundle = sketched("start began\nuser ask\nend done\nbegan > ask")
    assert [judge(process) for process in bundle.processes.values()] == [None]


def test_the_procedure_that_is_shipped_is_sound() -> None:
    found = {process.id: judge(process) for process in load_bundle(shipped()).processes.values()}
    assert all(each is not None and each.sound for each in found.values()), found


def test_the_finding_names_the_way_by_the_ids_of_the_elements() -> None:
    (finding,) = soundness.check(sketched(branches("xor", "and")))
    assert "began > split > first" in finding.en
    assert "began > split > first" in finding.vi
    assert (
        f'id="{finding.element}"' in files(branches("xor", "and"))["walk.bpmn"].decode().splitlines()[finding.line - 1]
    )
