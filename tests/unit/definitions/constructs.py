"""Sketches played by the real engine, the state written and read before every command."""

import re
from datetime import timedelta

from tests.process.matter import NOON, Matter
from tests.unit.definitions.sketch import sketched
from workflows import engine
from workflows.definitions.lint import run
from workflows.domain.events import MessageSent
from workflows.domain.facts import Value

FACTS: dict[str, Value] = {
    "council.members": ("an", "binh", "chi"),
    "due.answer": NOON + timedelta(days=5),
    "go.on": True,
    "go.back": True,
}
READING = """
process reading
start reading_began
and split
user read_first
user read_second
and both_read
end was_read
reading_began > split > read_first > both_read > was_read
split > read_second > both_read
"""
CHECKING = """
process checking
start checking_began
user check_papers
xor are_complete
end were_checked
end papers_missing: error missing
checking_began > check_papers > are_complete > were_checked [go.on]
are_complete > papers_missing
"""


def begun(text: str, **facts: Value) -> Matter:
    """An instance of the first process of a clean sketch; names of facts have a double underscore for their dot."""
    bundle = sketched(text)
    assert [str(finding) for finding in run(bundle)] == []
    first = re.search(r"^process (\w+)", text, re.MULTILINE)
    told = {name.replace("__", "."): value for name, value in facts.items()}
    return Matter(bundle, first[1] if first else "walk", {**FACTS, **told})


def late(matter: Matter, days: int = 6) -> Matter:
    """The same instance some days later, after the deadlines were looked at."""
    matter.now += timedelta(days=days)
    return matter.does(engine.FireTimers())


def sent(matter: Matter) -> list[str]:
    """The messages of the last step."""
    return [event.message for event in matter.last if isinstance(event, MessageSent)]
