"""Scenarios that a change touches are played first, those that only tell another again from another day last."""

from tests.story import procedure
from workflows.gate.played import in_turn
from workflows.stories.again import every_story


def test_a_changed_scenario_and_those_that_pass_a_changed_form_come_first() -> None:
    bundle = procedure()
    known = every_story(bundle)
    order, touched = in_turn(bundle, known, frozenset({"scenarios/t02.toml"}))
    assert order[0] == "t02"
    assert touched == sum(name.split("@")[0] == "t02" for name in known)
    order, touched = in_turn(bundle, known, frozenset())
    assert touched == 0
    again = ["@" in name for name in order]
    assert again == sorted(again)
    touched_by_form = in_turn(bundle, known, frozenset({"forms/appraise_dossier.schema.json"}))[1]
    assert 0 < touched_by_form < len(known)
