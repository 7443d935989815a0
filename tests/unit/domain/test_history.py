"""What is linked in the history: one way to write an event down, so that the same event always has the same link."""

import hashlib
import json
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.domain.actor import Actor
from workflows.domain.events import DecisionMade, FactChanged, TaskCompleted, TaskOpened
from workflows.domain.record import FactSet
from workflows.store.history import GENESIS, Occasion, canonical, entries, instant, link

AT = datetime(2022, 1, 13, 1, 0, 0, 7, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
OCCASION = Occasion(Actor(4, "van_thu", "Đỗ Thị Ví Von", "Văn thư"), AT, LATER, "HS-0007", "f" * 64)
EVENT = TaskCompleted(
    task="t", process="handling", element="receive_dossier", form="0" * 64, answers={"b": 1, "a": "Lệ"}
)
names = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
told = st.recursive(
    st.none() | st.booleans() | st.integers() | names,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=12,
)


@pytest.mark.parametrize("body", [0.5, {"a": 0.0}, [1, [2, {"b": 3.0}]], float("nan")])
def test_a_float_is_refused_wherever_it_stands(body: Any) -> None:
    with pytest.raises(TypeError, match="no floats"):
        canonical(body)


def test_the_order_of_names_and_the_way_marks_are_typed_do_not_count() -> None:
    one: dict[str, Any] = {"b": 1, "a": unicodedata.normalize("NFD", "Ước Lệ")}
    other: dict[str, Any] = {"a": unicodedata.normalize("NFC", "Ước Lệ"), "b": 1}

    assert canonical(one) == canonical(other) == '{"a":"Ước Lệ","b":1}'


@given(told)
def test_what_is_written_down_can_be_read_and_is_written_the_same_again(body: Any) -> None:
    text = canonical(body)

    assert canonical(json.loads(text)) == text
    assert unicodedata.is_normalized("NFC", text)


def test_an_instant_is_written_in_greenwich_to_the_microsecond() -> None:
    assert instant(datetime(2022, 1, 13, 8, tzinfo=timezone(timedelta(hours=7)))) == "2022-01-13T01:00:00.000000Z"
    assert instant(AT) == "2022-01-13T01:00:00.000007Z"


def test_an_event_is_written_with_who_when_where_and_under_which_version() -> None:
    (entry,) = entries([EVENT], OCCASION, 4, GENESIS)

    assert (entry.seq, entry.kind, entry.actor, entry.at) == (5, "TaskCompleted", "van_thu", AT)
    body = json.loads(entry.body)
    assert body["actor"] == {"login": "van_thu", "name": "Đỗ Thị Ví Von", "title": "Văn thư"}
    assert (body["at"], body["at_real"]) == ("2022-01-13T01:00:00.000007Z", "2026-11-23T09:30:00.000000Z")
    assert (body["number"], body["definition"], body["v"]) == ("HS-0007", "f" * 64, 1)
    assert body["event"]["answers"] == {"a": "Lệ", "b": 1}


def test_each_link_holds_the_one_before() -> None:
    first, second = entries([EVENT, EVENT], OCCASION, 0, GENESIS)

    assert first.link == hashlib.sha256(b"\x02" + bytes(32) + first.body.encode()).digest()
    assert second.link == link(first.link, second.body)
    assert first.link != second.link


def test_the_same_event_elsewhere_has_another_link() -> None:
    (here,) = entries([EVENT], OCCASION, 0, GENESIS)
    (there,) = entries([EVENT], Occasion(OCCASION.actor, AT, LATER, "HS-0008", "f" * 64), 0, GENESIS)

    assert here.link != there.link


def test_values_of_every_type_are_told_without_a_float() -> None:
    event = DecisionMade(
        process="p",
        element="e",
        decision="d",
        rule_set="r2017",
        inputs={"rate": Decimal("0.30"), "on": date(2021, 10, 25), "at": AT, "half": 0.5},
        outputs={"list": (1, "x", None), "yes": True},
        rules=("a", "b"),
    )

    body = event.body()

    assert body["inputs"] == {
        "rate": {"decimal": "0.30"},
        "on": {"date": "2021-10-25"},
        "at": {"instant": "2022-01-13T01:00:00.000007Z"},
        "half": {"decimal": "0.5"},
    }
    assert canonical(body)


def test_a_changed_fact_is_told_with_what_it_was() -> None:
    event = FactChanged(change=FactSet("dossier.full_on", None, date(2021, 10, 25), "HS-0007.1", "giam_doc"))

    assert event.body() == {
        "fact": "dossier.full_on",
        "line": "HS-0007.1",
        "item": "giam_doc",
        "old": None,
        "new": {"date": "2021-10-25"},
    }


def test_an_event_holds_nothing_that_cannot_be_told() -> None:
    with pytest.raises(TypeError, match="an event cannot hold"):
        TaskCompleted(task="t", process="p", element="e", form="f", answers={"x": object()}).body()
    assert TaskOpened(task="t", process="p", element="e", due=AT).body()["due"] == {
        "instant": "2022-01-13T01:00:00.000007Z"
    }
