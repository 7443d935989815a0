"""Puts a version of the procedure into force for new dossiers; running ones keep theirs."""

from workflows.definitions import Bundle, lint
from workflows.domain.errors import DefinitionRejected
from workflows.engine import procedure
from workflows.store.bundles import add, in_turn, known, version
from workflows.store.session import Database, clock


class HasFindings(DefinitionRejected):
    """The bundle has {count} findings; the first: {first}"""


def deploy(db: Database, bundle: Bundle, *, by: str) -> tuple[int, bool]:
    """Deploy a bundle that lint and engine accept, in force from today; returns its version and whether it is new.

    A content that is deployed already stays as it is. Raises HasFindings.
    """
    findings = [finding for finding in lint.run(bundle) if finding.severity == "error"]
    if findings:
        first = findings[0]
        raise HasFindings(count=len(findings), first=f"{first.file} {first.element}: {first.en}")
    procedure(bundle)
    with db.write() as tx:
        in_turn(tx)
        there = known(tx, bundle)
        if there is not None:
            return version(tx, there), False
        return version(tx, add(tx, bundle, by, clock(tx)[1])), True
