"""«Which way will this dossier go?»: the real diagrams and tables answer, in memory, for every award and type."""

from datetime import date

import pytest

from tests.story import MOVEMENT, Office
from workflows.domain.errors import NotFound, NotOffered
from workflows.queries.routes import Asked, Route, diagram_of, route

FULL = date(2021, 10, 25)
FORMS = ("giay_khen", "bang_khen_tinh", "bang_khen_ttg", "hc_lao_dong_ba", "hc_dung_cam")


def way(office: Office, form: str, kind: str = "thematic", subject: str = "person", on: date = FULL) -> Route:
    return route(office.db, Asked(MOVEMENT, kind, form, subject, on))


@pytest.mark.parametrize("kind", ["thematic", "ad_hoc"])
@pytest.mark.parametrize("form", FORMS)
def test_every_award_has_a_way_to_its_end(shared_office: Office, form: str, kind: str) -> None:
    found = way(shared_office, form, kind)
    assert found.stopped is None
    assert found.diagrams[0].process == "dossier"
    assert "close_dossier" in found.diagrams[0].done
    assert found.ends > FULL
    assert all(rule.rows for rule in found.rules)


def test_a_thematic_giay_khen_goes_through_the_council_to_the_director(shared_office: Office) -> None:
    found = way(shared_office, "giay_khen")
    steps = [step.step.vi for step in found.steps]
    assert steps.index("Thẩm định hồ sơ") < steps.index("Phiếu biểu quyết") < steps.index("Ký Quyết định")
    ballots = next(step for step in found.steps if step.step.vi == "Phiếu biểu quyết")
    assert ballots.times == 9
    appraisal = next(step for step in found.steps if step.step.vi == "Thẩm định hồ sơ")
    assert appraisal.latest == date(2021, 11, 22)
    assert appraisal.days is not None
    assert "V" in appraisal.legal_basis.marks
    assert "[" not in appraisal.legal_basis.text
    assert all(rule.rows[0].marks for rule in found.rules)
    assert found.amount == 450_000
    assert "meeting_minutes" in {paper.kind for paper in found.papers if paper.mandatory}


def test_an_ad_hoc_one_asks_no_council_and_ends_earlier(shared_office: Office) -> None:
    quick, slow = way(shared_office, "giay_khen", "ad_hoc"), way(shared_office, "giay_khen")
    assert "Phiếu biểu quyết" not in {step.step.vi for step in quick.steps}
    assert quick.ends < slow.ends
    assert "meeting_minutes" not in {paper.kind for paper in quick.papers if paper.mandatory}


def test_the_law_of_the_day_names_the_bonus_or_says_that_it_asks(shared_office: Office) -> None:
    assert way(shared_office, "bang_khen_tinh", subject="household").amount is None
    later = way(shared_office, "bang_khen_tinh", subject="household", on=date(2024, 1, 10))
    assert later.amount == 4_050_000


def test_a_day_that_no_law_or_calendar_knows_is_said(shared_office: Office) -> None:
    found = way(shared_office, "giay_khen", on=date(2016, 1, 4))
    assert found.stopped


def test_what_is_not_offered_or_not_there_is_refused(shared_office: Office) -> None:
    with pytest.raises(NotOffered):
        way(shared_office, "huan_chuong_vang")
    with pytest.raises(NotOffered):
        way(shared_office, "giay_khen", "whatever")
    with pytest.raises(NotOffered):
        way(shared_office, "giay_khen", subject="horse")
    with pytest.raises(NotFound):
        route(shared_office.db, Asked("nowhere", "thematic", "giay_khen", "person", FULL))
    with pytest.raises(NotFound):
        diagram_of(shared_office.db, "nowhere")
    assert diagram_of(shared_office.db, "dossier").startswith(b"<?xml")
