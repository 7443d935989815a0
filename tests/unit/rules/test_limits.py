"""Hostile or careless expressions end in a sentence within the limit, and no thread shares an engine with another."""

import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workflows.domain.errors import DomainError
from workflows.rules import sandbox
from workflows.rules.errors import RuleFailed, TableRejected, TooDeep, TooExpensive, TooLong
from workflows.rules.feel import check, condition, evaluate, unary
from workflows.rules.table import parse_table
from workflows.rules.vocabulary import FactType, Vocabulary

PLACE = "dossier.bpmn, flow to_council"
WORDS = """
and or not( in ( ) [ ] { } if then else for x return some every satisfies between null true "x" 1 0.5 - + * /
.. . , : ? = != > <= lines.open dossier.kind legal date item date("2024-01-01") count( sum( function(x) @"2024-01-01"
// /* é 😀 council.members lines.all verdict duration("P1D") `a` \\ " __proto__ partial external now()
"""
source = st.lists(st.sampled_from(WORDS.split()), max_size=12).map(" ".join) | st.text(max_size=60)
fuzzed = settings(
    max_examples=100,
    deadline=2500,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.mark.parametrize(
    "bomb",
    [
        "count(for i in 1..1000000000 return i)",
        'string length(string join(for i in 1..1000000 return "' + "x" * 70 + '"))',
        "for a in 1..3000, b in 1..3000, c in 1..3000 return a",
    ],
)
def test_an_expression_that_would_run_for_ever_is_stopped(
    bomb: str, facts: dict[str, Any], vocabulary: Vocabulary
) -> None:
    begun = time.monotonic()

    with pytest.raises(TooExpensive, match="was stopped: it needs more than 2 seconds or 64 MB"):
        evaluate(bomb, facts, vocabulary, place=PLACE)

    assert time.monotonic() - begun < 2.5
    assert condition("lines.open = 2", facts, vocabulary, place=PLACE)


def test_an_expression_that_only_takes_time_is_stopped_by_the_clock(
    monkeypatch: pytest.MonkeyPatch, facts: dict[str, Any], vocabulary: Vocabulary
) -> None:
    monkeypatch.setattr(sandbox, "SECONDS", 0.2)
    monkeypatch.setattr(sandbox._threads, "context", None)
    begun = time.monotonic()

    with pytest.raises(TooExpensive):
        evaluate("count(distinct values(for a in 1..100000 return [a]))", facts, vocabulary, place=PLACE)

    assert 0.1 < time.monotonic() - begun < 1
    monkeypatch.setattr(sandbox._threads, "context", None)


@pytest.mark.parametrize(
    "bomb",
    [
        "(" * 41 + "1" + ")" * 41,
        "-" * 1500 + "1",
        "1" + "+1" * 1200,
        "some x in [1] satisfies " * 300 + "true",
        "{f: function(x) f(x), r: f(1)}.r",
        'matches("' + "a" * 40 + '!", "(a+)+$")',
        "not " * 900 + "1",
        "1" + " = 1" * 700,
    ],
    ids=lambda bomb: bomb[:24],
)
def test_an_expression_nested_without_end_is_refused_before_it_runs(bomb: str, vocabulary: Vocabulary) -> None:
    begun = time.monotonic()

    with pytest.raises(DomainError) as refused:
        check(bomb, vocabulary, place=PLACE)

    assert time.monotonic() - begun < 2.5
    assert len(str(refused.value)) < 600


def test_the_length_of_an_expression_is_limited(vocabulary: Vocabulary) -> None:
    with pytest.raises(TooLong, match="has 8001 characters; 8000 are allowed"):
        check('"' + "x" * 7999 + '"', vocabulary, place=PLACE)
    with pytest.raises(TooDeep):
        check("[" * 41 + "]" * 41, vocabulary, place=PLACE)
    check("[" * 40 + "1" + "]" * 40, vocabulary, place=PLACE)


def _ends_in_a_sentence_or(attempt: Callable[[], object]) -> None:
    refused = ""
    try:
        attempt()
    except (RuleFailed, TableRejected) as error:
        refused = str(error)
    assert refused == "" or refused.startswith(PLACE)


@fuzzed
@given(written=source)
def test_whatever_is_written_ends_in_a_value_or_a_sentence(
    written: str, facts: dict[str, Any], vocabulary: Vocabulary
) -> None:
    _ends_in_a_sentence_or(lambda: evaluate(written, facts, vocabulary, place=PLACE))


@fuzzed
@given(written=source, value=st.sampled_from(["thematic", "regular", None]))
def test_whatever_is_written_in_a_cell_ends_in_an_answer_or_a_sentence(
    written: str, value: str | None, facts: dict[str, Any], vocabulary: Vocabulary
) -> None:
    declared = FactType("text", ("thematic", "regular"))
    _ends_in_a_sentence_or(lambda: unary(written, value, facts, vocabulary, place=PLACE, declared=declared))


@fuzzed
@given(junk=st.binary(max_size=80), at=st.integers(0, 400), length=st.integers(0, 20))
def test_a_damaged_table_is_read_or_refused(junk: bytes, at: int, length: int, dmn: Any) -> None:
    whole = dmn([('"thematic"', "> 1", '"council"'), ("-", "-", '"direct"')])
    _ends_in_a_sentence_or(lambda: parse_table(whole[:at] + junk + whole[at + length :], place=PLACE))


@pytest.mark.parametrize("value", [None, True, 3, "x", 2.5, [], [None], {}, {"a": 1}, b"x", object(), {"__proto__": 1}])
def test_whatever_a_fact_holds_ends_in_a_value_or_a_sentence(value: object, vocabulary: Vocabulary) -> None:
    for name in ("dossier.kind", "lines.open", "council.members", "lines.all"):
        group, _, key = name.partition(".")
        given_so = {group: {key: value}}
        _ends_in_a_sentence_or(lambda: evaluate(f"[{name}]", given_so, vocabulary, place=PLACE))  # noqa: B023  (called at once)


@pytest.mark.parametrize("call", ["now()", "today()", 'matches("a", "a")', 'replace("a", "a", "b")', 'split("a", "a")'])
def test_even_unchecked_an_expression_reaches_no_clock_and_no_pattern(call: str) -> None:
    assert sandbox.evaluate(call, "[]", "[]", unary=False)["failed"].startswith("refused function ")


def test_an_engine_that_was_stopped_is_not_used_again() -> None:
    before = sandbox.evaluate("1", "[]", "[]", unary=False), sandbox._threads.context

    with pytest.raises(sandbox.Stopped):
        sandbox.evaluate('string join(for i in 1..1000000 return "' + "x" * 70 + '")', "[]", "[]", unary=False)
    assert sandbox.evaluate("1", "[]", "[]", unary=False) == before[0]
    assert sandbox._threads.context is not before[1]


def test_threads_have_engines_of_their_own(facts: dict[str, Any], vocabulary: Vocabulary) -> None:
    with ThreadPoolExecutor(8) as threads:
        answers = threads.map(lambda n: evaluate(f"lines.open + {n}", facts, vocabulary, place=PLACE), range(80))

        assert list(answers) == [n + 2 for n in range(80)]


SHARED = """
    import sys, threading
    from workflows.rules import sandbox

    one = sandbox._fresh()

    def ask():
        sandbox._threads.context = one if sys.argv[1] == "shared" else None
        for n in range(60):
            sandbox.evaluate(f"count(for i in 1..40 return i + {n})", "[]", "[]", unary=False)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
"""


def _exit_code(how: str) -> int:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(SHARED), how], check=False, capture_output=True, timeout=60
    ).returncode


def test_an_engine_shared_between_threads_kills_the_process_and_own_ones_do_not() -> None:
    assert _exit_code("own") == 0
    assert any(_exit_code("shared") < 0 for _ in range(3)), "sharing is safe now: the rule may be dropped"


def test_a_question_asked_again_is_answered_from_memory(facts: dict[str, Any], vocabulary: Vocabulary) -> None:
    asked = 'dossier.kind = "thematic" and lines.open > 0'
    condition(asked, facts, vocabulary, place=PLACE)

    best = min(_microseconds(asked, facts, vocabulary) for _ in range(20))

    assert best < 20, f"{best:.1f} µs"


def _microseconds(asked: str, facts: dict[str, Any], vocabulary: Vocabulary) -> float:
    begun = time.perf_counter()
    for _ in range(50):
        condition(asked, facts, vocabulary, place=PLACE)
    return (time.perf_counter() - begun) / 50 * 1e6
