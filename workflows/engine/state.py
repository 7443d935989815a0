"""The engine's state of one instance as bytes, in an envelope of our own; it refuses a state it did not write."""

import json
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.serializer.default.workflow import BpmnWorkflowConverter, WorkflowConverter

from workflows.domain.errors import InvalidState
from workflows.engine.procedure import Procedure
from workflows.engine.tasks import CONVERTERS

FORMAT = "vinhdanh/1"
MAX_BYTES = 16 * 1024 * 1024


class ForeignState(InvalidState):
    """This stored state was not written by this engine and is not read: {why}"""


class StateTooLarge(InvalidState):
    """{process} has gone on so long that its state is larger than {limit} MB; nothing of this step was kept."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """The element at which an instance stopped."""

    task: str
    element: str


class _WithoutSpecs(BpmnWorkflowConverter):
    """The tasks of an instance alone: specs are interned per definition and put back on reading."""

    specs: tuple[Any, dict[str, Any]]

    def to_dict(self, workflow: BpmnWorkflow) -> dict[str, Any]:
        written: dict[str, Any] = WorkflowConverter.to_dict(self, workflow)
        written["subprocesses"] = self.mapping_to_dict(workflow.subprocesses)
        return written

    def from_dict(self, dct: dict[str, Any]) -> BpmnWorkflow:
        workflow = BpmnWorkflow(*self.specs, deserializing=True)
        workflow.tasks = self.mapping_from_dict(dct["tasks"], UUID, workflow=workflow)
        workflow.task_tree = workflow.tasks[UUID(dct["root"])]
        self.set_default_attributes(workflow, dct)
        self.subprocesses_from_dict(dct["subprocesses"], workflow)
        return workflow


class States:
    """Reads and writes the states of one process of one procedure."""

    def __init__(self, procedure: Procedure, process: str) -> None:
        called = {name: spec for name, spec in procedure.specs.items() if name != process}
        self._process = process
        self._specs = (procedure.spec(process), called)
        self._converter = _WithoutSpecs(BpmnWorkflow, BpmnWorkflowSerializer.configure(CONVERTERS))
        self._converter.specs = self._specs

    def new(self) -> BpmnWorkflow:
        """A fresh instance that has not taken its first step."""
        return BpmnWorkflow(*self._specs)

    def write(self, workflow: BpmnWorkflow, stopped: Stopped | None) -> bytes:
        """The state as compressed bytes. Raises StateTooLarge for one that could not be read again."""
        return packed(
            {
                "format": FORMAT,
                "process": self._process,
                "stopped": [stopped.task, stopped.element] if stopped else None,
                "workflow": self._converter.to_dict(workflow),
            }
        )

    def read(self, state: bytes) -> tuple[BpmnWorkflow, Stopped | None]:
        """The instance of a stored state. Raises ForeignState."""
        body = unpacked(state, self._process)
        try:
            workflow = self._converter.from_dict(body["workflow"])
        except Exception as error:
            raise ForeignState(why=f"{type(error).__name__}: {error}") from error
        stopped = body["stopped"]
        return workflow, Stopped(*stopped) if stopped else None


def packed(body: dict[str, Any]) -> bytes:
    """An envelope as compressed bytes. Raises StateTooLarge for one that could not be read again."""
    told = json.dumps(body, separators=(",", ":")).encode()
    if len(told) > MAX_BYTES:
        raise StateTooLarge(process=body["process"], limit=MAX_BYTES // 1024 // 1024)
    return zlib.compress(told, 1)


def unpacked(state: bytes, process: str) -> dict[str, Any]:
    """The envelope of a stored state of this process. Raises ForeignState."""
    try:
        body = json.loads(zlib.decompressobj().decompress(state, MAX_BYTES))
    except (zlib.error, ValueError, RecursionError) as error:
        raise ForeignState(why=str(error)) from error
    if not isinstance(body, dict) or body.get("format") != FORMAT or body.get("process") != process:
        raise ForeignState(why=f"not a state of {process} in the format {FORMAT}")
    return body


@lru_cache(maxsize=64)
def states(procedure: Procedure, process: str) -> States:
    """The reader and writer for one process; kept, because a registry takes milliseconds to build."""
    return States(procedure, process)
