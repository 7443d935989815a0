"""Refuses a file that is no plain spreadsheet before anything reads it: bombs, macros, foreign parts, entities."""

import zipfile
from io import BytesIO

from workflows.domain.errors import InvalidInput

MEGABYTE = 1024 * 1024
MOST_BYTES, MOST_ENTRIES, MOST_UNPACKED, MOST_RATIO = 5 * MEGABYTE, 2_000, 50 * MEGABYTE, 100
FOREIGN = ("vbaproject", "externallinks/", "embeddings/", "activex/", "ctrlprops/")


class FileRefused(InvalidInput):
    """The file cannot be read as a list: {why} Save it as a plain .xlsx file and send it again."""


def admit(content: bytes) -> None:
    """Raises FileRefused unless these bytes are an ordinary .xlsx file within the limits."""
    if len(content) > MOST_BYTES:
        raise FileRefused(why="it is larger than 5 MB.")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _admit_entries(archive.infolist())
            unpacked = 0
            for entry in archive.infolist():
                part = archive.read(entry)
                unpacked += len(part)
                if unpacked > MOST_UNPACKED:
                    raise FileRefused(why="it unpacks to far too much.")
                head = part[:4096].upper()
                if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                    raise FileRefused(why="it holds a document type or entities.")
            if "xl/workbook.xml" not in archive.namelist():
                raise FileRefused(why="it is not an Excel workbook.")
    except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError, OSError) as error:
        raise FileRefused(why="it is damaged, locked, or not an Excel file.") from error


def _admit_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MOST_ENTRIES or len(set(names)) != len(names):
        raise FileRefused(why="it has too many parts, or parts of one name.")
    if total > MOST_UNPACKED or (total > MEGABYTE and total > packed * MOST_RATIO):
        raise FileRefused(why="it unpacks to far too much.")
    if any(name.startswith("/") or ".." in name.replace("\\", "/").split("/") for name in names):
        raise FileRefused(why="its parts have strange names.")
    if any(part in name.casefold() for name in names for part in FOREIGN):
        raise FileRefused(why="it holds macros, links to other files or embedded objects.")
