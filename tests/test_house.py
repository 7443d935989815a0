"""The house rules that no tool knows: sizes, names, what must be written down."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from workflows.settings import Settings

ROOT = Path(__file__).parent.parent
FORBIDDEN = {
    "manager",
    "managers",
    "helper",
    "helpers",
    "util",
    "utils",
    "common",
    "handler",
    "handlers",
    "data",
    "info",
}
LONGEST_FILE = 300
LONGEST_FUNCTION = 40


def sources(*rooms: str) -> list[Path]:
    """The Python files of these rooms, without what is generated."""
    found = [path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]
    return [path for path in found if not {"node_modules", "versions"} & set(path.parts)]


def name(path: Path) -> str:
    """A test's name for a file."""
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", sources("workflows", "webapp", "tools", "tests"), ids=name)
def test_a_file_is_short_and_says_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_FILE
    assert not text.strip() or ast.get_docstring(ast.parse(text))


@pytest.mark.parametrize("path", sources("workflows", "webapp", "tools"), ids=name)
def test_a_function_fits_a_screen(path: Path) -> None:
    long = {f.name: f.end_lineno - f.lineno + 1 for f in functions(path) if f.end_lineno}
    assert {key: lines for key, lines in long.items() if lines > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("path", sources("workflows", "webapp", "tools"), ids=name)
def test_a_file_is_named_after_what_it_does(path: Path) -> None:
    assert not FORBIDDEN & set(path.stem.split("_"))


def test_every_setting_is_described_here_and_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for setting, field in Settings.model_fields.items():
        assert field.description, setting
        assert f"`VINHDANH_{setting.upper()}`" in readme


def test_every_command_of_run_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in re.findall(r"^(\w+)\) ", (ROOT / "run").read_text(encoding="utf-8"), re.MULTILINE):
        assert f"`./run {command}" in readme or command == "run"


@pytest.mark.parametrize(
    ("lock", "extras"), [("requirements.lock", ["build"]), ("requirements-dev.lock", ["build", "dev"])]
)
def test_the_lock_files_say_what_pyproject_says_and_where_nothing_comes_from(lock: str, extras: list[str]) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(line for extra in extras for line in project["optional-dependencies"][extra])]
    locked = re.findall(r"^([\w.-]+==[\w.]+)", text, re.MULTILINE)
    assert {re.sub(r"\[.*\]", "", line) for line in wanted} <= set(locked)
    assert "://" not in text


def test_every_suite_has_a_marker() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    markers = {line.partition(":")[0] for line in project["tool"]["pytest"]["ini_options"]["markers"]}
    assert {path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and path.name[0] not in "_."} <= markers
