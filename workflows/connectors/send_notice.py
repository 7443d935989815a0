"""Service task `send_notice`: writes the notice that the element names to the people it concerns."""

from workflows.connectors.contract import Outcome, Request
from workflows.domain.filling import filled
from workflows.domain.paper import Notice


def perform(request: Request) -> Outcome:
    """A notice to the unit's preparer, in the words of the bundle's notice named by the element's `notice`.

    `{reason}` of the notice is the first known of the facts that the element's `reason` names.
    """
    words = request.bundle.notices[request.parameters["notice"]]
    passed = [str(line.nominee.get("name")) for line in request.facts.lines if line.status == "passed"]
    failed = [str(line.nominee.get("name")) for line in request.facts.lines if line.status in {"open", "failed"}]
    suspended = [line for line in request.facts.lines if line.status == "suspended"]
    reasons = request.parameters.get("reason", "appraise_dossier.reason").split()
    reasons = [str(line.values.get("suspension.reason")).rstrip(". ") for line in suspended]
    told = {
        "suspended": ", ".join(str(line.nominee.get("name")) for line in suspended),
        "suspension_reason": ", ".join(
            dict.fromkeys(str(line.values.get("suspension.reason")).rstrip(". ") for line in suspended)
        ),
        "suspension_document": request.facts.text("suspension.document") or "",
        "number": request.number,
        "passed": ", ".join(passed),
        "failed": ", ".join(failed),
        "decision": str(request.facts.get("number_decision.number") or ""),
        "reason": next(filter(None, map(request.facts.text, reasons)), ""),
    }
    preparer = request.facts.text("dossier.preparer")
    notices = (Notice(preparer, words.title.vi, filled(words.body.vi, told)),) if preparer else ()
    return Outcome({"notice": request.parameters["notice"], "to": preparer or ""}, notices=notices)
