"""Half a draft never stops its page: papers follow the entries that are good, whatever stands in the others."""

from typing import Any

import pytest

from tests.story import Office
from workflows.operations import user_tasks
from workflows.queries.task import task

HALVES: dict[str, dict[str, Any]] = {
    "nothing": {},
    "an award only": {"award_form": "bang_khen_tinh"},
    "a type that is none": {"kind": "poem", "nominees": [{"kind": "tree", "name": ""}]},
    "nominees that are a text": {"kind": "ad_hoc", "nominees": "ai đó"},
    "a line that is not there": {"nominees": [{"line": 7, "kind": "person", "name": "Bà Bảy"}]},
}


@pytest.mark.parametrize("half", HALVES)
def test_a_half_draft_shows_its_page(office: Office, half: str) -> None:
    number = office.unit_opens_dossier()
    waiting, unit = office.task(number, "prepare_dossier"), office.person("don_vi_a")
    user_tasks.save_draft(office.db, unit, waiting, HALVES[half])
    assert task(office.db, unit, waiting).required_papers


def test_papers_follow_the_type_that_is_drafted(office: Office) -> None:
    number = office.unit_opens_dossier()
    waiting, unit = office.task(number, "prepare_dossier"), office.person("don_vi_a")

    def needed() -> set[str]:
        return {each.kind for each in task(office.db, unit, waiting).required_papers if each.mandatory}

    assert "meeting_minutes" in needed()
    user_tasks.save_draft(office.db, unit, waiting, {"kind": "ad_hoc"})
    assert "meeting_minutes" not in needed()
