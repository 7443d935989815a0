"""Whatever becomes of a file, the check answers with findings in time; it never raises. The seed is the test's."""

import re
import time
from collections.abc import Callable
from random import Random

import pytest

from tests.unit.definitions.pairs import SMALL
from workflows.definitions import load_bundle
from workflows.definitions.lint import inspect

MUTATIONS, MOST_SECONDS = 360, 2
FILES = dict(load_bundle(SMALL).files)
VALUES = ["", "null", "true", "1", '"x"', "[]", "{}", "[1]", "-1", "x y", "walk", "é", "0" * 50, "[[", "2021-01-01"]
QUOTED = re.compile(r'"([^"]*)"')
TOLD = re.compile(r"(?<=[:=] )([^,\n<>]+)")
INNER = re.compile(r">([^<]+)<")


def replaced(pattern: re.Pattern[str]) -> Callable[[Random, str], str]:
    """Puts a strange value where the pattern finds one."""

    def mutate(chance: Random, text: str) -> str:
        found = list(pattern.finditer(text))
        if not found:
            return text
        place = chance.choice(found)
        return text[: place.start(1)] + chance.choice(VALUES) + text[place.end(1) :]

    return mutate


def cut(chance: Random, text: str) -> str:
    """Takes a few signs out."""
    begin = chance.randrange(len(text) + 1)
    return text[:begin] + text[begin + chance.randint(1, 30) :]


def moved(chance: Random, text: str) -> str:
    """Swaps two lines, or takes one out."""
    lines = text.split("\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines if chance.random() < 0.5 else lines[:one] + lines[one + 1 :])


@pytest.mark.parametrize("seed", range(MUTATIONS))
def test_a_spoilt_file_gives_findings_and_nothing_else(seed: int) -> None:
    chance = Random(seed)
    path = chance.choice(sorted(FILES))
    text = FILES[path].decode()
    for _ in range(chance.randint(1, 2)):
        text = chance.choice([replaced(QUOTED), replaced(TOLD), replaced(INNER), cut, moved])(chance, text)
    began = time.monotonic()
    findings = inspect({**FILES, path: text.encode()})
    assert time.monotonic() - began < MOST_SECONDS
    assert all(finding.vi and finding.en for finding in findings)
