"""What SpiffWorkflow 3.2 does and we build on, and what it does wrong and we go around: read this before any upgrade.

Two of its traps need no test here. `last_state_change` is no dirty flag, and rows written one by one are read back with
the others' votes in them: neither can hurt, because a state is always written and read whole (`engine.state`).
"""

import inspect
import json
from datetime import timedelta
from importlib import import_module
from importlib.metadata import version
from itertools import pairwise

import pytest
from SpiffWorkflow.bpmn import BpmnEvent
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.util.task import BpmnTaskIterator
from SpiffWorkflow.util.task import TaskIterator, TaskState

from tests.process.diagrams import both, catch, choice, deadline, drawn, many_of, meet, small_bundle, user
from tests.process.matter import NOON, Matter
from workflows.definitions import Bundle
from workflows.domain.facts import Facts
from workflows.engine.procedure import Procedure, procedure, serializer
from workflows.engine.script import Script
from workflows.engine.state import States
from workflows.engine.tasks import Message, Parser, own_events

MEMBERS = {"council.members": ("a", "b", "c")}
VOTE = drawn("vote", "begin>cast cast>done", user("cast", many_of("council.members")))
REVIEW = drawn(
    "review",
    "begin>entry entry>submit submit>split split>first split>second first>join second>join join>council council>check"
    " check>entry check>done[answer.good]",
    *(meet("entry"), user("submit"), both("split"), user("first"), user("second"), both("join"), user("council")),
    choice("check", "entry"),
)


def test_the_library_is_the_one_that_was_examined() -> None:
    assert version("SpiffWorkflow").startswith("3.2.")


def test_an_interned_spec_was_serialized_once_or_it_loses_the_votes_of_a_restored_ballot() -> None:
    bundle = small_bundle(VOTE)

    assert _open_after_all_votes(_interned(bundle), _interned(bundle)) == ("done", [])
    assert _open_after_all_votes(_as_parsed(bundle), _as_parsed(bundle)) == (None, [])


def _open_after_all_votes(at_first: Procedure, later: Procedure) -> tuple[str | None, list[str]]:
    """Fan out on one set of specs, vote on another as a new process would: the end that was reached, what is ready."""
    first, second = States(at_first, "vote"), States(later, "vote")
    workflow = first.new()
    workflow.script_engine = script = Script(later.bundle, Facts(MEMBERS), NOON)
    workflow.do_engine_steps()
    state = first.write(workflow, None)
    while True:
        workflow, _ = second.read(state)
        workflow.script_engine = script
        ready = workflow.get_tasks(state=TaskState.READY, manual=True)
        if not ready:
            done = [task.task_spec.bpmn_id for task in workflow.get_tasks(state=TaskState.COMPLETED)]
            return ("done" if "done" in done else None), ready
        ready[0].run()
        workflow.do_engine_steps()
        state = second.write(workflow, None)


def _interned(bundle: Bundle) -> Procedure:
    """Specs as a new process interns them."""
    return Procedure(bundle, import_module("workflows.engine.procedure")._parse(bundle))


def _as_parsed(bundle: Bundle) -> Procedure:
    parser = Parser()
    parser.add_bpmn_str(bundle.processes["vote"].xml)
    own_events(spec := parser.get_spec("vote"))
    return Procedure(bundle, {"vote": spec})


def test_specs_are_interned_as_the_serializer_gives_them_back() -> None:
    spec = procedure(small_bundle(VOTE)).spec("vote")

    assert json.loads(json.dumps(serializer().registry.convert(spec))) == serializer().registry.convert(spec)
    assert all(listeners for listeners in _listeners_of_instances(spec))


def _listeners_of_instances(spec: object) -> list[int]:
    many = [each for each in spec.task_specs.values() if hasattr(each, "merge_child")]  # type: ignore[attr-defined]
    return [spec.task_specs[each.task_spec].completed_event.n_subscribers() for each in many]  # type: ignore[attr-defined]


def test_the_limit_of_a_thousand_steps_is_lifted_in_every_walk_over_the_tree() -> None:
    for iterator in (TaskIterator, BpmnTaskIterator):
        assert inspect.signature(iterator).parameters["max_depth"].default > 10**9


def test_a_dossier_may_be_returned_more_often_than_the_library_can_count() -> None:
    matter = Matter(_long_loop(), "loop", {"due.reply": NOON + timedelta(days=1)})
    for _ in range(3):
        matter.completes("ask", answer__good=False)
    assert (matter.inbox, matter.ended_at) == (matter.stored_inbox(), None) == (["ask"], None)

    workflow, _ = States(procedure(matter.bundle), "loop").read(matter.state)
    assert list(BpmnTaskIterator(workflow.task_tree, max_depth=1000, state=TaskState.READY)) == []
    assert matter.completes("ask", answer__good=True).ended_at == "done"


def _long_loop(length: int = 350) -> Bundle:
    """Each return takes 350 steps, so that three pass the thousand: in a real diagram it takes 333 returns."""
    way = [f"g{number}" for number in range(length)]
    chain = " ".join(f"{a}>{b}" for a, b in pairwise(way))
    flows = f"begin>entry entry>ask ask>g0 {chain} {way[-1]}>check check>entry check>done[answer.good] late>done_late"
    elements = (
        user("ask"),
        deadline("late", "ask", "due.reply"),
        *map(meet, ("entry", *way)),
        choice("check", "entry"),
    )
    return small_bundle(drawn("loop", flows, *elements))


def test_known_wrong_an_and_join_in_a_loop_lets_the_council_begin_before_the_second_review() -> None:
    matter = Matter(small_bundle(REVIEW), "review")
    for review in ("submit", "first", "second", "council"):
        matter.completes(review, answer__good=False)
    matter.completes("submit")

    matter.completes("second")

    assert matter.inbox == ["council", "first"], "it is right now: the lint that forbids parallel gateways can go"


def test_the_library_swallows_a_message_nobody_waits_for() -> None:
    bundle = small_bundle(drawn("wait", "begin>hear hear>done", catch("hear", "word")))
    states = States(procedure(bundle), "wait")
    workflow = states.new()
    workflow.script_engine = Script(bundle, Facts(), NOON)
    workflow.do_engine_steps()

    for _ in range(3):
        workflow.catch(BpmnEvent(Message("word"), payload={}))
        workflow.do_engine_steps()

    assert workflow.is_completed()


def test_running_changes_no_interned_spec() -> None:
    bundle = small_bundle(VOTE, drawn("wait", "begin>hear hear>done", catch("hear", "word")))
    before = {name: serializer().registry.convert(spec) for name, spec in procedure(bundle).specs.items()}

    matter = Matter(bundle, "vote", MEMBERS)
    for _ in MEMBERS["council.members"]:
        matter.completes("cast")

    assert matter.ended_at == "done"
    assert {name: serializer().registry.convert(spec) for name, spec in procedure(bundle).specs.items()} == before


def test_the_librarys_own_serializer_is_not_what_we_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BpmnWorkflowSerializer, "deserialize_json", _refuse)
    monkeypatch.setattr(BpmnWorkflowSerializer, "serialize_json", _refuse)

    matter = Matter(small_bundle(VOTE), "vote", MEMBERS).completes("cast")

    assert matter.stored_inbox() == ["cast", "cast"]


def _refuse(*_: object, **__: object) -> None:
    pytest.fail("its migrations evaluate Python")
