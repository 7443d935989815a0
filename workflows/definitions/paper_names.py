"""Which facts a paper shows and which papers are set: the names in documents/*.toml; it sets none."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from workflows.definitions.bundle import Bundle
from workflows.definitions.plain import read_toml
from workflows.definitions.shape import PAPER, shaped

SHARED = "paper"
OF_MATTER = ("facts", "said", "lists", "people", "signed_by")
OF_LINES = ("lines", "lines_said", "first")
ALWAYS = frozenset({"instance.number"})
ALWAYS_OF_LINES = frozenset({"dossier", "ordinal", "status", "unit", "verdict_reason", "award.rank"})


def unknown_names(bundle: Bundle, document: str) -> Iterator[str]:
    """The facts that documents/<document>.toml names and no form, table or diagram declares. Raises BundleRejected."""
    name, known = f"{document}.toml", bundle.vocabulary(None)
    told: Mapping[str, Any] = shaped(f"documents/{name}", read_toml(name, bundle.documents[name]), PAPER)
    matter = [each for part in OF_MATTER for each in told.get(part, {}).values()]
    matter += [told["signature"]["by"]] if "signature" in told else []
    yield from (each for each in _names(matter) if each not in known and each not in ALWAYS | _sizes(known))
    for each in _names(named for part in OF_LINES for named in told.get(part, {}).values()):
        if f"line.{each}" not in known and each not in ALWAYS_OF_LINES:
            yield each


def _sizes(known: Iterable[str]) -> set[str]:
    """How many members each council has."""
    return {f"{name.removesuffix('.members')}.size" for name in known if name.endswith(".members")}


def never_set(bundle: Bundle) -> Iterator[str]:
    """The templates that stand beside a .toml and that no task sets."""
    tasks = (task for process in bundle.processes.values() for task in process.of_type("serviceTask"))
    used = {task.properties.get("template", "").removesuffix(".typ") for task in tasks}
    told = {name.removesuffix(".toml") for name in bundle.documents if name.endswith(".toml")}
    yield from sorted(told - used - {SHARED})


def _names(each: Iterable[str | list[str]]) -> Iterator[str]:
    for named in each:
        yield from (named,) if isinstance(named, str) else named
