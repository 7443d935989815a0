"""Service task `check_version`: the rules of a bundle, held against the submitted draft; it publishes nothing."""

from workflows.connectors.contract import Outcome, Request
from workflows.definitions import checksum, lint

MOST_NAMED = 3


def perform(request: Request) -> Outcome:
    """Whether the draft may be published, and else the first things that are wrong, in Vietnamese."""
    findings = [each for each in lint.inspect(request.drafted) if each.severity == "error"]
    named = "; ".join(f"{each.file} {each.element}: {each.vi}" for each in findings[:MOST_NAMED])
    said = f"{len(findings)} lỗi: {named}" if findings else "Không có lỗi."
    return Outcome(
        {"errors": len(findings)},
        facts={"version.checked": not findings, "version.found": said, "version.sha256": checksum(request.drafted)},
        settles="open" if findings else "submitted",
    )
