"""The count of a council's vote: six numbers that follow from the ballots; it refuses a count that contradicts them."""

from collections.abc import Mapping
from typing import Any

from workflows.domain.facts import Facts
from workflows.domain.form import EntriesRefused
from workflows.domain.form_sentences import Complaint

NUMBERS = ("issued", "returned", "valid", "invalid")
ON_LINES = ("yes", "no")


def counted(facts: Facts, council: str) -> dict[str, Any]:
    """The ballots issued, returned, valid and invalid, and the votes for and against each open line.

    A ballot is issued to every member: in the room to those present, as a request for an opinion to the absent. The
    ballots of this system are valid, because only the answers offered can be given; those of a secret vote were counted
    when the box was opened.
    """
    lines = facts.open_lines()
    voters = {member for line in lines for member in line.votes(council)}
    returned = facts.get(f"{council}.returned")
    returned = len(voters) if returned is None else returned
    numbers = {"issued": len(facts.roll(f"{council}.members")), "returned": returned, "valid": returned}
    rows = [{"line": line.ordinal, **{vote: line.tally(council)[vote] for vote in ON_LINES}} for line in lines]
    return {**numbers, "invalid": 0, "lines": rows}


def check_count(facts: Facts, council: str, answers: Mapping[str, Any]) -> None:
    """Raises EntriesRefused that points to each number of the tellers which the ballots contradict."""
    right = counted(facts, council)
    wrong = {f"/{name}": right[name] for name in NUMBERS if answers.get(name) != right[name]}
    by_line = {row["line"]: row for row in right["lines"]}
    for place, row in enumerate(answers.get("lines", ())):
        told = by_line.get(row["line"], {})
        wrong |= {f"/lines/{place}/{vote}": told[vote] for vote in ON_LINES if told and row[vote] != told[vote]}
    if wrong:
        raise EntriesRefused(fields={place: Complaint("count", found=number) for place, number in wrong.items()})
