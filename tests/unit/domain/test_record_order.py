"""What a form says is recorded in the order of the form, however the answers came."""

from workflows.domain.facts import Facts, Line
from workflows.domain.record import Form, record

ROW = {"line": {}, "verdict": {"x-verdict": {"not_eligible": "failed"}}}
SCHEMA = {
    "properties": {
        "lines": {"x-rows": "lines", "items": {"properties": ROW}},
        "outcome": {"x-verdict-all": {"refuse": "failed"}},
    }
}


def test_a_refusal_may_come_before_the_rows_it_rests_on() -> None:
    facts = Facts(lines=(Line("HS-0001.1", "HS-0001", 1, {"name": "Nguyễn Thị Ví Dụ"}),))
    answers = {"outcome": "refuse", "lines": [{"line": 1, "verdict": "not_eligible"}]}
    recorded = record(facts, Form("appraise", "appraise", SCHEMA), answers, number="HS-0001")
    assert [line.status for line in recorded.facts.lines] == ["failed"]
    assert recorded.facts.get("appraise.outcome") == "refuse"
