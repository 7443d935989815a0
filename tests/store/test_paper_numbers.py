"""Papers that are numbered when they are set: once each, in order, by kind and year, whatever happens at once."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial

import pytest

from tests.answers import ad_hoc
from tests.store.tables import at_once
from tests.story import Office, procedure
from workflows.connectors.paper_facts import document_data
from workflows.definitions import load_files
from workflows.domain.form import EntriesRefused
from workflows.operations.clock import set_clock
from workflows.operations.service_tasks import Job, service_task
from workflows.store.bundles import add

DIAGRAM = "issue_decision.bpmn"
PROPERTY = '<spiffworkflow:property name="{}" value="{}" />'
PAPER = PROPERTY.format("paper", "decision")
Ask = Callable[..., list[tuple[int, str]]]
LAST_OF_2021, FIRST_OF_2022 = datetime(2021, 12, 31, 16, 59, tzinfo=UTC), datetime(2021, 12, 31, 17, 0, tzinfo=UTC)


@pytest.fixture
def asked(office: Office) -> Ask:
    """Has papers asked for that take a number of the submissions when they are set; gives their instances and tasks."""
    files = dict(procedure().files)
    text = files[DIAGRAM].decode()
    assert PAPER in text
    files[DIAGRAM] = text.replace(PAPER, PAPER + PROPERTY.format("series", "submission")).encode()
    with office.tables() as tx:
        add(tx, load_files(files), "quan_tri", office.now)

    def ask(count: int = 1) -> list[tuple[int, str]]:
        for found in [office.round_at("number_decision") for _ in range(count)]:
            office.completes("number_decision", found)
        return [(job["instance"], job["task"]) for job in office.jobs("run_service")[-count:]]

    return ask


def told(office: Office, asked: tuple[int, str]) -> str:
    """The number of a paper when its connector is given what it needs."""
    job = service_task(office.db, *asked)
    assert isinstance(job, Job)
    return str(job.request.facts.get("paper.decision.number"))


def test_a_paper_takes_its_number_and_day_before_it_is_set_and_keeps_them(office: Office, asked: Ask) -> None:
    (paper,) = asked()
    job = service_task(office.db, *paper)
    assert job is not None

    assert job.request.facts.get("paper.decision.number") == "01/TTr-SLĐTBXH"
    assert job.request.facts.get("paper.decision.date") == office.today
    assert [told(office, paper) for _ in range(3)] == ["01/TTr-SLĐTBXH"] * 3
    assert told(office, *asked()) == "02/TTr-SLĐTBXH"
    taken = [each["event"] for each in office.history(job.request.number, "NumberTaken")]
    assert [(each["series"], each["value"]) for each in taken][-1] == ("submission", 1)
    assert office.verified(job.request.number).ok


def test_workers_that_ask_at_once_for_one_paper_get_one_number(office: Office, asked: Ask) -> None:
    (paper,) = asked()

    assert set(at_once(*[partial(told, office, paper)] * 4)) == {"01/TTr-SLĐTBXH"}
    assert told(office, *asked()) == "02/TTr-SLĐTBXH"


def test_numbers_of_several_kinds_taken_at_once_have_no_gap_and_none_twice(office: Office, asked: Ask) -> None:
    arrivals = [office.dossier_at("receive_dossier") for _ in range(4)]
    decisions = [office.round_at("number_decision") for _ in range(4)]
    papers = asked(4)
    known = {
        series: office.asks("select coalesce(max(last), 0) from series where name = :s", s=series)
        for series in ("submission", "arrival", "decision")
    }

    at_once(
        *(partial(told, office, paper) for paper in papers),
        *(partial(office.completes, "receive_dossier", number) for number in arrivals),
        *(partial(office.completes, "number_decision", number) for number in decisions),
    )

    taken = {
        "submission": sorted(told(office, paper) for paper in papers),
        "arrival": sorted(str(office.observed(each).facts.get("dossier.arrival_no")) for each in arrivals),
        "decision": sorted(str(office.observed(each).facts.get("number_decision.number")) for each in decisions),
    }
    for series, numbers in taken.items():
        assert [int(each.partition("/")[0]) for each in numbers] == [known[series] + n for n in range(1, 5)]


def test_a_series_of_papers_begins_again_on_the_first_of_january(office: Office, asked: Ask) -> None:
    first, second = asked(2)
    set_clock(office.db, LAST_OF_2021)
    assert told(office, first) == "01/TTr-SLĐTBXH"
    set_clock(office.db, FIRST_OF_2022)

    assert told(office, second) == "01/TTr-SLĐTBXH"
    years = office.asks("select array_agg(year order by year) from series where name = 'submission'")
    assert years == [2021, 2022]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2021-10-28", "This day cannot be before 29/10/2021."),
        ("2020-12-31", "This day cannot be before 29/10/2021."),
        ("2022-01-01", "The number is one of 2021; a paper of 01/01/2022 cannot have it."),
    ],
)
def test_a_decision_dated_before_its_meeting_or_in_another_year_is_refused_and_its_number_stays(
    office: Office, day: str, said: str
) -> None:
    found = office.round_at("number_decision")

    with pytest.raises(EntriesRefused) as refused:
        office.completes("number_decision", found, answers={"decision_date": day})

    assert refused.value.fields == {"/decision_date": said}
    assert office.observed(found).facts.get("compile_summary.meeting_on") == date(2021, 10, 29)
    assert office.asks("select count(*) from series where name = 'decision'") == 0
    office.completes("number_decision", found)
    assert office.observed(found).facts.get("number_decision.number") == "01/QĐ-SLĐTBXH"


def test_a_decision_without_a_meeting_is_not_dated_before_its_last_dossier(office: Office) -> None:
    number = office.dossier_at("appraise_dossier", answers=ad_hoc(office.today))
    office.comes_to(number, None)
    found = office.round_of(number)
    office.comes_to(found, "number_decision")

    assert office.observed(found).facts.get("dossier.full_on") == date(2021, 10, 25)
    with pytest.raises(EntriesRefused, match="corrected"):
        office.completes("number_decision", found, answers={"decision_date": "2021-10-24"})
    office.completes("number_decision", found)


def test_a_receipt_names_the_day_on_which_the_appraisal_ends(office: Office) -> None:
    number = office.dossier_at("receive_dossier")
    office.completes("receive_dossier", number)
    asked = office.jobs("run_service")[-1]

    job = service_task(office.db, asked["instance"], asked["task"])

    assert job is not None
    assert job.request.parameters["template"] == "receipt.typ"
    assert document_data(job.request, "receipt.typ")["due_on"] == "2021-11-22"
