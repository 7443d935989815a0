"""Puts a version of the procedure into force for new dossiers; running ones keep theirs."""

from workflows.definitions import Bundle, lint
from workflows.domain.errors import DefinitionRejected
from workflows.engine import procedure
from workflows.store.bundles import add, version
from workflows.store.session import Database, clock


class HasFindings(DefinitionRejected):
    """The bundle has {count} findings; the first: {first}"""


def deploy(db: Database, bundle: Bundle, *, by: str) -> tuple[int, bool]:
    """Deploy a bundle that lint and engine accept; returns its version and whether it is new. Raises HasFindings."""
    findings = [finding for finding in lint.run(bundle) if finding.severity == "error"]
    if findings:
        first = findings[0]
        raise HasFindings(count=len(findings), first=f"{first.file} {first.element}: {first.en}")
    procedure(bundle)
    with db.write() as tx:
        made, new = add(tx, bundle, by, clock(tx)[1])
        return version(tx, made), new
