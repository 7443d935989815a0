"""Every paper can be set, whatever is known: all, nothing, too much, or words that look like commands."""

import re
import shutil
import subprocess

import pytest

from tests.unit.papers import samples
from workflows.connectors.render_document import typeset

ENGLISH = re.compile(r"\b(None|null|none|true|false|auto|content|array|dictionary|Page)\b")


def pages(pdf: bytes) -> list[str]:
    """The text of each page, in the order in which it was set."""
    assert shutil.which("pdftotext"), "nothing here reads a PDF: apt-get install poppler-utils"
    told = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return told.stdout.decode().split("\f")[:-1]


def read(template: str, told: samples.Data) -> str:
    """The text of a paper, every space one space."""
    return " ".join(" ".join(pages(typeset(samples.DOCUMENTS, template, told))).split())


@pytest.mark.parametrize(
    ("template", "how", "told"), list(samples.every()), ids=lambda each: each if isinstance(each, str) else ""
)
def test_every_paper_is_set_whatever_is_known_and_never_says_none(template: str, how: str, told: samples.Data) -> None:
    pdf = typeset(samples.DOCUMENTS, template, told)
    text = " ".join(pages(pdf))

    assert b"pdfaid:part>3<" in pdf
    assert not ENGLISH.search(text)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    if how in {"minimal", "bare"}:
        assert "......" in text
