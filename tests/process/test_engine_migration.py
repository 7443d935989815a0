"""A running instance on another version of its diagram: nothing open is lost, no clock starts again, votes merge."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from tests.process.diagrams import both, call, call_off, choice, deadline, drawn, job, many_of, meet, small_bundle, user
from tests.process.matter import NOON, Matter
from workflows import engine
from workflows.definitions import Bundle
from workflows.definitions.counterparts import suggested
from workflows.domain.facts import Value

TOMORROW = NOON + timedelta(days=1)
COUNCIL: Mapping[str, Value] = {"council.members": ("a", "b", "c")}
PLAIN = drawn("walk", "begin>a a>b b>c c>done", user("a"), user("b"), user("c"))


def at_b(bundle: Bundle | None = None) -> Matter:
    return Matter(bundle or small_bundle(PLAIN), "walk").completes("a")


def moves(matter: Matter, new: Bundle, *, consented: bool = False, **renamed: str) -> Matter:
    """The matter goes on in another version."""
    found = engine.migrate(
        matter.bundle, new, matter.process, matter.state, {matter.process: renamed}, consented=consented
    )
    assert isinstance(found, engine.Migrated), [each.said.en for each in found]
    matter.bundle, matter.state = new, found.state
    matter.waiting = {task: element for task, (_, element) in found.after.open.items()} | {
        task: element for task, (_, element) in found.after.jobs.items()
    }
    assert matter.inbox == matter.stored_inbox()
    return matter


def why_not(matter: Matter, new: Bundle, **renamed: str) -> list[str]:
    found = engine.can_migrate(matter.bundle, new, matter.process, matter.state, {matter.process: renamed})
    return [each.kind for each in found]


def walked(matter: Matter) -> list[str]:
    """Every task that is still done, in order."""
    seen = []
    while matter.inbox:
        seen.append(matter.inbox[0])
        matter.completes(matter.inbox[0])
    assert matter.ended_at is not None
    return seen


def test_a_step_inserted_ahead_is_passed() -> None:
    new = small_bundle(drawn("walk", "begin>a a>b b>n n>c c>done", *map(user, "abnc")))

    assert walked(moves(at_b(), new)) == ["b", "n", "c"]


def test_another_way_at_a_gateway_ahead_is_taken() -> None:
    old = drawn("walk", "begin>a a>g g>b g>c[answer.good] b>done c>done", *map(user, "abc"), choice("g", "b"))
    new = drawn("walk", "begin>a a>g g>c g>b[answer.good] b>done c>done", *map(user, "abc"), choice("g", "c"))
    matter = Matter(small_bundle(old), "walk", {"answer.good": True})

    assert walked(moves(matter, small_bundle(new))) == ["a", "b"]


def test_a_step_inserted_before_the_open_one_is_skipped_by_consent_only() -> None:
    new = small_bundle(drawn("walk", "begin>a a>n n>b b>c c>done", *map(user, "abnc")))
    matter = at_b()
    (reason,) = engine.can_migrate(matter.bundle, new, "walk", matter.state)

    assert (reason.kind, reason.element, reason.consent) == ("skipped", "n", True)
    refused = engine.migrate(matter.bundle, new, "walk", matter.state)
    assert refused == (reason,)
    assert walked(moves(matter, new, consented=True)) == ["b", "c"]


@pytest.mark.parametrize(
    ("flows", "kept", "kind"),
    [("begin>a a>c c>done", "ac", "open_gone"), ("begin>b b>c c>done", "bc", "done_gone")],
)
def test_a_step_that_is_open_or_was_done_cannot_go(flows: str, kept: str, kind: str) -> None:
    new = small_bundle(drawn("walk", flows, *map(user, kept)))
    matter = at_b()

    assert kind in why_not(matter, new)
    assert not isinstance(engine.migrate(matter.bundle, new, "walk", matter.state, consented=True), engine.Migrated)


def test_a_renamed_step_is_named_by_hand() -> None:
    new = small_bundle(drawn("walk", "begin>a a>b2 b2>c c>done", *map(user, ("a", "b2", "c"))))
    matter = at_b()
    mine = matter.task("b")

    assert "open_gone" in why_not(matter, new)
    assert suggested(matter.bundle, new) == {"walk": {"b": "b2"}}
    moves(matter, new, b="b2")
    assert matter.task("b2") == mine
    assert walked(matter) == ["b2", "c"]


def test_a_finished_gateway_that_is_gone_leaves_the_way_whole() -> None:
    old = small_bundle(
        drawn("walk", "begin>a a>g g>b g>c[answer.good] b>done c>done", *map(user, "abc"), choice("g", "b"))
    )
    new = small_bundle(drawn("walk", "begin>a a>b b>c c>done", *map(user, "abc")))
    matter = Matter(old, "walk", {"answer.good": False}).completes("a")

    assert walked(moves(matter, new, consented=True)) == ["b", "c"]


def test_a_running_deadline_keeps_its_instant() -> None:
    flows = "begin>a a>b b>{} late>done_late"
    old = small_bundle(drawn("walk", flows.format("done"), user("a"), user("b"), deadline("late", "b", "due.reply")))
    new = small_bundle(
        drawn("walk", flows.format("c c>done"), user("a"), user("b"), user("c"), deadline("late", "b", "due.reply"))
    )
    matter = Matter(old, "walk", {"due.reply": TOMORROW}).completes("a")
    matter.learns(due__reply=TOMORROW + timedelta(days=30))
    moves(matter, new)

    matter.now = TOMORROW - timedelta(seconds=1)
    assert matter.does(engine.FireTimers()).inbox == ["b"]
    matter.now = TOMORROW
    assert matter.does(engine.FireTimers()).ended_at == "done_late"


@pytest.mark.parametrize("cast", [0, 1, 2])
def test_votes_go_on_merging(cast: int) -> None:
    vote = user("vote", many_of("council.members"))
    old = small_bundle(drawn("walk", "begin>vote vote>done", vote))
    new = small_bundle(drawn("walk", "begin>vote vote>c c>done", vote, user("c")))
    matter = Matter(old, "walk", COUNCIL)
    for _ in range(cast):
        matter.completes("vote")
    open_now = dict(matter.waiting)

    moves(matter, new)

    assert matter.waiting == open_now
    assert walked(matter) == [*["vote"] * (3 - cast), "c"]


def test_a_called_process_under_way_goes_on_with_its_new_steps() -> None:
    caller = drawn("walk", "begin>inner inner>c c>done", call("inner", "ask"), user("c"))
    old = small_bundle(caller, drawn("ask", "begin>a a>done", user("a")))
    new = small_bundle(caller, drawn("ask", "begin>a a>n n>done", user("a"), user("n")))

    assert walked(moves(Matter(old, "walk"), new)) == ["a", "n", "c"]


def test_a_call_not_yet_begun_takes_the_new_process() -> None:
    caller = drawn("walk", "begin>b b>inner inner>done", user("b"), call("inner", "ask"))
    old = small_bundle(caller, drawn("ask", "begin>a a>done", user("a")))
    new = small_bundle(caller, drawn("ask", "begin>n n>done", user("n")))

    assert walked(moves(Matter(old, "walk"), new)) == ["b", "n"]


def test_a_message_that_calls_off_is_still_heard() -> None:
    flows = "begin>inner inner>{} off>done_off"
    parts = (call("inner", "ask"), call_off("off", "inner", "word"))
    ask = drawn("ask", "begin>a a>done", user("a"))
    old = small_bundle(drawn("walk", flows.format("done"), *parts), ask)
    new = small_bundle(drawn("walk", flows.format("c c>done"), *parts, user("c")), ask)
    matter = moves(Matter(old, "walk"), new)

    assert matter.does(engine.Deliver("word")).ended_at == "done_off"


def test_parallel_branches_under_way_meet_as_before() -> None:
    flows = "begin>split split>a split>b a>meet b>meet meet>{}"
    old = small_bundle(drawn("walk", flows.format("done"), both("split"), both("meet"), user("a"), user("b")))
    new = small_bundle(
        drawn("walk", flows.format("c c>done"), both("split"), both("meet"), user("a"), user("b"), user("c"))
    )
    for first in ("a", "b", None):
        matter = Matter(old, "walk")
        if first:
            matter.completes(first)
        left = [each for each in ("a", "b") if each != first]
        assert walked(moves(matter, new)) == [*left, "c"]


@pytest.mark.parametrize(
    ("flows", "kind"),
    [
        ("begin>split split>a split>b split>c a>meet b>meet c>meet meet>done", "branches"),
        ("begin>split split>a split>b a>c c>meet b>meet meet>done", "join"),
    ],
)
def test_branches_that_would_wait_for_ever_are_refused(flows: str, kind: str) -> None:
    parts = (both("split"), both("meet"), user("a"), user("b"))
    old = small_bundle(drawn("walk", "begin>split split>a split>b a>meet b>meet meet>done", *parts))
    new = small_bundle(drawn("walk", flows, *parts, user("c")))

    assert kind in why_not(Matter(old, "walk").completes("a"), new)


def test_an_event_added_to_the_open_step_would_not_work() -> None:
    late = deadline("late", "b", "due.reply")
    new = small_bundle(drawn("walk", "begin>a a>b b>c c>done late>done_late", *map(user, "abc"), late))

    assert why_not(at_b(), new) == ["event_added"]
    assert why_not(Matter(small_bundle(PLAIN), "walk", {"due.reply": TOMORROW}), new) == []


def test_a_deadline_taken_from_the_open_step_is_refused() -> None:
    late = deadline("late", "b", "due.reply")
    old = small_bundle(drawn("walk", "begin>a a>b b>c c>done late>done_late", *map(user, "abc"), late))
    matter = Matter(old, "walk", {"due.reply": TOMORROW}).completes("a")

    assert why_not(matter, small_bundle(PLAIN)) == ["open_gone"]
    assert walked(moves(matter.completes("b"), small_bundle(PLAIN))) == ["c"]


def test_an_open_step_of_another_kind_is_refused() -> None:
    for other in (job("b"), user("b", many_of("council.members")), call("b", "walk")):
        new = small_bundle(drawn("walk", "begin>a a>b b>c c>done", user("a"), other, user("c")))
        assert why_not(at_b(), new) == ["kind"]


def test_a_stopped_instance_is_retried_in_the_new_version() -> None:
    old = small_bundle(
        drawn("walk", "begin>a a>g g>b g>c[answer.word] b>done c>done", *map(user, "abc"), choice("g", "b"))
    )
    new = small_bundle(
        drawn("walk", "begin>a a>g g>b g>c[answer.good] b>done c>done", *map(user, "abc"), choice("g", "b"))
    )
    matter = Matter(old, "walk", {"answer.good": True, "answer.word": "x"}).completes("a")
    assert matter.stopped is not None

    moves(matter, new)

    assert matter.does(engine.Retry()).inbox == ["c"]


def test_a_loop_gone_round_often_goes_on() -> None:
    flows = "begin>entry entry>a a>g g>entry g>{}"
    parts = (meet("entry"), user("a"), choice("g", "entry"))
    old = small_bundle(drawn("walk", flows.format("done[answer.good]"), *parts))
    new = small_bundle(drawn("walk", flows.format("n[answer.good] n>done"), *parts, user("n")))
    matter = Matter(old, "walk", {"answer.good": False})
    for _ in range(4):
        matter.completes("a")
    matter.learns(answer__good=True)

    assert walked(moves(matter, new)) == ["a", "n"]


def test_the_same_version_again_changes_nothing() -> None:
    matter = at_b()
    assert walked(moves(matter, small_bundle(PLAIN))) == ["b", "c"]


def test_a_process_that_is_gone_is_refused() -> None:
    assert why_not(at_b(), small_bundle(drawn("other", "begin>a a>done", user("a")))) == ["process_gone"]
