"""Random courses of the real engine find what hangs and what goes round, and are the same for the same seed."""

from tests.unit.definitions.sketch import files, sketched
from workflows.gate import gate
from workflows.rehearsal.stroll import stroll

DEADLOCK = """start begun
xor choice
user ask_unit
user ask_other
and both
end done
begun > choice > ask_unit > both > done
choice > ask_other > both"""
LOOP = """start begun
xor entry
user ask_unit
xor choice
end done
begun > entry > ask_unit > choice > entry
choice > done [go.on and not(go.on)]"""
SOUND = """start begun
user ask_unit
end done
begun > ask_unit > done"""


def test_a_planted_deadlock_hangs() -> None:
    assert stroll(sketched(DEADLOCK), "walk", 1).outcome == "stuck"


def test_a_sound_process_ends_and_the_same_seed_goes_the_same_way() -> None:
    bundle = sketched(SOUND)
    assert stroll(bundle, "walk", 1).outcome == "ended"
    assert stroll(bundle, "walk", 7) == stroll(bundle, "walk", 7)


def test_a_way_out_that_no_answer_opens_is_found_by_walking_though_every_rule_is_kept() -> None:
    layers = {each.key: each for each in gate(None, files(LOOP)).layers}
    assert layers["reading"].state == "passed"
    assert layers["walks"].state == "failed"
    assert {(each.rule, each.element) for each in layers["walks"].findings} == {("walk_endless", "entry")}
