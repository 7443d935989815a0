"""Sample papers for stories and the demo: one page that says what it stands for."""

import json
from functools import lru_cache
from importlib import resources

import typst


@lru_cache(maxsize=256)
def sample_paper(title: str) -> bytes:
    """A PDF page with this title."""
    page = str(resources.files("workflows.stories") / "sample_paper.typ")
    fonts = str(resources.files("workflows.connectors") / "fonts")
    told = json.dumps({"title": title}, ensure_ascii=False)
    return bytes(typst.compile(page, font_paths=[fonts], ignore_system_fonts=True, sys_inputs={"data": told}))
