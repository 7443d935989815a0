"""What a round tells each of its dossiers, and what the dossier then knows."""

from datetime import date
from typing import Any

import pytest

from workflows.definitions import load_bundle, shipped
from workflows.domain.facts import Facts, Line
from workflows.operations.messages import joined, outgoing, received

BUNDLE = load_bundle(shipped())


@pytest.mark.parametrize("verdict", ["passed", "failed", "revoked"])
def test_the_verdict_of_a_line_travels_back_to_its_dossier_with_its_reason(verdict: str) -> None:
    said = {"verdict": verdict, "verdict_reason": "Theo biên bản"}
    round_facts = Facts(lines=(Line("HS-0001.1", "HS-0001", 4, {"name": "A"}, said),))
    dossier = Facts(lines=(Line("HS-0001.1", "HS-0001", 1, {"name": "A"}),))

    (message,) = outgoing(BUNDLE, "round_concluded", "ĐX-0001", round_facts)
    told = received(dossier, message.payload).facts.lines[0]

    assert (message.key, told.status, told.values["verdict_reason"]) == ("HS-0001", verdict, "Theo biên bản")


@pytest.mark.parametrize("left", ["withdrawn", "suspended"])
def test_a_round_tells_nothing_of_a_line_that_left_it(left: str) -> None:
    def line(ordinal: int, verdict: str) -> Line:
        return Line(f"HS-0001.{ordinal}", "HS-0001", ordinal, {"name": "A"}, {"verdict": verdict})

    (message,) = outgoing(BUNDLE, "round_concluded", "ĐX-0001", Facts(lines=(line(1, "passed"), line(2, left))))

    assert list(message.payload["lines"]) == ["HS-0001.1"]
    assert not list(outgoing(BUNDLE, "round_concluded", "ĐX-0001", Facts(lines=(line(1, left), line(2, left)))))


def test_a_round_is_complete_when_the_last_of_its_dossiers_is() -> None:
    def dossier(number: str, day: date) -> dict[str, Any]:
        return {"dossier": number, "unit": "a", "facts": {"dossier.full_on": {"date": f"{day}"}}, "lines": []}

    first = joined(Facts(), [dossier("HS-0001", date(2021, 10, 26)), dossier("HS-0002", date(2021, 10, 25))]).facts
    assert first.get("dossier.full_on") == date(2021, 10, 26)
    assert joined(first, [dossier("HS-0003", date(2021, 10, 22))]).facts.get("dossier.full_on") == date(2021, 10, 26)
