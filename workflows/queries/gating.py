"""The page of the check before publishing: how it stands, and the diagrams on which its findings are painted."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from workflows.definitions import Bundle, BundleRejected, checksum, load_files
from workflows.definitions.process import Process
from workflows.domain.actor import Actor
from workflows.domain.errors import DefinitionRejected
from workflows.domain.gated import Layer, Report, report_from
from workflows.queries.workshop import files_of, permit
from workflows.store import gate_runs
from workflows.store.session import Database


@dataclass(frozen=True, slots=True)
class Painted:
    """A diagram with the elements and flows that were passed, and those that are wrong or were never passed."""

    process: str
    done: tuple[str, ...]
    wrong: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GatePage:
    """A check as its page shows it. `state` is "" where these files were never checked, "lost" where it went silent.

    `painted` holds, by layer and number of the finding, the shortest way to it.
    """

    sha256: str
    state: str
    by: str
    at: datetime | None
    report: Report | None
    painted: Mapping[tuple[str, int], Painted]
    covered: tuple[Painted, ...] = ()

    @property
    def under_way(self) -> bool:
        """Whether more is to come."""
        return self.state in {gate_runs.WAITING, gate_runs.RUNNING}

    @property
    def ended(self) -> int:
        """How many layers have ended."""
        layers = self.report.layers if self.report else ()
        return sum(each.state not in {"waiting", "running"} for each in layers)


def check_of(db: Database, actor: Actor, draft: int) -> GatePage:
    """The check of a draft as its files stand now. Raises NotFound."""
    permit(actor)
    files = files_of(db, actor, draft)
    sha256 = checksum(files)
    with db.read() as tx:
        run = gate_runs.found(tx, sha256)
    if run is None:
        return GatePage(sha256, "", "", None, None, {})
    report = report_from(run.report) if run.report else None
    state = "lost" if run.silent else run.state
    layers = report.layers if report and run.state == gate_runs.DONE else ()
    painted, covered = _drawn(files, layers)
    return GatePage(sha256, state, run.by, run.at, report, painted, covered)


def _drawn(
    files: Mapping[str, bytes], layers: Iterable[Layer]
) -> tuple[dict[tuple[str, int], Painted], tuple[Painted, ...]]:
    """What is painted, where the files can be read."""
    try:
        bundle = load_files(files)
    except (BundleRejected, DefinitionRejected):
        return {}, ()
    told = tuple(layers)
    painted = {key: each for layer in told for key, each in _ways(bundle, layer)}
    return painted, tuple(each for layer in told for each in _covered(bundle, layer))


def _ways(bundle: Bundle, layer: Layer) -> Iterator[tuple[tuple[str, int], Painted]]:
    for number, fault in enumerate(layer.findings):
        process = bundle.processes.get(fault.file.removesuffix(".bpmn"))
        if process is None or not fault.path:
            continue
        passed = [each for each in fault.path if each in process.elements]
        if passed:
            flows = _between(process, passed, fault.element)
            yield (layer.key, number), Painted(process.id, (*passed, *flows), (fault.element,))


def _between(process: Process, passed: list[str], last: str) -> Iterator[str]:
    """The flows from one passed element to another, or to where it stands still."""
    known = {*passed, last}
    yield from (flow.id for flow in process.flows.values() if flow.source in passed and flow.target in known)


def _covered(bundle: Bundle, layer: Layer) -> Iterator[Painted]:
    for name, never in layer.told.get("never", {}).items():
        if process := bundle.processes.get(name):
            every = (*process.elements, *process.flows)
            yield Painted(name, tuple(each for each in every if each not in never), (), tuple(never))
