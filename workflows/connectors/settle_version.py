"""Service task `settle_version`: says what becomes of the draft that is being published; it never touches a version."""

from workflows.connectors.contract import Outcome, Request


def perform(request: Request) -> Outcome:
    """The draft is settled by the operation that takes the outcome in, under the lock of the instance."""
    return Outcome({"state": request.parameters["state"]}, settles=request.parameters["state"])
