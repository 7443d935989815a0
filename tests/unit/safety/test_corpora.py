"""Whatever an admin types, in every place: it is refused with a sentence, or does nothing but what it says."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.unit.safety import places
from tests.unit.safety.corpus import Payload, payloads
from tests.unit.safety.corpus import places as corpora

ROOT = Path(__file__).parents[3]
TYPED = [payload for place in places.PLACES for payload in payloads(place)]
MOST_SECONDS, MOST_MIB = 2, 512
"""Of processor time for the check and the run of one payload, and of memory."""
FEWEST = 400
WAITS = 300
Came = Mapping[str, Any]
GUARDED = """
import sys
from pathlib import Path
from tests.unit.safety.guard import Guard

guard = Guard(Path({secret!r}))
deed = compile({deed!r}, "deed", "exec")
with guard:
    try:
        exec(deed)
    except OSError:
        pass
sys.exit(0 if guard.heard else 1)
"""


@pytest.fixture(scope="session")
def came(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Came]:
    """What came of every payload, typed in a process of its own; one that ends the process is left out."""
    folder = tmp_path_factory.mktemp("typed")
    canary, secret = folder / "made", folder / "secret"
    secret.write_text("không được đọc 7c1f", encoding="utf-8")
    found: dict[str, Came] = {}
    done = 0
    while done < len(TYPED):
        answers = list(_answers(canary, secret, done))
        found |= {each["name"]: each for each in answers}
        done += len(answers) + 1
    return found


def _answers(canary: Path, secret: Path, done: int) -> Iterator[Came]:
    command = [sys.executable, "-m", "tests.unit.safety.worker", str(canary), str(secret), str(done)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as worker:
        try:
            told, _ = worker.communicate(timeout=WAITS)
        except subprocess.TimeoutExpired:
            worker.kill()
            told, _ = worker.communicate()
    yield from map(json.loads, told.splitlines())


@pytest.mark.parametrize("payload", TYPED, ids=str)
def test_what_is_typed_is_refused_or_harmless(payload: Payload, came: Mapping[str, Came]) -> None:
    assert str(payload) in came, "it ended the process"
    what = came[str(payload)]
    assert what["ended"] == ("run" if payload.harmless else "refused"), what["said"]
    assert (what["heard"], what["made"], what["told"]) == ([], False, False)
    assert what["seconds"] < MOST_SECONDS
    assert max(what["mib"], what["paper_mib"]) < MOST_MIB


def test_there_are_corpora_for_every_place_and_many_payloads() -> None:
    assert set(corpora()) == {*places.PLACES, "labels"}
    assert len({str(payload) for payload in TYPED}) == len(TYPED) >= FEWEST


def test_nothing_is_refused_before_something_is_typed() -> None:
    places.walk(places.checked({}))


@pytest.mark.parametrize(
    "deed",
    [
        "eval('1 + 1')",
        "exec('a = 1')",
        "__import__('os').system('true')",
        "open({secret!r})",
        "__import__('subprocess').run(['true'])",
        "__import__('socket').create_connection(('127.0.0.1', 9))",
    ],
)
def test_the_guard_hears_what_a_payload_would_do(deed: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.touch()
    code = GUARDED.format(secret=str(secret), deed=deed.format(secret=str(secret)))
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
