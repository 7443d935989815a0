"""A bundle made ready to run: its processes parsed once and interned; it refuses what SpiffWorkflow cannot read."""

import io
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.exceptions import SpiffWorkflowException

from workflows.definitions import Bundle
from workflows.definitions.process import home
from workflows.domain.errors import DefinitionRejected, NotFound
from workflows.domain.said import Said
from workflows.engine.tasks import CONVERTERS, Parser, own_events

logging.getLogger("spiff").setLevel(logging.WARNING)
KEPT = 32
"""Deployed versions whose specs stay in memory; each costs about half a megabyte."""


@dataclass(frozen=True, eq=False)
class Procedure:
    """The interned specs of every process of one bundle; shared by all threads, never changed."""

    bundle: Bundle
    specs: Mapping[str, Any]

    def spec(self, process: str) -> Any:
        """The spec of one process. Raises NotFound."""
        if process not in self.specs:
            raise NotFound(what=f"Process «{process}»")
        return self.specs[process]


_INTERNED: dict[str, Procedure] = {}


def procedure(bundle: Bundle) -> Procedure:
    """The bundle ready to run, by its checksum. Raises DefinitionRejected where the engine cannot read a diagram."""
    known = _INTERNED.get(bundle.sha256)
    if known is None:
        known = Procedure(bundle, _parse(bundle))
        while len(_INTERNED) >= KEPT:
            _INTERNED.pop(next(iter(_INTERNED)), None)
        _INTERNED[bundle.sha256] = known
    return known


def _parse(bundle: Bundle) -> dict[str, Any]:
    parser = Parser()
    try:
        for process in bundle.processes.values():
            parser.add_bpmn_io(io.BytesIO(process.xml), filename=f"{process.id}.bpmn")
        parsed = {process: parser.get_spec(process) for process in bundle.processes}
        for name in bundle.processes:
            parsed = parser.get_subprocess_specs(name) | parsed
    except (SpiffWorkflowException, AttributeError, LookupError, TypeError, ValueError) as error:
        raise DefinitionRejected(why=Said("the engine cannot read a diagram: {error}", error=error)) from error
    for spec in parsed.values():
        own_events(spec)
    interned = {name: _interned(spec) for name, spec in parsed.items()}
    for name, spec in interned.items():
        spec.drawn_in = home(bundle.processes, name)
    return interned


def _interned(spec: Any) -> Any:
    """Round-tripped once: a parsed spec that was never serialized loses the votes of a restored multi-instance task."""
    registry = serializer().registry
    return registry.restore(json.loads(json.dumps(registry.convert(spec))))


@lru_cache(maxsize=1)
def serializer() -> BpmnWorkflowSerializer:
    """SpiffWorkflow's serializer with our task kinds."""
    return BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(CONVERTERS))
