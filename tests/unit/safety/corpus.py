"""What hostile or careless people may type, one file of payloads for each place; long ones are written as parts."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CORPORA = Path(__file__).parent / "corpora"
CANARY, SECRET = "CANARY", "SECRET"
"""Stand in a payload for a file that must not be made and for one that must not be read."""


@dataclass(frozen=True)
class Payload:
    """One thing that may be typed; `told` is its entry in the corpus, `harmless` that it is not refused."""

    place: str
    name: str
    told: Mapping[str, Any] = field(default_factory=dict)

    @property
    def harmless(self) -> bool:
        """Whether it may be typed, and must do nothing when it is run."""
        return bool(self.told.get("harmless"))

    @property
    def text(self) -> str:
        """What is typed."""
        more = written(self.told, "more")
        return written(self.told, "text", "parts") + (f"\n{more}" if more else "")

    def __str__(self) -> str:
        return f"{self.place}-{self.name}"


def written(told: Mapping[str, Any], name: str, parts: str = "") -> str:
    """A text, or the same in parts: each is a text, or a text and how often it stands there."""
    found: Sequence[Any] = told.get(parts or f"{name}_parts", ())
    return str(told.get(name, "")) + "".join(each if isinstance(each, str) else each[0] * each[1] for each in found)


def payloads(place: str) -> list[Payload]:
    """The payloads of one place."""
    read = tomllib.loads((CORPORA / f"{place}.toml").read_text(encoding="utf-8"))
    entries = read["payload"] if "payload" in read else [{"name": path, "text": path} for path in read["paths"]]
    return [Payload(place, str(each["name"]), each) for each in entries]


def places() -> list[str]:
    """The places for which there is a corpus."""
    return sorted(path.stem for path in CORPORA.glob("*.toml"))
