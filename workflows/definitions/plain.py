"""The TOML and JSON of a bundle, read within limits; it refuses what is too large, too deep or neither."""

import json
import re
import tomllib
from typing import Any

from workflows.definitions.errors import BundleRejected

MOST_BYTES = 500_000
DEEPEST = 24
DOTTED = re.compile(r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){32}""")
"""A key of more than 32 parts: the time to read one grows with their square."""


def read_toml(place: str, content: bytes) -> dict[str, Any]:
    """A TOML file of the bundle. Raises BundleRejected."""
    _admit(place, content)
    try:
        text = content.decode()
        if DOTTED.search(text):
            raise BundleRejected(place=place, why="a key has more than 32 parts.")
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise BundleRejected(place=place, why=f"this is not TOML: {error}") from None


def read_json(place: str, content: bytes) -> dict[str, Any]:
    """A JSON file of the bundle that holds one object. Raises BundleRejected."""
    _admit(place, content)
    try:
        told = json.loads(content, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise BundleRejected(place=place, why=f"this is not JSON: {error}") from None
    if not isinstance(told, dict):
        raise BundleRejected(place=place, why="the file must hold one JSON object.")
    if _is_deep(told):
        raise BundleRejected(place=place, why=f"the entries are nested deeper than {DEEPEST} levels.")
    return told


def _admit(place: str, content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise BundleRejected(place=place, why=f"the file has {len(content)} bytes; {MOST_BYTES} are allowed.")


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def _is_deep(told: Any) -> bool:
    level = [told]
    for _ in range(DEEPEST):
        level = [inner for each in level for inner in _inside(each)]
    return bool(level)


def _inside(told: Any) -> list[Any]:
    if isinstance(told, dict):
        return list(told.values())
    return told if isinstance(told, list) else []
