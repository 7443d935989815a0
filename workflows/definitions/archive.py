"""A bundle as a ZIP or a folder and back, byte for byte; it refuses archives that are bombs or leave their place."""

import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path, PurePosixPath

from workflows.definitions.errors import BundleRejected
from workflows.definitions.manifest import FILE
from workflows.definitions.plain import read_toml
from workflows.definitions.read import LONGEST_PATH, MOST_BYTES, MOST_FILES, PATH, files_in
from workflows.domain.errors import InvalidInput, InvalidState
from workflows.domain.said import Said

MOST_ENTRIES = 2_000
MOST_RATIO, SMALL = 100, 1_000_000
"""How much smaller an archive may be than what is in it, above a size that needs no question."""
BEGINNING = (1980, 1, 1, 0, 0, 0)
"""One date for every entry, so that the same files give the same archive."""
PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
ENCRYPTED = 0x1
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError, ValueError)


class ArchiveRefused(InvalidInput):
    """The archive is not accepted: {why}"""


class FolderOccupied(InvalidState):
    """The folder «{folder}» is not empty and holds no version of «{key}». Name another folder, or say --replace."""


def pack(files: Mapping[str, bytes]) -> bytes:
    """The files as a ZIP; the same files always give the same bytes."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in sorted(files.items()):
            entry = zipfile.ZipInfo(path, BEGINNING)
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def unpack(content: bytes) -> dict[str, bytes]:
    """The files of a ZIP by their paths in the bundle, hidden ones left out; a folder around them is taken off.

    Raises ArchiveRefused; what the files say is not read.
    """
    if len(content) > MOST_BYTES:
        raise ArchiveRefused(why=Said("it is larger than {limit} bytes.", limit=MOST_BYTES))
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = [entry for entry in _admitted(archive.infolist()) if not _is_hidden(entry.filename)]
            files = {entry.filename: _read(archive, entry) for entry in entries}
    except DAMAGED as error:
        raise ArchiveRefused(why=Said("it is damaged, locked, or no ZIP file.")) from error
    return _without_folder(files)


def write_folder(files: Mapping[str, bytes], folder: Path, *, replace: bool = False) -> list[str]:
    """Make a folder hold exactly these files, hidden ones beside them left alone; returns the paths taken away.

    `replace`: whatever else is in the folder goes too. Raises FolderOccupied; BundleRejected if it cannot be written.
    """
    for path in files:
        _admit_path(path)
    try:
        known = _standing(files, folder, replace=replace)
        gone = sorted(set(known) - files.keys())
        for path in gone:
            (folder / path).unlink()
        _without_empty(folder, gone)
        for path, content in sorted(files.items()):
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            if known.get(path) != content:
                place.write_bytes(content)
    except OSError as error:
        raise BundleRejected(place=str(folder), why=Said("it cannot be written: {error}", error=error)) from None
    return gone


def _standing(files: Mapping[str, bytes], folder: Path, *, replace: bool) -> dict[str, bytes]:
    """What the folder holds now, as far as it may be overwritten."""
    key = _key(files)
    if not folder.exists() or not any(folder.iterdir()):
        return {}
    links = [path for path in folder.rglob("*") if path.is_symlink()]
    if links or (not replace and not (folder / FILE).is_file()):
        raise FolderOccupied(folder=folder, key=key)
    known = files_in(folder, whole=False)
    if not replace and _key(known) != key:
        raise FolderOccupied(folder=folder, key=key)
    return known


def _without_empty(folder: Path, gone: Iterable[str]) -> None:
    """Take away the folders in which nothing is left, the innermost first."""
    inner = {str(each) for path in gone for each in PurePosixPath(path).parents if each.parts}
    for path in sorted(inner, reverse=True):
        if not any((folder / path).iterdir()):
            (folder / path).rmdir()


def _key(files: Mapping[str, bytes]) -> str | None:
    """The key that bundle.toml says; None where it says none."""
    try:
        key = read_toml(FILE, files[FILE]).get("key")
    except (BundleRejected, KeyError):
        return None
    return key if isinstance(key, str) else None


def _admitted(entries: Iterable[zipfile.ZipInfo]) -> Iterator[zipfile.ZipInfo]:
    """The files among the entries. Raises ArchiveRefused before a single one is unpacked."""
    listed = list(entries)
    named = [entry.filename.casefold() for entry in listed]
    if len(listed) > MOST_ENTRIES:
        raise ArchiveRefused(why=Said("it has more than {limit} entries.", limit=MOST_ENTRIES))
    if len(set(named)) != len(named):
        raise ArchiveRefused(why=Said("two of its entries have the same name."))
    total, packed = sum(entry.file_size for entry in listed), sum(entry.compress_size for entry in listed)
    if total > MOST_BYTES or (total > SMALL and total > packed * MOST_RATIO):
        raise ArchiveRefused(why=Said("it unpacks to far too much."))
    for entry in listed:
        if entry.flag_bits & ENCRYPTED:
            raise ArchiveRefused(why=Said("«{path}» is locked with a password.", path=_shown(entry.filename)))
        if entry.compress_type not in PACKED:
            raise ArchiveRefused(why=Said("«{path}» is packed in an unusual way.", path=_shown(entry.filename)))
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
            raise ArchiveRefused(why=Said("«{path}» is a link, not a file.", path=_shown(entry.filename)))
        if not entry.is_dir():
            if not _is_hidden(entry.filename):
                _admit_path(entry.filename)
            yield entry


def _admit_path(path: str) -> None:
    if len(path) > LONGEST_PATH or not PATH.fullmatch(path):
        raise ArchiveRefused(
            why=Said(
                "«{path}» leaves the bundle, or has other signs than letters, digits and .-().",
                path=_shown(path),
            )
        )


def _is_hidden(path: str) -> bool:
    """Left out when a folder is read, too: .git, .DS_Store, __MACOSX."""
    parts = path.split("/")
    return ".." not in parts and any(part.startswith((".", "__")) for part in parts)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """One file, never more of it than it says it has."""
    with archive.open(entry) as opened:
        content = opened.read(entry.file_size + 1)
    if len(content) != entry.file_size:
        raise ArchiveRefused(why=Said("«{path}» is not as large as it says.", path=_shown(entry.filename)))
    return content


def _without_folder(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files as a bundle names them; a ZIP of a folder names that folder first."""
    if not files:
        raise ArchiveRefused(why=Said("it holds no file."))
    if FILE not in files:
        around = {path.partition("/")[0] for path in files}
        if len(around) == 1 and f"{next(iter(around))}/{FILE}" in files:
            files = {path.partition("/")[2]: content for path, content in files.items()}
    if FILE not in files:
        raise ArchiveRefused(why=Said("there is no {file}.", file=FILE))
    if len(files) > MOST_FILES:
        raise ArchiveRefused(why=Said("it has more than {limit} entries.", limit=MOST_FILES))
    return dict(sorted(files.items()))


def _shown(path: str) -> str:
    """A path that may hold anything, fit for a sentence."""
    return path.encode("ascii", "backslashreplace").decode()[:LONGEST_PATH]
