"""Folders that lead elsewhere, checks that would take for ever, texts with places: each ends within its bounds."""

import os
import time
from pathlib import Path

import pytest

from tests.unit.safety.places import FILES, TABLE
from workflows.definitions import BundleRejected, lint, load_bundle, load_files, read
from workflows.domain.filling import filled, strange_place
from workflows.rules import sandbox
from workflows.rules.errors import NotReached
from workflows.rules.feel import check

SLOW = '"' * 7_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small bundle in a folder that may be changed."""
    for path, content in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    return tmp_path


def test_links_pipes_and_hidden_files_are_left_out(folder: Path) -> None:
    before = load_bundle(folder).sha256
    (folder / "documents").mkdir()
    (folder / "documents" / "passwd.typ").symlink_to("/etc/passwd")
    (folder / "all").symlink_to("/")
    (folder / "round").symlink_to(folder)
    os.mkfifo(folder / "documents" / "pipe.typ")
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / "x.typ").write_text("x")

    assert load_bundle(folder).sha256 == before


def test_a_file_is_measured_before_it_is_read(folder: Path) -> None:
    with (folder / "large.typ").open("wb") as large:
        large.truncate(read.MOST_BYTES * 1_000)
    began = time.monotonic()

    with pytest.raises(BundleRejected, match="at most"):
        load_bundle(folder)
    assert time.monotonic() - began < 2


def test_a_folder_of_many_files_is_not_read(folder: Path) -> None:
    for number in range(read.MOST_FILES):
        (folder / f"{number}.typ").touch()

    with pytest.raises(BundleRejected, match="at most"):
        load_bundle(folder)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_a_file_that_is_closed_is_named(folder: Path) -> None:
    (folder / "walk.bpmn").chmod(0)

    with pytest.raises(BundleRejected, match="cannot be read"):
        load_bundle(folder)


def test_a_table_of_slow_cells_does_not_keep_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lint, "MOST_SECONDS", 0.5)
    text = FILES[TABLE].decode()
    row = text[text.index("<rule ") : text.index("</rule>") + len("</rule>")]
    rows = "".join(row.replace("luat_thu_d1_du", f"row_{n}").replace("&gt;= 3", SLOW[n:]) for n in range(200))
    bundle = load_files({**FILES, TABLE: text.replace("<rule ", f"{rows}<rule ", 1).encode()})
    began = time.process_time()

    findings = lint.run(bundle)

    assert time.process_time() - began < 4
    assert any("took too long" in finding.en for finding in findings)


def test_what_is_not_reached_says_so_and_the_next_check_has_its_own_time() -> None:
    with sandbox.allowance(0), pytest.raises(NotReached, match="took too long"):
        check("1 = 1", {}, place="here")
    with sandbox.allowance(5), sandbox.allowance(0.01):
        pass
    check("1 = 1", {}, place="here")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Số {number}", "Số 7"),
        ("{number:03d}/{year}", "007/2021"),
        (
            "{password} {number.__class__} {0} {} {number!r} {number:>99}",
            "{password} {number.__class__} {0} {} {number!r} {number:>99}",
        ),
        ("{{number}}", "{7}"),
    ],
)
def test_places_are_filled_and_nothing_is_formatted(text: str, told: str) -> None:
    assert filled(text, {"number": 7, "year": 2021}) == told


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("{number} {year}", None),
        ("{n.x}", "{n.x}"),
        ("{", "{"),
        ("}", "}"),
        ("{password}", "{password}"),
        ("{number:>9}", "{number:>9}"),
    ],
)
def test_what_is_no_place_is_found(text: str, strange: str | None) -> None:
    assert strange_place(text, ("number", "year")) == strange
