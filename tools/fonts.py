"""Merges the split WOFF2 files of Tinos into whole TTF files, because Typst reads neither WOFF2 nor split families.

Tinos has the widths of Times New Roman, every Vietnamese letter, and a free licence without a reserved name.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from fontTools.merge import Merger, Options
from fontTools.ttLib import TTFont

STYLES = {"Regular": "400-normal", "Bold": "700-normal", "Italic": "400-italic", "BoldItalic": "700-italic"}
SUBSETS = ("latin", "vietnamese", "latin-ext")
# Tables that cannot be merged; none of them matters to a document.
DROPPED = ["DSIG", "STAT", "meta", "hdmx", "VDMX", "LTSH", "gasp"]


def merge(source: Path, target: Path) -> None:
    """Write Tinos-<style>.ttf for the four styles into `target`."""
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target) as scratch:
        for name, style in STYLES.items():
            parts = [unpack(source / f"tinos-{subset}-{style}.woff2", Path(scratch)) for subset in SUBSETS]
            merged = Merger(options=Options(drop_tables=DROPPED)).merge(parts)
            merged.save(target / f"Tinos-{name}.ttf")


def unpack(packed: Path, scratch: Path) -> str:
    """The path of the same font without compression."""
    font = TTFont(packed)
    font.flavor = None
    unpacked = scratch / f"{packed.stem}.ttf"
    font.save(unpacked)
    return str(unpacked)
