"""After the decision: complaint (X5), revocation (X6), correction (X7), and what the closed dossier learns of them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import text

from tests.answers import Answers, ad_hoc
from tests.story import Office
from workflows.domain.errors import InstanceClosed, InvalidInput, LineUnknown, NotAllowed, NotFound
from workflows.domain.form import EntriesRefused
from workflows.domain.linked import AlreadyUnderway, LineNotConcerned, NoLineChosen, NotYetDecided, PastArchive
from workflows.operations.delivery import deliver_message
from workflows.operations.dossiers import NotYourDossier
from workflows.operations.linked import open_procedure
from workflows.queries.dossiers import dossier, dossiers
from workflows.queries.trace import trace

TWO = ("Nguyễn Thị Ví Dụ", "Trần Văn Thử")


def awarded(office: Office) -> str:
    """An ad hoc dossier whose two nominees are commended, filed."""
    number = office.dossier_at(None, answers=ad_hoc(office.today, *TWO))
    office.works()
    office.comes_to(office.round_of(number), None)
    office.comes_to(number, None)
    return number


def opens(office: Office, number: str, process: str = "revocation", *lines: int, by: str = "chuyen_vien") -> str:
    """Somebody opens a procedure about these lines of a dossier, the first where none is named."""
    return open_procedure(office.db, office.person(by), number, process, lines or (1,), "Theo kết luận.")


def concluded(office: Office) -> Answers:
    """What the competent body found."""
    found = {"body": "Thanh tra Sở", "concluded_on": f"{office.today}", "ground": "violation", "finding": "Có vi phạm."}
    return {**found, "conclusion_no": "02/KL"}


def revokes(office: Office, number: str, *lines: int) -> str:
    """A revocation from its opening to the recovery."""
    opened = opens(office, number, "revocation", *lines)
    office.attaches(opened, "conclusion", by="chuyen_vien")
    told = {"effect": "revoke", "abstract": "Hủy bỏ", "grounds": "Kết luận", "summary": "Có vi phạm."}
    office.completes("record_conclusion", opened, by="chuyen_vien", answers=concluded(office))
    office.completes("propose_revocation", opened, by="chuyen_vien", answers=told)
    office.completes("initial_revocation", opened, by="chanh_vp", answers={"outcome": "initial"})
    office.completes("sign_revocation", opened, by="giam_doc", answers={"outcome": "sign"})
    day = {"decision_date": f"{office.today}"}
    office.completes("number_revocation", opened, by="van_thu", answers=day)
    office.works()
    return opened


def test_nothing_is_opened_about_a_dossier_without_a_decision(shared_office: Office) -> None:
    office, number = shared_office, shared_office.dossier_at("appraise_dossier")

    for process in ("complaint", "revocation", "correction"):
        with pytest.raises(NotYetDecided):
            opens(office, number, process)


def test_nothing_is_opened_about_what_is_no_dossier_or_by_another_name(shared_office: Office) -> None:
    office, number = shared_office, awarded(shared_office)

    with pytest.raises(NotFound):
        opens(office, office.round_of(number))
    with pytest.raises(NotFound):
        opens(office, "HS-9999")
    with pytest.raises(NotFound):
        opens(office, number, "dossier")
    with pytest.raises(NotFound):
        opens(office, opens(office, number, "complaint"), "correction")


def test_who_may_open_what(shared_office: Office) -> None:
    office, number = shared_office, awarded(shared_office)

    with pytest.raises(NotAllowed):
        opens(office, number, "revocation", by="don_vi_a")
    with pytest.raises(NotFound):
        opens(office, number, "complaint", by="don_vi_c")
    with pytest.raises(NotAllowed):
        opens(office, number, "correction", by="giam_doc")
    assert opens(office, number, "complaint", by="don_vi_a").startswith("KN-")
    assert opens(office, number, "correction", by="don_vi_a").startswith("ĐC-")
    assert opens(office, number, "revocation", by="chanh_vp").startswith("HB-")


def test_lines_are_chosen_that_are_there_and_stand_right(shared_office: Office) -> None:
    office, number = shared_office, awarded(shared_office)

    with pytest.raises(NoLineChosen):
        open_procedure(office.db, office.person("chuyen_vien"), number, "revocation", (), "Vì")
    with pytest.raises(LineUnknown):
        opens(office, number, "revocation", 3)
    with pytest.raises(InvalidInput):
        open_procedure(office.db, office.person("chuyen_vien"), number, "revocation", (1,), "  ")
    opens(office, number, "revocation", 1)
    with pytest.raises(AlreadyUnderway):
        opens(office, number, "revocation", 2, 1)


def test_an_award_is_revoked_for_one_line_and_then_for_the_last(shared_office: Office) -> None:
    office, number = shared_office, awarded(shared_office)
    state = office.asks("select state from instance where number = :n", n=number)

    first = revokes(office, number, 2)
    after_one = office.observed(number)
    kept, taken = (office.asks("select state from award where line = :l", l=f"{number}.{n}") for n in (1, 2))
    revokes(office, number, 1)
    after_both = office.observed(number)

    assert [line.status for line in after_one.facts.lines] == ["passed", "revoked"]
    assert (after_one.status, after_both.status) == ("da-luu", "huy-bo")
    assert [line.status for line in after_both.facts.lines] == ["revoked", "revoked"]
    assert (kept, taken) == ("awarded", "revoked")
    assert after_one.is_closed
    assert after_both.is_closed
    assert office.asks("select state from instance where number = :n", n=number) == state
    assert office.verified(number).ok
    assert office.verified(first).ok
    with pytest.raises(LineNotConcerned):
        opens(office, number, "revocation", 1)


def test_a_dossier_is_told_once(shared_office: Office) -> None:
    office, number = shared_office, awarded(shared_office)
    revokes(office, number, 1)
    told = office.asks("select id from message where name = 'award_revoked' and key = :n", n=number)

    assert deliver_message(office.db, told) is False
    assert [each["event"]["message"] for each in office.history(number, "MessageReceived")].count("award_revoked") == 1


def test_nothing_is_opened_after_the_time_in_the_archive(shared_office: Office) -> None:
    office, number = shared_office, awarded(shared_office)
    closed = text("update instance set closed_at = :at where number = :number")
    last_day = office.now.replace(year=office.now.year - 10) + timedelta(days=1)
    with office.tables() as tx:
        tx.execute(closed, {"number": number, "at": last_day})
    opens(office, number, "complaint")
    with office.tables() as tx:
        tx.execute(closed, {"number": number, "at": last_day - timedelta(days=1)})

    with pytest.raises(PastArchive):
        opens(office, number, "complaint")


def test_days_before_the_decision_are_refused(shared_office: Office) -> None:
    office, number = shared_office, awarded(shared_office)
    opened = opens(office, number)
    office.attaches(opened, "conclusion", by="chuyen_vien")

    early = {**concluded(office), "concluded_on": "2021-01-04"}

    with pytest.raises(EntriesRefused) as refused:
        office.completes("record_conclusion", opened, by="chuyen_vien", answers=early)

    assert list(refused.value.fields) == ["/concluded_on"]


def test_papers_of_a_procedure_are_added_by_those_who_open_it_while_it_runs(shared_office: Office) -> None:
    office, number = shared_office, awarded(shared_office)
    opened = revokes(office, number, 1)

    with pytest.raises(NotYourDossier):
        office.attaches(opened, "other", by="don_vi_a")
    office.attaches(opened, "other", by="chanh_vp")
    office.attaches(opened, "other", by="van_thu")
    done = {"items_returned_on": f"{office.today}", "amount_returned": 0, "amount_returned_on": f"{office.today}"}
    office.completes("recover_award", opened, by="chuyen_vien", answers={**done, "outcome": "complete"})
    with pytest.raises(InstanceClosed):
        office.attaches(opened, "other", by="chanh_vp")


def test_a_procedure_and_its_dossier_lead_to_each_other(shared_office: Office) -> None:
    office, number = shared_office, awarded(shared_office)
    opened = opens(office, number, "revocation", 2)
    unit, officer = office.person("don_vi_a"), office.person("chuyen_vien")

    page = dossier(office.db, officer, number)
    assert [(each.number, each.lines) for each in page.procedures] == [(opened, (2,))]
    assert [each.process for each in page.openings] == ["complaint", "revocation", "correction"]
    assert [each.process for each in dossier(office.db, unit, number).openings] == ["complaint", "correction"]
    assert dossier(office.db, unit, opened).about == number
    assert dossier(office.db, officer, opened).title.vi == "Hủy bỏ khen thưởng: Trần Văn Thử"
    assert dossier(office.db, officer, opened).openings == ()
    assert opened in {row.number for row in dossiers(office.db, officer, search=opened).rows}
    assert office.task(opened, "record_conclusion", by="chuyen_vien")
    steps = trace(office.db, officer, number).steps
    assert "revocation" not in {each.process for each in trace(office.db, officer, number).diagrams}
    assert [step.detail.vi for step in steps if step.kind == "ProcedureOpened" and step.detail] == [
        f"Hủy bỏ quyết định khen thưởng {opened}"
    ]
    assert trace(office.db, officer, opened).about == number


def test_a_dossier_with_a_procedure_still_finds_its_round(shared_office: Office) -> None:
    office, number = shared_office, awarded(shared_office)
    joined = office.round_of(number)

    opens(office, number, "complaint")

    assert office.round_of(number) == joined
    assert dossier(office.db, office.person("chuyen_vien"), number).round_number == joined


def test_a_paper_says_until_when_and_how_much_is_recovered(shared_office: Office) -> None:
    office, number = shared_office, awarded(shared_office)

    opened = revokes(office, number, 1)

    seen = office.observed(opened)
    assert "revocation_decision" in seen.papers
    line = seen.facts.lines[0]
    original = office.observed(number).facts.lines[0]
    assert line.values["about.bonus"] == original.values["decisions.bonus.amount"]
    assert line.values["award.rank"] == original.values["award.rank"]
    assert seen.facts.lines[0].id == original.id


def test_of_two_people_who_open_the_same_revocation_at_the_same_moment_one_does(office: Office) -> None:
    number = awarded(office)
    people = ("chuyen_vien", "chuyen_vien_2")
    for login in people:
        office.person(login)
    ready = Barrier(len(people))

    def tries(login: str) -> str:
        ready.wait(timeout=30)
        try:
            return opens(office, number, by=login)
        except AlreadyUnderway:
            return ""

    with ThreadPoolExecutor(len(people)) as pool:
        opened = [*pool.map(tries, people)]

    assert sorted(map(bool, opened)) == [False, True]
    assert office.asks("select count(*) from instance where process = 'revocation'") == 1
    assert office.verified(number).ok
