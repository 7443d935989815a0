"""What a table forgets, decides twice or holds in vain is told by an example in both languages, with its severity."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from webapp.cli.bundles import check
from workflows.definitions import load_bundle, load_files, shipped
from workflows.definitions.lint import Finding, completeness

SMALL = Path(__file__).parent / "small"
TABLE = "decisions/weigh_answer/r1.dmn"
FEW, MANY = "<text>&lt; 3</text>", "<text>&gt;= 3</text>"
FILES = dict(load_bundle(SMALL).files)


def found(*swaps: tuple[str, str]) -> list[Finding]:
    """What is told of the small bundle's table with some of its cells changed."""
    text = FILES[TABLE].decode()
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    return list(completeness.check(load_files({**FILES, TABLE: text.encode()})))


def test_a_forgotten_case_is_a_warning_with_an_example() -> None:
    (gap,) = found((MANY, "<text>&gt; 5</text>"))
    assert (gap.severity, gap.element) == ("warning", "weigh_answer")
    assert "không có dòng nào cho Số chữ từ 3 đến 5" in gap.vi
    assert "no row fits Words from 3 to 5" in gap.en


def test_a_case_decided_twice_is_an_error_at_the_first_of_the_rows() -> None:
    (overlap,) = found((FEW, "<text>&lt;= 3</text>"))
    assert (overlap.severity, overlap.element) == ("error", load_bundle(SMALL).tables["weigh_answer"]["r1"].rules[0].id)
    assert "Số chữ = 3" in overlap.vi
    assert "rows 1, 2 all fit Words = 3" in overlap.en


def test_a_row_that_never_decides_is_a_warning() -> None:
    told = found((FEW, "<text>? &lt; 3 and ? &gt; 5</text>"), (MANY, "<text>-</text>"))
    assert [(each.severity, each.element) for each in told] == [
        ("warning", load_bundle(SMALL).tables["weigh_answer"]["r1"].rules[1].id)
    ]


def test_an_answer_that_is_never_given_is_told() -> None:
    (unused,) = found(('<text>"enough"</text>', '<text>"short"</text>'))
    assert unused.severity == "info"
    assert "«enough»" in unused.vi


@pytest.mark.parametrize("cell", ["<text>&lt; count(council.members)</text>", "<text>? + 1 &lt; 3</text>"])
def test_it_is_said_where_it_cannot_be_told(cell: str) -> None:
    told = [each for each in found((FEW, cell)) if each.severity == "info"]
    assert "không thể biết" in told[0].vi
    assert "cannot be told" in told[0].en


@pytest.mark.parametrize("seconds", [0.05, 1e-7])
def test_a_table_that_takes_too_long_is_left(seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(completeness, "MOST_SECONDS", seconds)
    slow = "<text>? &lt; count(for i in 1..30000 return i)</text>"
    assert {each.severity for each in found((FEW, slow))} == {"info"}


def test_the_side_of_an_unknown_bound_that_is_forgotten_is_told_in_words() -> None:
    (gap,) = found(
        (FEW, "<text>&lt; count(council.members) * 2</text>"), (MANY, "<text>&gt; count(council.members) * 2</text>")
    )
    assert gap.severity == "warning"
    assert "Số chữ bằng count(«Thành viên») * 2" in gap.vi
    assert "Words equal to count(«Members») * 2" in gap.en


def test_days_are_tried_while_the_rules_are_in_force() -> None:
    held = dict(load_bundle(shipped()).files)
    salaries = re.sub(
        rb"<inputValues.*?</inputValues>", b"", held.pop("decisions/base_salary/always.dmn"), flags=re.DOTALL
    )
    held |= {f"decisions/base_salary/{key}.dmn": salaries for key in ("r2017", "r2024", "r2025", "r2026")}
    held["bundle.toml"] += b'\n[decisions.base_salary]\nlegal_date = "number_decision.decision_date"\n'
    told = [each for each in completeness.check(load_files(held)) if "no row fits" in each.en]
    gaps = {each.file: each.en for each in told}
    assert "from 01/10/2017 to 30/06/2019" in gaps["decisions/base_salary/r2017.dmn"]
    assert "from 01/07/2026 to 30/09/2026" in gaps["decisions/base_salary/r2025.dmn"]
    assert "decisions/base_salary/r2024.dmn" not in gaps


def test_the_days_for_which_a_table_says_that_it_answers_are_tried() -> None:
    files = dict(load_bundle(shipped()).files)
    table = "decisions/base_salary/always.dmn"
    files[table] = files[table].replace(
        b'[date("2019-07-01")..date("2026-06-30")]', b'[date("2019-06-01")..date("2026-06-30")]'
    )
    (told,) = completeness.check(load_files(files))
    assert "from 01/06/2019 to 30/06/2019" in told.en


@pytest.mark.parametrize(("cell", "code"), [("<text>&gt; 5</text>", 0), ("<text>&gt;= 2</text>", 1)])
def test_the_command_ends_with_1_for_an_error_and_with_0_for_a_warning(cell: str, code: int, tmp_path: Path) -> None:
    for path, content in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content.replace(MANY.encode(), cell.encode()) if path == TABLE else content)

    ended = CliRunner().invoke(check, [str(tmp_path)])

    assert ended.exit_code == code
    assert ("error: " if code else "warning: ") + TABLE in ended.output
