"""Changes of single entries in a bundle's TOML files, everything else kept as it was written; it saves nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Array

from workflows.definitions.calendar import FILE as CALENDAR
from workflows.definitions.calendar import read_working_days
from workflows.definitions.errors import BundleRejected
from workflows.definitions.manifest import FILE as MANIFEST
from workflows.definitions.plain import read_toml
from workflows.domain.errors import InvalidInput, NotFound
from workflows.domain.said import Said

WEEKEND = 5


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a movement as an administrator dates it."""

    begins: date
    ends: date
    submit_by: date


class NotOneOfThem(InvalidInput):
    """«{value}» is none of the values of {name}: {known}."""


class DaySaysNothing(InvalidInput):
    """{day} is that already, or a weekend day made a day off: there is nothing to change."""


class StageOutOfOrder(InvalidInput):
    """A stage ends after it begins, and what is submitted is submitted between the two."""


def with_parameter(files: Mapping[str, bytes], name: str, value: str) -> bytes:
    """bundle.toml with another value of a parameter of the authority. Raises NotFound, NotOneOfThem."""
    told = _read(files, MANIFEST)
    known = told.get("parameters", {}).get(name)
    if known is None:
        raise NotFound(what=f"The parameter «{name}»")
    if value not in known["values"]:
        offered = {f"/{name}": "Choose one of the answers offered."}
        raise NotOneOfThem(offered, name=name, value=value, known=", ".join(known["values"]))
    known["value"] = value
    return _written(told)


def with_day(files: Mapping[str, bytes], day: date, *, working: bool, source: str) -> bytes:
    """calendar.toml with a day made a day off or a working day, by the decision that `source` names.

    Raises DaySaysNothing; a calendar that cannot be read is BundleRejected.
    """
    told = _read(files, CALENDAR)
    before = read_working_days(files.get(CALENDAR))
    if (before.years is None or day.year in before.years) and before.is_working(day) is working:
        raise DaySaysNothing({"/day": "This must be corrected."}, day=f"{day:%d/%m/%Y}")
    off, worked = told.setdefault("off", tomlkit.table()), told.setdefault("working", tomlkit.table())
    for named in (off, worked):
        _take_out(named, day)
    if working and day.weekday() >= WEEKEND:
        _put_in(worked, day)
    elif not working and day.weekday() < WEEKEND:
        _put_in(off, day)
    if str(day.year) not in off:
        off[str(day.year)] = tomlkit.array()
    _note_change(told, day, working=working, source=source)
    content = _written(told)
    read_working_days(content)
    return content


def with_stage(files: Mapping[str, bytes], movement: str, key: str, stage: Stage) -> bytes:
    """A movement's file with other days of one stage. Raises NotFound, StageOutOfOrder."""
    if not stage.begins <= stage.submit_by <= stage.ends:
        raise StageOutOfOrder({"/submit_by": "This must be corrected."})
    told = _read(files, f"movements/{movement}.toml")
    for each in told.get("stages", ()):
        if each["key"] == key:
            each["from"], each["to"], each["submit_by"] = stage.begins, stage.ends, stage.submit_by
            return _written(told)
    raise NotFound(what=f"The stage «{key}»")


def _read(files: Mapping[str, bytes], path: str) -> Any:
    if path not in files:
        raise NotFound(what=path)
    read_toml(path, files[path])
    try:
        return tomlkit.parse(files[path])
    except (TOMLKitError, RecursionError) as error:
        raise BundleRejected(
            place=path, why=Said("this is not TOML (line {line}): {error}", line=0, error=error)
        ) from None


def _written(told: Any) -> bytes:
    return tomlkit.dumps(told).encode()


def _put_in(named: Any, day: date) -> None:
    there = named.get(str(day.year))
    days = sorted({*(each for each in there or ()), day})
    named[str(day.year)] = _array(days)


def _take_out(named: Any, day: date) -> None:
    there = named.get(str(day.year))
    if there is not None and day in there:
        named[str(day.year)] = _array([each for each in there if each != day])


def _array(days: list[date]) -> Array:
    made = tomlkit.array()
    made.extend(days)
    return made.multiline(multiline=True)


def _note_change(told: Any, day: date, *, working: bool, source: str) -> None:
    changes = told.get("changes")
    if not isinstance(changes, AoT):
        changes = tomlkit.aot()
        told["changes"] = changes
    said = tomlkit.inline_table()
    said.update({"vi": source, "en": source})
    for each in changes:
        if each["day"] == day:
            each["working"], each["source"] = working, said
            return
    entry = tomlkit.table()
    entry.update({"day": day, "working": working})
    entry["source"] = said
    changes.append(entry)
