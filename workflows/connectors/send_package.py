"""Service task `send_package`: a package leaves for an outside body, with the digest of every paper in it."""

from workflows.connectors.contract import Outcome, Package, Request
from workflows.domain.calendar import local_day
from workflows.domain.errors import InvalidState


class PackageWithoutNumber(InvalidState):
    """The package for {body} has no number yet; it leaves under the number of its letter."""


def perform(request: Request) -> Outcome:
    """The package under the number in the fact named by `number`, to `body`; `copies` names how many.

    Raises PackageWithoutNumber (NĐ 30/2020 Điều 15: nothing leaves without its number).
    """
    body = request.parameters["body"]
    number = request.facts.text(request.parameters["number"])
    if number is None:
        raise PackageWithoutNumber(body=request.bundle.bodies[body])
    sent_on = local_day(request.now)
    copies = request.facts.get(request.parameters.get("copies", ""))
    package = Package(body, number, sent_on.year, request.papers)
    papers = [f"{each.sha256[:16]} {each.title}" for each in request.papers]
    told = {"body": body, "number": number, "copies": copies, "papers": papers}
    return Outcome(
        told,
        {"send_package.body": body, "send_package.number": number, "send_package.sent_on": sent_on},
        packages=(package,),
    )
