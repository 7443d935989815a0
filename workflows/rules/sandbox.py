"""The only place that runs JavaScript: feelin in one QuickJS context per thread, bounded and never shared."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import quickjs

from workflows.domain.said import Said
from workflows.rules import values
from workflows.rules.errors import FeelinMissing
from workflows.rules.values import Json

FEELIN = Path(__file__).with_name("feelin.js")
BRIDGE = Path(__file__).with_name("bridge.js")
MEMORY = 64 << 20
MOST_TREES = 4_096
SECONDS = 2
PARSING = 1
"""Seconds that reading an expression may take; one of any use takes a hundredth."""
LIMIT = Said("{seconds} seconds or {memory} MB", seconds=SECONDS, memory=MEMORY >> 20)
# feelin names Intl while it loads and needs it only for time zones by name, which cannot cross.
_INTL = "globalThis.Intl = globalThis.Intl || { DateTimeFormat: function () {} };"


class Stopped(Exception):
    """The evaluation used up its time, memory or stack."""


class Exhausted(Stopped):
    """What went before used up the time of all together."""


class _Threads(threading.local):
    context: quickjs.Context | None = None
    left: float | None = None


_threads = _Threads()


@contextmanager
def allowance(seconds: float) -> Iterator[None]:
    """What is parsed and evaluated inside takes at most this time together."""
    before = _threads.left
    given = _threads.left = seconds if before is None else min(seconds, before)
    try:
        yield
    finally:
        _threads.left = None if before is None else before - (given - _threads.left)


def _context() -> quickjs.Context:
    if _threads.context is None:
        _threads.context = _fresh()
    return _threads.context


def _fresh() -> quickjs.Context:
    try:
        feelin = FEELIN.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise FeelinMissing(path=FEELIN.name) from None
    context = quickjs.Context()
    context.set_memory_limit(MEMORY)
    context.eval(_INTL + feelin)
    context.eval(BRIDGE.read_text(encoding="utf-8"))
    return context


def _call(function: str, seconds: float, *arguments: str | bool) -> Json:
    """The answer of the bridge; after any stop the context is thrown away, as its memory cannot be trusted."""
    left, began = _threads.left, time.thread_time()
    if left is not None and left <= 0:
        raise Exhausted
    try:
        context = _context()
        context.set_time_limit(seconds if left is None else min(left, seconds))
        answer = context.get(function)(*arguments)
    except (quickjs.JSException, quickjs.StackOverflow, MemoryError) as error:
        _threads.context = None
        raise Stopped(str(error)) from None
    finally:
        if left is not None:
            _threads.left = left - (time.thread_time() - began)
    return json.loads(answer, parse_int=values.whole, parse_float=values.fraction)


@lru_cache(maxsize=MOST_TREES)
def parse(expression: str, shape: str, *, unary: bool) -> Json:
    """The parse tree of feelin as nested [name, from, to, children], or {"failed": …}.

    It is kept: what an expression says depends on nothing else, and a draft is checked again with every change.
    """
    return _call("parse", PARSING, expression, shape, unary)


def evaluate(expression: str, paths: str, facts: str, *, unary: bool) -> Json:
    """{"value": …, "warnings": […]} or {"failed": …}; raises Stopped, and CannotCross for a number beyond exactness."""
    return _call("evaluate", SECONDS, expression, paths, facts, unary)
