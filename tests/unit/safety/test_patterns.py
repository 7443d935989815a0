"""Patterns of forms: what may be written is tried in a moment on any text, and what may not says why."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.safety.strategies import FUZZ
from workflows.domain.errors import InvalidInput
from workflows.domain.form import clean
from workflows.domain.form_pattern import LONGEST_TEXT, refusal

PARTS = st.sampled_from(["a", "b", ".", r"\d", r"\w", "[a-c]", "[^b]", "-", "Đ", r"\."])
TIMES = st.sampled_from(["", "", "?", "*", "+", "{3}", "{2,}", "{0,9}", "{1,300}"])
FLAT = st.lists(st.tuples(PARTS, TIMES).map("".join), max_size=7).map("".join)
PATTERNS = st.recursive(
    FLAT, lambda inner: st.lists(inner, min_size=1, max_size=3).map(lambda ways: f"({'|'.join(ways)})")
)
TEXTS = ("a" * LONGEST_TEXT, "a" * (LONGEST_TEXT - 1) + "!", "ab" * (LONGEST_TEXT // 2), "a" * 500 + "b" * 499 + "-")
MOST_SECONDS = 0.5


@pytest.mark.parametrize(
    "pattern",
    [
        "^[0-9]{12}$",
        r"^(\d{9}|\d{12})$",
        r"^[A-ZĐ]{1,4}-\d+$",
        r"^Số \d+/QĐ-SLĐTBXH$",
        r"^[^@ ]+@[a-z.]{1,40}$",
        "^$",
        "^(|a)$",
    ],
)
def test_patterns_that_offices_need_may_be_written(pattern: str) -> None:
    assert refusal(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("[0-9]{12}", "begin with"),
        ("^a|b$", "groups"),
        ("^(a+)+$", "groups"),
        ("^(a|a)*$", "groups"),
        (r"^(a)\1$", "groups"),
        ("^(?=a)a$", "groups"),
        ("^(?:a)$", "groups"),
        ("^((((a))))$", "groups"),
        ("^a++$", "groups"),
        ("^a*?$", "groups"),
        ("^a{1000}$", "groups"),
        ("^[a$", "groups"),
        ("^[z-a]$", "range"),
        ("^a{3,2}$", "repeat"),
        ("^a*a*a*$", "too many ways"),
        ("^(a*|b*)(a*|b*)(a*|b*)$", "too many ways"),
        ("^" + "a?" * 30 + "$", "too many ways"),
        ("^" + "a" * 400 + "$", "longer"),
    ],
)
def test_what_may_not_be_written_says_why(pattern: str, why: str) -> None:
    assert why in str(refusal(pattern))


@FUZZ
@given(written=PATTERNS)
def test_a_pattern_that_may_be_written_is_tried_in_a_moment(written: str) -> None:
    pattern = f"^{written}$"
    if refusal(pattern) is None:
        began = time.process_time()
        for text in TEXTS:
            re.search(pattern, text)
        assert time.process_time() - began < MOST_SECONDS


def test_no_pattern_is_tried_on_a_long_text() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string", "pattern": "^(a+)+$"}}}
    began = time.process_time()
    with pytest.raises(InvalidInput):
        clean(schema, {"a": "a" * LONGEST_TEXT + "!"})
    assert time.process_time() - began < MOST_SECONDS
