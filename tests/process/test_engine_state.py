"""Stored states: only our own are read, of the process they belong to, and none that is too large is written."""

import json
import zlib
from pathlib import Path

import pytest

from tests.process.diagrams import choice, drawn, meet, small_bundle, user
from tests.process.matter import Matter
from workflows import engine
from workflows.engine import state as stored

ASK = drawn(
    "ask",
    "begin>entry entry>question question>check check>entry check>done[answer.good]",
    *(meet("entry"), user("question"), choice("check", "entry")),
)
OTHER = drawn("other", "begin>question question>done", user("question"))


def packed(body: object) -> bytes:
    """Anything as a state is packed."""
    return zlib.compress(json.dumps(body).encode())


def unpacked(state: bytes) -> dict[str, object]:
    """What a stored state holds."""
    read: dict[str, object] = json.loads(zlib.decompress(state))
    return read


@pytest.mark.parametrize(
    "state",
    [
        b"",
        b"garbage",
        b"{}",
        packed([]),
        packed(None),
        packed({"format": "vinhdanh/1", "process": "ask"}),
        packed({"format": "vinhdanh/1", "process": "ask", "stopped": None, "workflow": {}}),
        packed({"format": "vinhdanh/0", "process": "ask", "stopped": None, "workflow": {}}),
        zlib.compress(b"[" * 100_000),
        zlib.compress(b'{"format":NaN'),
        zlib.compress(b"\xff\xfe"),
    ],
    ids=range(11),
)
def test_what_the_engine_did_not_write_is_not_read(state: bytes) -> None:
    matter = Matter(small_bundle(ASK), "ask")
    matter.state = state

    with pytest.raises(engine.ForeignState, match="not written by this engine"):
        matter.completes("question", answer__good=True)


def test_an_old_state_of_the_library_is_not_read_and_its_python_not_run(tmp_path: Path) -> None:
    told = tmp_path / "ran"
    attack = f"__import__('pathlib').Path({str(told)!r}).touch()"
    matter = Matter(small_bundle(ASK), "ask")

    for version in ("1.0", "1.1", "1.2", "1.5"):
        matter.state = packed({"serializer_version": version, "spec": {"typename": attack}, "data": {"x": attack}})
        with pytest.raises(engine.ForeignState):
            matter.completes("question", answer__good=True)
    assert not told.exists()


def test_a_state_of_another_process_is_not_read() -> None:
    mine, theirs = Matter(small_bundle(ASK, OTHER), "ask"), Matter(small_bundle(ASK, OTHER), "other")
    mine.state = theirs.state

    with pytest.raises(engine.ForeignState, match="not a state of ask"):
        mine.completes("question", answer__good=True)


def test_a_state_on_a_diagram_without_its_steps_is_not_read() -> None:
    matter = Matter(small_bundle(ASK), "ask")
    renamed = drawn("ask", "begin>another another>done", user("another"))
    matter.bundle = small_bundle(renamed)

    with pytest.raises(engine.ForeignState):
        matter.completes("question", answer__good=True)


@pytest.mark.parametrize("damage", ["tasks", "root"])
def test_a_damaged_state_is_not_read(damage: str) -> None:
    matter = Matter(small_bundle(ASK), "ask")
    body = unpacked(matter.state)
    workflow = body["workflow"]
    assert isinstance(workflow, dict)
    workflow[damage] = {"00000000-0000-0000-0000-000000000000": {"typename": "os.system"}}
    matter.state = packed(body)

    with pytest.raises(engine.ForeignState):
        matter.completes("question", answer__good=True)


def test_a_bomb_is_not_unpacked() -> None:
    matter = Matter(small_bundle(ASK), "ask")
    matter.state = zlib.compress(b" " * stored.MAX_BYTES + zlib.decompress(matter.state))
    assert len(matter.state) < 20_000

    with pytest.raises(engine.ForeignState):
        matter.completes("question", answer__good=True)


def test_a_state_that_could_not_be_read_again_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    matter = Matter(small_bundle(ASK), "ask")
    before = matter.state
    monkeypatch.setattr(stored, "MAX_BYTES", len(zlib.decompress(before)) + 100)

    with pytest.raises(stored.StateTooLarge):
        matter.completes("question", answer__good=False)
    assert matter.state == before


def test_a_stored_state_holds_no_spec_and_no_fact() -> None:
    matter = Matter(small_bundle(ASK), "ask", {"answer.word": "bí mật"})
    matter.completes("question", answer__good=False)

    told = json.dumps(unpacked(matter.state), ensure_ascii=False)
    assert "bí mật" not in told
    assert "conditionExpression" not in told
    assert "serializer_version" not in told
    assert unpacked(matter.state)["format"] == stored.FORMAT


def test_the_answers_of_a_reviewer_cannot_brick_a_dossier() -> None:
    matter = Matter(small_bundle(ASK), "ask")
    hostile = json.dumps({"typename": "UUID", "value": "zz", "data_objects": {}})

    matter.completes("question", answer__good=False, answer__word=hostile)

    assert matter.stored_inbox() == ["question"]
    assert matter.completes("question", answer__good=True).ended_at == "done"
