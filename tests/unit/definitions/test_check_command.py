"""The command that checks a bundle says of anything, also of what cannot be read, what is wrong and what to do."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from webapp.cli.bundles import check
from workflows.domain.errors import DefinitionRejected

SMALL = Path(__file__).parent / "small"


def told(folder: Path) -> tuple[int, list[dict[str, str]]]:
    ended = CliRunner().invoke(check, [str(folder), "--json"])
    return ended.exit_code, json.loads(ended.output)


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "small"))


@pytest.mark.parametrize(
    ("file", "content", "rule"),
    [
        ("bundle.toml", b"key = small", "readable"),
        ("bundle.toml", b"", "readable"),
        ("walk.bpmn", b"<definitions", "readable"),
        ("walk.bpmn", b"<!DOCTYPE x><definitions/>", "xml_limits"),
        ("forms/ask_question.schema.json", b"{", "readable"),
        ("decisions/weigh_answer/r1.dmn", b"\xff", "xml_limits"),
        ("scenarios/odd.toml", b"= 1", "readable"),
    ],
)
def test_a_bundle_that_cannot_be_read_is_a_finding_in_both_languages_with_what_to_do(
    file: str, content: bytes, rule: str, bundle: Path
) -> None:
    (bundle / file).parent.mkdir(exist_ok=True)
    (bundle / file).write_bytes(content)

    code, (finding,) = told(bundle)

    assert (code, finding["rule"], finding["file"]) == (1, rule, file)
    assert finding["vi"] != finding["en"]
    assert all(finding[words] for words in ("vi", "en", "fix_vi", "fix_en"))


def test_a_folder_without_a_bundle_is_a_finding_too(tmp_path: Path) -> None:
    code, (finding,) = told(tmp_path)

    assert (code, finding["rule"], finding["file"]) == (1, "readable", str(tmp_path))
    assert finding["fix_vi"]


def test_the_engine_has_the_last_word(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_bundle: object) -> None:
        raise DefinitionRejected(why="the engine cannot read a diagram: odd")

    assert told(bundle)[0] == 0
    monkeypatch.setattr("webapp.cli.bundles.procedure", refuse)

    code, findings = told(bundle)

    assert code == 1
    assert "the engine cannot read a diagram: odd" in findings[-1]["en"]
    assert findings[-1]["fix_vi"]
