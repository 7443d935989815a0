"""Which letters of outside bodies a procedure waits for, and the form each of them fills in; it reads diagrams only."""

from collections.abc import Iterator
from dataclasses import dataclass

from workflows.definitions.bundle import Bundle
from workflows.definitions.form import Form
from workflows.domain.text import Text

OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Reply:
    """A letter that may come instead of a clerk recording it: the same answers as the task it takes away."""

    message: str
    title: Text
    body: str
    process: str
    task: str
    form: Form


def replies(bundle: Bundle) -> dict[str, Reply]:
    """The letters by the name of their message."""
    return {each.message: each for each in _replies(bundle)}


def _replies(bundle: Bundle) -> Iterator[Reply]:
    for process in bundle.processes.values():
        for event in process.of_type("boundaryEvent"):
            for trigger in event.triggers:
                message = bundle.messages.get(trigger.message or "")
                task = event.attached_to or ""
                if message and message.to == OUTSIDE and task in bundle.forms:
                    yield Reply(message.name, message.title, message.body, process.id, task, bundle.form(task))
