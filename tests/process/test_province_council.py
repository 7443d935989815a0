"""The provincial council meets in the same way as the department's, among its own members and by its own votes."""

import pytest

from tests.story import Office
from workflows.domain.facts import Facts, Line, Value
from workflows.domain.form import EntriesRefused
from workflows.domain.record import gather, set_values
from workflows.operations.instances import New, open_instance
from workflows.queries.task import task
from workflows.store.bundles import in_force

MEMBERS = ("hd_tinh", *(f"hd_tinh_{number}" for number in range(2, 6)))
"""Five members: four of them are exactly 80 per cent."""
OFFICER = "snv"


def called(office: Office) -> str:
    """A meeting about one line on which the department's council has voted."""
    known: dict[str, Value] = {
        "dossier.kind": "thematic",
        "dossier.award_form": "bang_khen_tinh",
        "council.members": ("giam_doc",),
    }
    line = Line("HS-9999.1", "HS-9999", 1, {"kind": "person", "name": "Bà Mẫu"})
    told = set_values(Facts(), known)
    joined = gather(told.facts, [line])
    voted = {"council.vote": "no"}
    facts = joined.facts.with_line_values(line.id, voted, "giam_doc")
    with office.db.write() as tx:
        bundle_id, bundle = in_force(tx, "commendation")
        new = New("province_council", "ĐX", "Đợt", facts, (*told.changes, *joined.changes))
        return open_instance(tx, office.person(OFFICER), bundle_id, bundle, new)


def meets(office: Office, present: tuple[str, ...]) -> str:
    """The council is called in time, and these members come."""
    number = called(office)
    day = f"{office.today.replace(day=29)}"
    office.completes("call_province_council", number, by=OFFICER, answers={"meeting_on": day, "chair": MEMBERS[0]})
    there = {"present": list(present), "teller_head": MEMBERS[0]}
    office.completes("record_province_attendance", number, by=OFFICER, answers=there)
    return number


def counted(office: Office, number: str, returned: int, yes: int, no: int) -> None:
    told = {"issued": 5, "returned": returned, "valid": returned, "invalid": 0}
    answers = {**told, "lines": [{"line": 1, "yes": yes, "no": no}]}
    office.completes("count_province_ballots", number, by=MEMBERS[0], answers=answers)


def test_its_members_are_fixed_when_it_is_called_and_vote_for_themselves(shared_office: Office) -> None:
    number = meets(shared_office, MEMBERS)

    assert shared_office.observed(number).facts.roll("province_council.members") == MEMBERS
    for member in MEMBERS:
        shared_office.completes(
            "cast_province_ballot", number, by=member, answers={"lines": [{"line": 1, "vote": "yes"}]}
        )
    page = task(
        shared_office.db,
        shared_office.person(MEMBERS[0]),
        shared_office.task(number, "count_province_ballots", MEMBERS[0]),
    )
    assert {name: page.answers[name] for name in ("issued", "returned", "valid", "invalid")} == {
        "issued": 5,
        "returned": 5,
        "valid": 5,
        "invalid": 0,
    }
    counted(shared_office, number, 5, 5, 0)
    line = shared_office.observed(number).facts.lines[0]
    assert line.values["decisions.province_line_result.passed"] is True
    assert "decisions.line_result.passed" not in line.values


def test_four_of_five_are_enough_and_three_are_not(shared_office: Office) -> None:
    for yes, verdict in ((4, "open"), (3, "failed")):
        number = meets(shared_office, MEMBERS)
        for place, member in enumerate(MEMBERS):
            said = {"lines": [{"line": 1, "vote": "yes" if place < yes else "no"}]}
            shared_office.completes("cast_province_ballot", number, by=member, answers=said)
        with pytest.raises(EntriesRefused):
            counted(shared_office, number, 5, 5, 0)
        counted(shared_office, number, 5, yes, 5 - yes)
        assert shared_office.observed(number).facts.lines[0].status == verdict


def test_three_of_five_do_not_meet(shared_office: Office) -> None:
    number = meets(shared_office, MEMBERS[:3])

    assert shared_office.observed(number).open == ("call_province_council",)
    assert shared_office.observed(number).facts.get("decisions.province_quorum.reached") is False
