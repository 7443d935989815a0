"""Facts: one frozen value that expressions read, and that comes back from the database exactly as it went there."""

import json
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.domain.facts import Facts, Line, Value, from_json, nest, to_json, typed

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
instants = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
exact = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15)
scalars = st.none() | st.booleans() | st.integers(-(10**18), 10**18) | texts | exact | st.dates() | instants
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=4).map(tuple), max_leaves=10)


@given(values)
def test_a_fact_comes_back_as_it_was(value: Value) -> None:
    back = from_json(json.loads(json.dumps(to_json(value))))

    assert back == value
    assert type(back) is type(value)


@given(exact)
def test_an_exact_number_keeps_its_last_digit(value: Decimal) -> None:
    back = from_json(json.loads(json.dumps(to_json(value))))

    assert isinstance(back, Decimal)
    assert back == value


def test_a_date_is_not_an_instant() -> None:
    assert to_json(date(2021, 10, 25)) == {"date": "2021-10-25"}
    assert to_json(datetime(2021, 10, 25, 8, tzinfo=timezone(timedelta(hours=7)))) == {
        "instant": "2021-10-25T01:00:00Z"
    }


def test_a_number_of_json_is_taken_as_it_is_written() -> None:
    assert from_json(0.1) == Decimal("0.1")
    assert typed(0.1, {"type": "number"}) == Decimal("0.1")


@pytest.mark.parametrize("stored", [{}, {"typename": "UUID", "value": "zz"}, {"instant": 7}, {"date": None}])
def test_what_no_fact_was_written_as_is_not_read_as_one(stored: object) -> None:
    with pytest.raises(ValueError, match="not a stored fact"):
        from_json(stored)  # type: ignore[arg-type]


@pytest.mark.parametrize("answer", [object(), b"bytes", {"a": 1}, {1, 2}])
def test_only_what_a_fact_can_hold_becomes_one(answer: object) -> None:
    with pytest.raises(TypeError, match="no fact can hold"):
        typed(answer, {})


def test_an_answer_becomes_what_its_form_declares() -> None:
    assert typed("2021-10-25", {"type": "string", "format": "date"}) == date(2021, 10, 25)
    assert typed("2021-10-25", {"type": "string"}) == "2021-10-25"
    assert typed(["2021-10-25"], {"items": {"format": "date"}}) == (date(2021, 10, 25),)
    assert typed(unicodedata.normalize("NFD", "Lệ"), {}) == unicodedata.normalize("NFD", "Lệ")


def test_dotted_names_nest_and_a_longer_name_wins_over_a_shorter() -> None:
    assert nest({"a.b": 1, "a.c.d": 2, "e": 3}) == {"a": {"b": 1, "c": {"d": 2}}, "e": 3}
    assert nest({"a": 1, "a.b": 2}) == {"a": {"b": 2}}


def line(ordinal: int, verdict: str | None = None, **votes: str) -> Line:
    """A line of HS-0001 with what each member said of it."""
    said = {member: {"council.vote": vote} for member, vote in votes.items()}
    return Line(f"HS-0001.{ordinal}", "HS-0001", ordinal, {"name": "A"}, {"verdict": verdict} if verdict else {}, said)


def test_lines_are_counted_by_where_they_stand() -> None:
    facts = Facts(lines=(line(1), line(2, "passed"), line(3, "failed"), line(4, "withdrawn"), line(5)))

    assert facts.counts() == {
        "open": 2,
        "passed": 1,
        "failed": 1,
        "withdrawn": 1,
        "suspended": 0,
        "revoked": 0,
        "total": 5,
        "any_open": True,
        "any_passed": True,
        "any_suspended": False,
    }
    assert [each.ordinal for each in facts.open_lines()] == [1, 5]


def test_a_dossier_without_lines_has_none_of_any_kind() -> None:
    assert Facts().counts() == {
        **dict.fromkeys(("open", "passed", "failed", "withdrawn", "suspended", "revoked", "total"), 0),
        "any_open": False,
        "any_passed": False,
        "any_suspended": False,
    }


def test_a_line_that_is_suspended_or_revoked_is_counted_by_itself_and_is_not_open() -> None:
    facts = Facts(lines=(line(1, "suspended"), line(2, "revoked")))

    counted = facts.counts()
    assert (counted["suspended"], counted["revoked"], counted["any_suspended"]) == (1, 1, True)
    assert (counted["any_open"], facts.open_lines()) == (False, ())


def test_votes_are_counted_as_they_were_cast() -> None:
    assert line(1, None, a="yes", b="yes", c="no", d="abstain").tally() == {"yes": 2, "no": 1, "abstain": 1, "cast": 4}
    assert line(1).tally() == dict.fromkeys(("yes", "no", "abstain", "cast"), 0)


def test_an_expression_sees_one_line_and_how_the_others_stand() -> None:
    facts = Facts({"dossier.kind": "thematic", "council.members": ("a", "b", "c")}, (line(1, None, a="yes"), line(2)))

    seen = facts.context(facts.lines[0])

    assert seen["dossier"] == {"kind": "thematic"}
    assert seen["council"] == {"members": ("a", "b", "c"), "size": 3}
    votes = {"yes": 1, "no": 0, "abstain": 0, "cast": 1, "excluded": 0}
    assert seen["line"] == {"name": "A", "status": "open", "council": votes}
    assert "line" not in facts.context()


def test_facts_do_not_change_they_are_followed_by_others() -> None:
    before = Facts({"a": 1}, (line(1),))

    after = before.with_values({"a": 2, "b": 3}).with_line_values("HS-0001.1", {"note": "x"}, item="a")

    assert (before.values, before.lines[0].items) == ({"a": 1}, {})
    assert (after.values, after.lines[0].items) == ({"a": 2, "b": 3}, {"a": {"note": "x"}})
    assert before.text("a") is None
