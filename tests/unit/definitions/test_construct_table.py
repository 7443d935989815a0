"""The table of what may be drawn says exactly what the rules let pass, and which test proves it."""

import re

from tests.unit.definitions import test_construct_branches, test_construct_events
from workflows.definitions import shipped
from workflows.definitions.lint.allowed_elements import TRIGGERS
from workflows.definitions.lint.refused import TAGS
from workflows.definitions.process import GATEWAYS, SUBPROCESS, TASKS

README = (shipped().parent / "README.md").read_text(encoding="utf-8")


def rows() -> dict[str, str]:
    """The table of constructs: what may be drawn, and the tests that prove it."""
    told = README.partition("## What may be drawn")[2].partition("\n## ")[0]
    found = re.findall(r"^\| (`.+?) \|.*\| (.*?) \|$", told, re.MULTILINE)
    return {construct.replace("`", ""): tests for construct, tests in found}


def allowed() -> frozenset[str]:
    """Every construct that the rules let pass, by tag and by what an event waits for or sends."""
    plain = (TASKS | GATEWAYS | {SUBPROCESS}) - TAGS.keys()
    events = {f"{kind} {trigger}" for kind, triggers in TRIGGERS.items() for trigger in triggers}
    return plain | events | {"startEvent", "endEvent", "userTask many", "callActivity many"}


def test_the_table_of_constructs_is_what_the_rules_allow() -> None:
    assert set(rows()) == allowed()


def test_every_construct_is_proved_by_a_test() -> None:
    here = {name for suite in (test_construct_branches, test_construct_events) for name in dir(suite)}
    for construct, tests in rows().items():
        named = set(re.findall(r"`(test_\w+)`", tests))
        assert named, construct
        assert named <= here, construct
