"""What a connector is given and what it gives back; both are plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from workflows.definitions import Bundle
from workflows.domain.facts import Facts, Value
from workflows.domain.paper import Filed, Notice, Paper


@dataclass(frozen=True, slots=True)
class Package:
    """What left for an outside body; its answer will name `number`."""

    body: str
    number: str
    year: int
    papers: tuple[Filed, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """A service task as its connector sees it. `parameters` are the element's properties in the diagram.

    `people` are name and title by login, `units` names by code, `dossiers` the names of the units whose lines these
    are by number; `papers` are those of the instance and of the dossiers it has gathered; `drafted` are the files of
    the draft whose publication this is.
    """

    number: str
    element: str
    parameters: Mapping[str, str]
    facts: Facts
    bundle: Bundle
    now: datetime
    people: Mapping[str, tuple[str, str]]
    units: Mapping[str, str] = field(default_factory=dict)
    dossiers: Mapping[str, str] = field(default_factory=dict)
    papers: tuple[Filed, ...] = ()
    drafted: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the connector did: facts, papers and notices that enter the instance with its next step.

    `opens` names the council whose ballot box is opened then, `settles` what becomes of the draft.
    """

    summary: Mapping[str, object] = field(default_factory=dict)
    facts: Mapping[str, Value] = field(default_factory=dict)
    papers: tuple[Paper, ...] = ()
    notices: tuple[Notice, ...] = ()
    packages: tuple[Package, ...] = ()
    opens: str | None = None
    settles: str | None = None
