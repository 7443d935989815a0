"""The check before publishing asks the running dossiers, and its report decides and goes with the version."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.store.test_workshop import ADMIN, SECOND, completed, raised, submitted
from tests.story import Office, procedure
from workflows.definitions import checksum, load_files
from workflows.gate.running import running
from workflows.operations import gating
from workflows.queries import workshop as query
from workflows.store import gate_runs


def reported(office: Office, draft: int, severity: str | None) -> dict[str, Any]:
    """A check of the draft that ended, with one finding or none."""
    actor = office.person(ADMIN)
    sha256 = checksum(query.files_of(office.db, actor, draft))
    fault = {"rule": "walk_stuck", "file": "handling.bpmn", "element": "x", "line": 0, "vi": "Kẹt", "en": "Stuck"}
    layer = {
        "key": "walks",
        "title": {"vi": "Chạy thử", "en": "Walks"},
        "state": "failed" if severity else "passed",
        "said": {"vi": "", "en": ""},
        "findings": [{**fault, "severity": severity, "path": []}] if severity else [],
    }
    report = {"sha256": sha256, "layers": [layer]}
    with office.db.write() as tx:
        gate_runs.ask(tx, sha256, draft, ADMIN, office.now)
    assert gating.tell(office.db, sha256, report, ended=True)
    return report


@pytest.fixture
def office(shared_office: Office) -> Office:
    """Dossiers that run."""
    return shared_office


@pytest.fixture
def own_office(new_office: Callable[[], Office]) -> Iterator[Office]:
    """An office for a test that publishes."""
    opened = new_office()
    yield opened
    opened.db.close()


def test_a_running_dossier_could_go_on_unless_its_step_is_gone(office: Office) -> None:
    number = office.dossier_at("appraise_dossier")
    same = running(office.db, procedure())
    assert same.counts["stays"] == 0
    assert same.counts["goes"] == same.counts["all"] > 0
    files = dict(procedure().files)
    drawn = files["appraisal.bpmn"].decode()
    before, _, after = drawn.partition('<bpmn:userTask id="appraise_dossier"')
    after = after.replace("</bpmn:userTask>", "</bpmn:manualTask>", 1)
    files["appraisal.bpmn"] = f'{before}<bpmn:manualTask id="appraise_dossier"{after}'.encode()
    gone = running(office.db, load_files(files))
    assert number in {each.matter for each in gone.findings}, gone


def test_what_a_check_found_stops_a_publication_and_a_good_report_goes_with_the_version(own_office: Office) -> None:
    office = own_office
    draft = raised(office)
    reported(office, draft, "error")
    submitted(office, draft)
    actor = office.person(ADMIN)
    assert query.draft(office.db, actor, draft).row.state == "open"
    good = reported(office, draft, None)
    submitted(office, draft)
    assert query.draft(office.db, actor, draft).row.state == "submitted"
    completed(office, draft, SECOND, {"outcome": "approve"})
    assert query.versions(office.db, actor)[0].report == good
