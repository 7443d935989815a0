"""Sample papers for stories and the demo: one page that says what it stands for."""

import json
from functools import lru_cache
from importlib import resources

import typst

PAGE = """#let d = json(bytes(sys.inputs.data))
#set document(title: d.title)
#set page(paper: "a4", margin: (top: 20mm, right: 15mm, bottom: 20mm, left: 30mm))
#set text(font: "Tinos", size: 14pt, lang: "vi")
#align(center)[*#d.title*]
#v(1em)
#emph[Bản mẫu để thử phần mềm. Nhân vật và số liệu hư cấu.]
"""


@lru_cache(maxsize=256)
def sample_paper(title: str) -> bytes:
    """A PDF page with this title."""
    fonts = str(resources.files("workflows.connectors") / "fonts")
    data = json.dumps({"title": title}, ensure_ascii=False)
    return bytes(typst.compile(PAGE.encode(), font_paths=[fonts], ignore_system_fonts=True, sys_inputs={"data": data}))
