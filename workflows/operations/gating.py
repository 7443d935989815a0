"""The check of a draft before publishing: asked for by a person, done in a process of its own, kept by its checksum."""

from collections.abc import Mapping
from typing import Any

from workflows.definitions import checksum
from workflows.domain.actor import Actor
from workflows.operations.workshop import may_edit
from workflows.store import drafts, gate_runs
from workflows.store.session import Database, clock, enqueue


def ask(db: Database, actor: Actor, draft: int) -> bool:
    """Have a draft checked as it stands now; a check of the same files that is under way is left alone.

    Returns whether a new one was begun. Raises NotAllowed, NotFound.
    """
    may_edit(actor)
    with db.write() as tx:
        held = drafts.draft(tx, draft)
        sha256 = checksum(drafts.files(tx, held))
        if not gate_runs.ask(tx, sha256, draft, actor.login, clock(tx)[1]):
            return False
        enqueue(tx, "check_draft", draft=draft, sha256=sha256)
        return True


def stop(db: Database, actor: Actor, draft: int) -> bool:
    """End the check of a draft that is under way; its process is killed. Raises NotAllowed, NotFound."""
    may_edit(actor)
    with db.write() as tx:
        sha256 = checksum(drafts.files(tx, drafts.draft(tx, draft)))
        return gate_runs.tell(tx, sha256, gate_runs.STOPPED)


def begin(db: Database, draft: int, sha256: str) -> Mapping[str, bytes] | None:
    """The files to check; None where it was stopped, or the draft has changed since it was asked for."""
    with db.write() as tx:
        files = drafts.files(tx, drafts.draft(tx, draft))
        if checksum(files) != sha256:
            gate_runs.tell(tx, sha256, gate_runs.STOPPED)
            return None
        return files if gate_runs.tell(tx, sha256, gate_runs.RUNNING) else None


def tell(db: Database, sha256: str, report: Mapping[str, Any] | None, *, ended: bool = False) -> bool:
    """Keep what a check has found so far; False where nobody waits for it any more."""
    with db.write() as tx:
        return gate_runs.tell(tx, sha256, gate_runs.DONE if ended else gate_runs.RUNNING, report)
