"""The TOML and JSON of a bundle, read within limits; it refuses what is too large, too deep or neither."""

import json
import re
import tomllib
from typing import Any

from workflows.definitions.errors import BundleRejected
from workflows.domain.said import Said

MOST_BYTES = 500_000
DEEPEST = 24
DOTTED = re.compile(r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){32}""")
"""A key of more than 32 parts: the time to read one grows with their square."""
AT_LINE = re.compile(r"\bline (\d+)")


def read_toml(place: str, content: bytes) -> dict[str, Any]:
    """A TOML file of the bundle. Raises BundleRejected."""
    _admit(place, content)
    try:
        text = content.decode()
        if DOTTED.search(text):
            raise BundleRejected(place=place, why=Said("a key has more than 32 parts."))
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise BundleRejected(
            place=place, why=Said("this is not TOML (line {line}): {error}", line=_line(error, content), error=error)
        ) from None


def read_json(place: str, content: bytes) -> dict[str, Any]:
    """A JSON file of the bundle that holds one object. Raises BundleRejected."""
    _admit(place, content)
    try:
        told = json.loads(content, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise BundleRejected(
            place=place, why=Said("this is not JSON (line {line}): {error}", line=_line(error, content), error=error)
        ) from None
    if not isinstance(told, dict):
        raise BundleRejected(place=place, why=Said("the file must hold one JSON object."))
    if _is_deep(told):
        raise BundleRejected(place=place, why=Said("the entries are nested deeper than {limit} levels.", limit=DEEPEST))
    return told


def _admit(place: str, content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise BundleRejected(
            place=place,
            why=Said("the file has {found} bytes; {limit} are allowed.", found=len(content), limit=MOST_BYTES),
        )


def _line(error: Exception, content: bytes) -> int:
    """The line of a file on which reading it stopped; the last one where the reader does not tell."""
    if isinstance(error, UnicodeDecodeError):
        return content[: error.start].count(b"\n") + 1
    told = AT_LINE.search(str(error))
    return int(told[1]) if told else content.count(b"\n") + 1


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
