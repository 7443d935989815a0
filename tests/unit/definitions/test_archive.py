"""A bundle leaves as a ZIP or a folder and comes back byte for byte; hostile archives are refused by a sentence."""

import io
import random
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from workflows.definitions import BundleRejected, files_in, load_files, shipped
from workflows.definitions.archive import ArchiveRefused, FolderOccupied, pack, unpack, write_folder

SMALL = dict(files_in(Path(__file__).parent / "small"))


def archive(*entries: tuple[str | zipfile.ZipInfo, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as zipped:
        for name, content in entries:
            zipped.writestr(name, content)
    return made.getvalue()


def test_the_shipped_bundle_comes_back_from_a_zip_byte_for_byte_and_the_zip_is_always_the_same() -> None:
    files = files_in(shipped())
    packed = pack(files)
    assert unpack(packed) == files
    assert pack(dict(reversed(files.items()))) == packed
    assert load_files(unpack(packed)).sha256 == load_files(files).sha256


def test_a_zip_of_the_folder_as_a_desktop_makes_it_is_read_too() -> None:
    inside = [(f"commendation/{path}", content) for path, content in SMALL.items()]
    beside = [("commendation/", b""), ("commendation/.DS_Store", b"x"), ("__MACOSX/commendation/._bundle.toml", b"x")]
    assert unpack(archive(*beside, *inside)) == SMALL


def link() -> bytes:
    entry = zipfile.ZipInfo("dossier.bpmn")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return archive(("bundle.toml", b""), (entry, b"/etc/passwd"))


def locked() -> bytes:
    packed = bytearray(archive(("bundle.toml", b"key")))
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    return bytes(packed)


def lying() -> bytes:
    """A header that says less than there is."""
    packed = bytearray(archive(("bundle.toml", b"a" * 4000)))
    place = packed.index(b"PK\x01\x02") + 24
    packed[place : place + 4] = (2000).to_bytes(4, "little")
    return bytes(packed)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "no zip": lambda: b"PK but no zip",
    "empty": archive,
    "no bundle.toml": lambda: archive(("notes.txt", b"x")),
    "parent": lambda: archive(("bundle.toml", b""), ("../evil.toml", b"x")),
    "parent behind a hidden folder": lambda: archive(("bundle.toml", b""), (".git/../../evil.toml", b"x")),
    "absolute": lambda: archive(("bundle.toml", b""), ("/etc/passwd", b"x")),
    "drive": lambda: archive(("bundle.toml", b""), ("C:evil.toml", b"x")),
    "backslash": lambda: archive(("bundle.toml", b""), ("forms\\..\\evil.toml", b"x")),
    "two of a name": lambda: archive(("bundle.toml", b""), ("Bundle.toml", b"x")),
    "link": link,
    "locked": locked,
    "lying": lying,
    "bomb": lambda: archive(("bundle.toml", b"\x00" * 5_000_000)),
    "huge": lambda: archive(*((f"f{n}.toml", bytes(3_000_000)) for n in range(8))),
    "many": lambda: archive(*((f"f{n}.toml", b"") for n in range(2_001))),
    "bzip2": lambda: archive(("bundle.toml", b"key"), how=zipfile.ZIP_BZIP2),
    "too large": lambda: bytes(20_000_001),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_archive_is_refused_by_a_sentence(kind: str) -> None:
    with pytest.raises(ArchiveRefused) as refusal:
        unpack(HOSTILE[kind]())
    assert str(refusal.value).startswith("The archive is not accepted: ")


def test_a_damaged_archive_is_refused_or_read_whatever_byte_is_wrong() -> None:
    chosen, whole = random.Random(6), pack(SMALL)
    for _ in range(400):
        damaged = bytearray(whole)
        for _ in range(chosen.randint(1, 4)):
            damaged[chosen.randrange(len(damaged))] = chosen.randrange(256)
        try:
            unpack(bytes(damaged[: chosen.choice([len(whole), chosen.randrange(len(whole))])]))
        except ArchiveRefused:
            continue


def test_a_folder_then_holds_exactly_the_version_and_what_is_hidden_stays(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    assert write_folder(SMALL, folder) == []
    assert files_in(folder) == SMALL
    (folder / ".git").mkdir()
    (folder / ".git" / "HEAD").write_text("ref")
    (folder / "documents").mkdir(exist_ok=True)
    (folder / "documents" / "old.typ").write_text("old")
    (folder / "bundle.toml").write_bytes(SMALL["bundle.toml"] + b"\n# edited\n")
    assert write_folder(SMALL, folder) == ["documents/old.typ"]
    assert files_in(folder) == SMALL
    assert (folder / ".git" / "HEAD").read_text() == "ref"


@pytest.mark.parametrize("inside", ["letter.docx", "bundle.toml"])
def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path, inside: str) -> None:
    (tmp_path / inside).write_text('key = "another"')
    with pytest.raises(FolderOccupied):
        write_folder(SMALL, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [inside]
    write_folder(SMALL, tmp_path, replace=True)
    assert files_in(tmp_path) == SMALL


def test_a_folder_that_leads_elsewhere_is_left_alone(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    write_folder(SMALL, tmp_path / "out")
    elsewhere.mkdir()
    (tmp_path / "out" / "documents").symlink_to(elsewhere)
    with pytest.raises(FolderOccupied):
        write_folder(SMALL, tmp_path / "out", replace=True)


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(BundleRejected):
        write_folder(SMALL, tmp_path / "file" / "inside")
    with pytest.raises(ArchiveRefused):
        write_folder({**SMALL, "../evil.toml": b""}, tmp_path / "out")
