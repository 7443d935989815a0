"""The fixture pairs: for each rule one wrong and one right piece of a bundle, the same that its page shows.

With `file`, the right piece stands in that file of the bundle `small`, and the wrong one takes its place; without, both
are sketches. `beside` names rules that find something in both, as long as the engine cannot run what the pair is about.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from tests.unit.definitions.sketch import files as sketched_files
from workflows.definitions import load_bundle

HERE = Path(__file__).parent
PAIRS = HERE / "pairs"
SMALL = HERE / "small"


@dataclass(frozen=True)
class Pair:
    """What a rule finds and what it lets pass; `element` is what its finding names."""

    rule: str
    element: str
    wrong: str
    right: str
    file: str = ""
    beside: tuple[str, ...] = ()

    def files(self, piece: str) -> dict[str, bytes]:
        """The bundle with one of the two pieces."""
        if not self.file:
            return sketched_files(piece)
        held = dict(load_bundle(SMALL).files)
        text = held[self.file].decode()
        assert self.right in text, f"{self.file} does not hold {self.right!r}"
        return {**held, self.file: text.replace(self.right, piece).encode()}


def pair(rule: str) -> Pair:
    """The pair of a rule."""
    told = tomllib.loads((PAIRS / f"{rule}.toml").read_text(encoding="utf-8"))
    return Pair(
        rule, told["element"], told["wrong"], told["right"], told.get("file", ""), tuple(told.get("beside", ()))
    )
