"""Service task `open_ballot_box`: asks for the box of the council that the element names; it never sees the votes."""

from workflows.connectors.contract import Outcome, Request


def perform(request: Request) -> Outcome:
    """The box is opened by the operation that takes the outcome in, under the lock of the instance."""
    return Outcome({"council": request.parameters["council"]}, opens=request.parameters["council"])
