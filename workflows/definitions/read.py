"""Reads a folder, or the same files from elsewhere, into a Bundle; it refuses what is too large or cannot be read."""

import hashlib
import itertools
import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from workflows.definitions.bundle import Bundle, Movement
from workflows.definitions.calendar import FILE as CALENDAR
from workflows.definitions.calendar import read_working_days
from workflows.definitions.diagram import read_process
from workflows.definitions.errors import BundleRejected
from workflows.definitions.explained import FILE as EXPLAINED
from workflows.definitions.explained import read_explained
from workflows.definitions.form import Form, read_form
from workflows.definitions.manifest import CHOSEN, FILE, read_manifest
from workflows.definitions.plain import read_toml
from workflows.definitions.process import Process
from workflows.definitions.shape import EXAMPLES, MOVEMENT, ROWS, shaped
from workflows.domain.said import Said
from workflows.domain.text import Text
from workflows.rules.table import Table, parse_table

MOST_FILES = 500
MOST_BYTES = 20_000_000
LONGEST_PATH = 200
PATH = re.compile(r"\w[\w .()-]*(?:/\w[\w .()-]*){0,4}")
SCHEMA, UI = ".schema.json", ".ui.json"


def shipped(key: str = "commendation") -> Path:
    """The folder of a bundle as it came with the program, in a checkout and in an installed wheel alike."""
    return Path(__file__).resolve().parents[2] / "bpmn" / key


def load_bundle(folder: Path) -> Bundle:
    """The bundle in a folder; hidden files are left out. Raises BundleRejected."""
    return load_files(files_in(folder))


def files_in(folder: Path, *, whole: bool = True) -> dict[str, bytes]:
    """The files of a bundle's folder by their paths in it; hidden files are left out. Raises BundleRejected.

    `whole`: without bundle.toml it is none.
    """
    if whole and not (folder / FILE).is_file():
        raise BundleRejected(place=str(folder), why=Said("there is no {file}.", file=FILE))
    try:
        inside = sorted(itertools.islice(_inside(folder), MOST_FILES + 1))
        _admit_size(len(inside), sum(path.stat().st_size for path in inside))
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in inside}
    except OSError as error:
        raise BundleRejected(place=str(folder), why=Said("a file cannot be read: {error}", error=error)) from None


def load_files(files: Mapping[str, bytes]) -> Bundle:
    """The bundle made of these files, by their paths in its folder. Raises BundleRejected, TableRejected."""
    _admit(files)
    manifest = read_manifest(files[FILE], files.get(CHOSEN))
    return Bundle(
        manifest=manifest,
        sha256=checksum(files),
        files=dict(sorted(files.items())),
        processes=_processes(files),
        forms=_forms(files),
        tables=_tables(files),
        movements={each.key: each for each in _movements(files)},
        scenarios={PurePosixPath(path).stem: told for path, told in _told(files, "scenarios/")},
        demo=_demo(files),
        calendar=read_working_days(files.get(CALENDAR)),
        explained=read_explained(files.get(EXPLAINED)),
    )


def with_parameters(bundle: Bundle, chosen: Mapping[str, str]) -> Bundle:
    """The same bundle with these values of its parameters. Raises BundleRejected for one it does not have."""
    if not chosen:
        return bundle
    told = "".join(f"{json.dumps(name)} = {json.dumps(value)}\n" for name, value in chosen.items())
    return load_files({**bundle.files, CHOSEN: told.encode()})


def _inside(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        hidden = any(part.startswith((".", "__")) for part in path.relative_to(folder).parts)
        if path.is_file() and not path.is_symlink() and not hidden:
            yield path


def _admit(files: Mapping[str, bytes]) -> None:
    if FILE not in files:
        raise BundleRejected(place=FILE, why=Said("the file is missing."))
    _admit_size(len(files), sum(map(len, files.values())))
    for path in files:
        admit_path(path)


def admit_path(path: str) -> None:
    """Raises BundleRejected for a path that leaves the bundle or has strange signs."""
    if len(path) > LONGEST_PATH or not PATH.fullmatch(path):
        place = path.encode("ascii", "backslashreplace").decode()[:LONGEST_PATH]
        raise BundleRejected(
            place=place, why=Said("a path stays inside the bundle and has letters, digits, .-() only.")
        )


def _admit_size(files: int, size: int) -> None:
    if files > MOST_FILES or size > MOST_BYTES:
        raise BundleRejected(
            place=FILE,
            why=Said("a bundle has at most {files} files and {size} bytes.", files=MOST_FILES, size=MOST_BYTES),
        )


def checksum(files: Mapping[str, bytes]) -> str:
    """SHA-256 over the paths and contents of a bundle's files: what makes two versions the same."""
    digest = hashlib.sha256()
    for path, content in sorted(files.items()):
        digest.update(f"{path}\0{hashlib.sha256(content).hexdigest()}\n".encode())
    return digest.hexdigest()


@lru_cache(maxsize=MOST_FILES)
def _process(path: str, content: bytes) -> Process:
    """One diagram; kept, because a draft is read again with every change of one of its files."""
    return read_process(path, content)


@lru_cache(maxsize=MOST_FILES)
def _toml(path: str, content: bytes) -> dict[str, Any]:
    return read_toml(path, content)


@lru_cache(maxsize=MOST_FILES)
def _table(path: str, content: bytes) -> Table:
    return parse_table(content, place=path)


@lru_cache(maxsize=MOST_FILES)
def _form(task: str, schema: bytes, ui: bytes | None) -> Form:
    return read_form(task, schema, ui)


def _processes(files: Mapping[str, bytes]) -> dict[str, Process]:
    found: dict[str, Process] = {}
    for path in sorted(files):
        if path.endswith(".bpmn"):
            process = _process(path, files[path])
            if process.id in found:
                raise BundleRejected(
                    place=path,
                    why=Said("process «{process}» is also in {file}.", process=process.id, file=found[process.id].file),
                )
            found[process.id] = process
    return found


def _forms(files: Mapping[str, bytes]) -> dict[str, Form]:
    tasks = sorted(
        path[6:].removesuffix(SCHEMA) for path in files if path.startswith("forms/") and path.endswith(SCHEMA)
    )
    return {task: _form(task, files[f"forms/{task}{SCHEMA}"], files.get(f"forms/{task}{UI}")) for task in tasks}


def _tables(files: Mapping[str, bytes]) -> dict[str, dict[str, Table]]:
    found: dict[str, dict[str, Table]] = {}
    for path in sorted(files):
        match PurePosixPath(path).parts:
            case ("decisions", decision, file) if file.endswith(".dmn"):
                table = _table(path, files[path])
                if table.id != decision:
                    raise BundleRejected(
                        place=path,
                        why=Said(
                            "the decision is called «{decision}», its folder «{folder}».",
                            decision=table.id,
                            folder=decision,
                        ),
                    )
                found.setdefault(decision, {})[file.removesuffix(".dmn")] = table
    return found


def _movements(files: Mapping[str, bytes]) -> Iterator[Movement]:
    for path, told in _told(files, "movements/"):
        title = shaped(path, told, MOVEMENT).get("title", path)
        yield Movement(PurePosixPath(path).stem, Text.read(title), told)


def _demo(files: Mapping[str, bytes]) -> dict[str, Any]:
    """demo.toml, with the lists of every file in demo/ after its own."""
    told = read_toml("demo.toml", files["demo.toml"]) if "demo.toml" in files else {}
    for path, more in _told(files, "demo/"):
        for name, rows in shaped(path, more, EXAMPLES).items():
            told[name] = [*shaped("demo.toml", told.get(name, []), ROWS), *rows]
    return told


def _told(files: Mapping[str, bytes], folder: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(files):
        if path.startswith(folder) and path.endswith(".toml"):
            yield path, _toml(path, files[path])
