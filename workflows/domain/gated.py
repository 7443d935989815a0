"""What the check before publishing found, layer by layer, as values that come back from JSON; it checks nothing."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from workflows.domain.text import Text

NOTHING = Text("")
State = Literal["waiting", "running", "passed", "warned", "failed", "skipped"]
GOOD: frozenset[State] = frozenset({"passed", "warned", "skipped"})


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that was found. `element` is an id of the diagram, a row of a table or a field, "" for a whole file.

    `path` are the elements passed on the shortest way there, `seed` begins the random walk that came there, `matter`
    is the number of the dossier or the name of the story it is about.
    """

    rule: str
    file: str
    element: str
    line: int
    vi: str
    en: str
    fix_vi: str = ""
    fix_en: str = ""
    severity: Literal["error", "warning", "info"] = "error"
    path: tuple[str, ...] = ()
    seed: int | None = None
    matter: str = ""

    @property
    def what(self) -> Text:
        """What was found."""
        return Text(self.vi, self.en)

    @property
    def fix(self) -> Text:
        """What to do about it."""
        return Text(self.fix_vi, self.fix_en)


@dataclass(frozen=True, slots=True)
class Layer:
    """One line of the checklist. `said` sums it up; `told` is what a page draws, such as elements never passed."""

    key: str
    title: Text
    state: State = "waiting"
    said: Text = NOTHING
    findings: tuple[Fault, ...] = ()
    seconds: float = 0.0
    counts: Mapping[str, int] = field(default_factory=dict)
    told: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """All layers over the files with this checksum."""

    sha256: str
    layers: tuple[Layer, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing stands against publishing: every layer ended, and none failed."""
        return all(each.state in GOOD for each in self.layers)

    def errors(self) -> tuple[Fault, ...]:
        """What stands against publishing."""
        return tuple(fault for each in self.layers for fault in each.findings if fault.severity == "error")

    def as_json(self) -> dict[str, Any]:
        """The report as JSON, as the command prints it and the database keeps it."""
        return {"ok": self.ok, **asdict(self)}


def report_from(told: Mapping[str, Any]) -> Report:
    """The report that `as_json` wrote."""
    return Report(str(told["sha256"]), tuple(map(_layer, told["layers"])))


def _layer(told: Mapping[str, Any]) -> Layer:
    said = {name: Text(**told[name]) for name in ("title", "said")}
    return Layer(**{**told, **said, "findings": tuple(map(_fault, told["findings"]))})


def _fault(told: Mapping[str, Any]) -> Fault:
    return Fault(**{**told, "path": tuple(told["path"])})
