"""A letter that comes before its package is kept and seen by the clerk, and by nobody who has no business with it."""

from collections.abc import Callable

import pytest

from tests.web.conftest import Browser
from workflows.domain.actor import Actor
from workflows.domain.errors import NotAllowed
from workflows.operations.letters import LetterTwice, enter_letter
from workflows.queries.accounts import actor_named
from workflows.settings import Settings
from workflows.store.session import Database

ANSWERS = {"outcome": "refuse", "letter_no": "9/SNV", "letter_date": "2021-11-03", "reason": "Không đủ."}


def enter(db: Database, actor: Actor) -> int:
    return enter_letter(db, actor, message="province_replied", number="99/TTr-SLĐTBXH", answers=ANSWERS)


def test_an_early_letter_waits_where_the_clerk_sees_it_and_is_kept_once(
    demo: tuple[Settings, Database], person: Callable[[str], Browser]
) -> None:
    _, db = demo
    clerk, unit = actor_named(db, "van_thu"), actor_named(db, "don_vi_a")
    assert clerk is not None
    assert unit is not None

    enter(db, clerk)

    assert "99/TTr-SLĐTBXH" in person("van_thu").get("/letters").text
    with pytest.raises(LetterTwice):
        enter(db, clerk)
    with pytest.raises(NotAllowed):
        enter(db, unit)
    assert person("don_vi_a").get("/letters").status == 403
