"""What a procedure tells the dossier it is about: what bundle.toml says that the message carries, and nothing else."""

from tests.story import procedure
from workflows.domain.facts import Facts, Line
from workflows.operations.messages import outgoing

NOMINEE = {"kind": "person", "name": "Trần Văn Thử"}
LINE = Line("HS-0001.2", "HS-0001", 1, NOMINEE, {"corrected.name": "Trần Văn Thứ", "verdict": "revoked"})
FACTS = Facts({"about.number": "HS-0001", "corrected.wrong": "Hà Nam", "sign_correction.outcome": "sign"}, (LINE,))


def test_a_replacing_decision_carries_what_is_right_of_each_nominee() -> None:
    (sent,) = outgoing(procedure(), "decision_corrected", "ĐC-0001", FACTS)

    assert (sent.key, sent.payload["lines"]) == ("HS-0001", {"HS-0001.2": {"corrected.name": "Trần Văn Thứ"}})
    assert sent.payload["facts"] == {"corrected.wrong": "Hà Nam"}


def test_a_letter_of_correction_carries_nothing_about_nominees() -> None:
    (sent,) = outgoing(procedure(), "letter_issued", "ĐC-0001", FACTS)

    assert sent.payload == {"facts": {"corrected.wrong": "Hà Nam"}, "lines": {"HS-0001.2": {}}}


def test_a_revocation_carries_its_verdict() -> None:
    (sent,) = outgoing(procedure(), "award_revoked", "HB-0001", FACTS)

    assert sent.payload["lines"] == {"HS-0001.2": {"verdict": "revoked"}}
