"""Who may take on and complete what: candidate group, unit, assignee, and the second pair of eyes."""

from datetime import UTC, datetime

import pytest

from workflows.domain import permit
from workflows.domain.actor import PERMISSIONS, SYSTEM, Actor
from workflows.domain.errors import NotAllowed, TaskNotOpen, TaskTaken
from workflows.domain.facts import Facts
from workflows.domain.permit import NotYourTask, SamePerson
from workflows.domain.text import Text

UNIT = Actor(1, "don_vi_a", "Nguyễn Văn Giả Sử", unit="phong_ncc", groups=frozenset({"unit"}))
OFFICER = Actor(2, "chuyen_vien", "Trần Giả Định", unit="vp_so", groups=frozenset({"office"}))


def takes(
    actor: Actor, *, group: str = "office", unit: str | None = None, taken: tuple[str, str] | None = None
) -> None:
    """Somebody wants a task of HS-0007."""
    named = (group, Text(f"Nhóm {group}"))
    permit.to_take(actor, task=Text("Thẩm định hồ sơ"), group=named, unit=unit, taken=taken, number="HS-0007")


def test_a_task_nobody_has_is_for_its_candidate_group() -> None:
    takes(OFFICER)
    with pytest.raises(NotYourTask, match="Thẩm định hồ sơ"):
        takes(UNIT)


def test_a_task_of_a_unit_is_for_that_unit_alone() -> None:
    takes(UNIT, group="unit", unit="phong_ncc")
    with pytest.raises(NotYourTask):
        takes(UNIT, group="unit", unit="coso_btxh")
    with pytest.raises(NotYourTask):
        takes(OFFICER, group="unit", unit="phong_ncc")


def test_a_task_somebody_has_is_theirs_even_outside_the_group() -> None:
    takes(UNIT, taken=("don_vi_a", "Nguyễn Văn Giả Sử"))
    with pytest.raises(TaskTaken, match="Nguyễn Văn Giả Sử"):
        takes(OFFICER, taken=("don_vi_a", "Nguyễn Văn Giả Sử"))


def test_who_may_not_have_a_task_is_not_told_who_has_it() -> None:
    with pytest.raises(NotYourTask) as refused:
        takes(UNIT, taken=("chuyen_vien", "Trần Giả Định"))

    assert "Trần Giả Định" not in str(refused.value)


def test_a_closed_task_is_refused_with_who_and_when_in_vietnam() -> None:
    at = datetime(2022, 1, 13, 3, 42, tzinfo=UTC)
    permit.open_task(task=Text("Biểu quyết"), number="ĐX-0001", state="open", by=None, at=None)

    with pytest.raises(TaskNotOpen) as refused:
        permit.open_task(task=Text("Biểu quyết"), number="ĐX-0001", state="completed", by="Bà A", at=at)
    assert str(refused.value) == "Task «Biểu quyết» of ĐX-0001 is already completed by Bà A at 10:42 13/01/2022."


def test_who_did_the_first_step_does_not_do_the_second() -> None:
    facts = Facts({"by.draft_decision": "chuyen_vien"})

    permit.second_person(UNIT.logins, facts, task=Text("Ký nháy"), not_by=[("draft_decision", Text("Dự thảo"))])
    permit.second_person(OFFICER.logins, Facts(), task=Text("Ký nháy"), not_by=[("draft_decision", Text("Dự thảo"))])
    permit.second_person(OFFICER.logins, facts, task=Text("Ký nháy"), not_by=[])
    with pytest.raises(SamePerson, match="«Dự thảo»"):
        permit.second_person(OFFICER.logins, facts, task=Text("Ký nháy"), not_by=[("draft_decision", Text("Dự thảo"))])


def test_somebody_in_two_groups_may_what_either_may() -> None:
    both = Actor(3, "chanh_vp", "Phạm Văn Mẫu", groups=frozenset({"office_head", "council"}))

    assert both.permissions == PERMISSIONS["office_head"] | PERMISSIONS["council"]
    assert both.may("round.open")


@pytest.mark.parametrize("permission", ["incident.retry", "dossier.open", "round.open", "definition.deploy", ""])
def test_the_system_and_strangers_may_nothing_that_people_may(permission: str) -> None:
    assert not SYSTEM.may(permission)
    assert not Actor(9, "la", "Người lạ", groups=frozenset({"unheard_of"})).may(permission)


def test_nobody_may_something_nobody_ever_thought_of() -> None:
    everybody = Actor(9, "x", "X", groups=frozenset(PERMISSIONS))

    assert not everybody.may("dossier.delete")
    assert issubclass(NotYourTask, NotAllowed)
