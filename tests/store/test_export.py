"""What was deployed comes back as a folder, byte for byte, whatever its files hold."""

from pathlib import Path

import pytest

from tests.story import Office, procedure
from workflows.definitions import files_in, load_files
from workflows.definitions.archive import write_folder
from workflows.domain.errors import NotFound
from workflows.operations.deploy import deploy
from workflows.queries.deployed import files_of_version
from workflows.store.bundles import _packed, _unpacked

STRANGE = {
    "windows.typ": b"a\r\nb\r\n",
    "zero.typ": b"a\0b",
    "no_text.png": b"\x89PNG\xff",
    "bom.typ": b"\xef\xbb\xbfa",
}


def test_a_deployed_version_is_a_folder_again_byte_for_byte(shared_office: Office, tmp_path: Path) -> None:
    changed = {**procedure().files, "documents/paper.toml": procedure().files["documents/paper.toml"] + b"# \r\n"}
    number, new = deploy(shared_office.db, load_files(changed), by="quan_tri")
    assert new
    for version, files in ((number, changed), (1, procedure().files)):
        write_folder(files_of_version(shared_office.db, "commendation", version).files, tmp_path)
        assert files_in(tmp_path) == files
    assert files_of_version(shared_office.db, "commendation").version == number


def test_a_version_that_is_not_there_is_named(shared_office: Office) -> None:
    with pytest.raises(NotFound, match="Version 999"):
        files_of_version(shared_office.db, "commendation", 999)
    with pytest.raises(NotFound, match="another"):
        files_of_version(shared_office.db, "another")


def test_files_of_every_sort_are_kept_as_they_are() -> None:
    assert _unpacked(_packed(STRANGE)) == STRANGE
    assert set(_packed(STRANGE)["zero.typ"]) == {"base64"}
