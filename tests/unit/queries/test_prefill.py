"""What a form begins with: a table that rewrites fields of nominees begins with what is there."""

from typing import Any

from tests.story import procedure
from workflows.domain.facts import Facts, Line
from workflows.queries.prefill import prefill


def line(**values: Any) -> Line:
    """A nominee with a name and a work."""
    return Line("HS-0001.2", "HS-0001", 1, {"kind": "person", "name": "Trần Văn Thử", "work": "Đã cứu người"}, values)


def test_a_correction_begins_with_what_the_decision_says() -> None:
    told = prefill(procedure().forms["describe_correction"], Facts({}, (line(),)))

    assert told["lines"] == [{"line": 1, "name": "Trần Văn Thử", "work": "Đã cứu người"}]


def test_a_correction_that_came_back_begins_with_what_was_proposed() -> None:
    told = prefill(procedure().forms["describe_correction"], Facts({}, (line(**{"corrected.name": "Trần Văn Thứ"}),)))

    assert told["lines"] == [{"line": 1, "name": "Trần Văn Thứ", "work": "Đã cứu người"}]


def test_other_tables_about_lines_begin_empty() -> None:
    assert "lines" not in prefill(procedure().forms["appraise_dossier"], Facts({}, (line(),)))
