"""Drafts of the procedure: laid over a version, saved file by file, never lost to somebody else."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from sqlalchemy.exc import DBAPIError

from tests.story import Office, procedure
from workflows.definitions import BundleRejected, load_files
from workflows.definitions.archive import pack
from workflows.domain.errors import InvalidInput, NotAllowed, NotFound
from workflows.domain.permit import OwnWork
from workflows.operations import draft_entries, publishing, user_tasks, workshop
from workflows.operations.deploy import deploy
from workflows.queries import drafting, publications
from workflows.queries import workshop as query
from workflows.store.bundles import in_force
from workflows.store.drafts import digest

TABLE = "decisions/vote_threshold/always.dmn"
ADMIN, SECOND = "quan_tri", "quan_tri_2"


@pytest.fixture
def office(shared_office: Office) -> Office:
    """One office for all these tests: each opens a draft of its own."""
    return shared_office


@pytest.fixture
def own_office(new_office: Callable[[], Office]) -> Iterator[Office]:
    """An office for a test that publishes."""
    opened = new_office()
    yield opened
    opened.db.close()


def opened(office: Office, login: str = ADMIN) -> int:
    return workshop.open_draft(office.db, office.person(login), "Nâng ngưỡng phiếu")


def saved(office: Office, draft: int, path: str, content: bytes, *, login: str = ADMIN, seen: str | None = "") -> str:
    if seen == "":
        seen = query.file(office.db, office.person(login), draft, path)[1]
    return workshop.save_file(office.db, office.person(login), draft, path, content, seen).sha256


def text(office: Office, draft: int, path: str = TABLE) -> bytes:
    return query.file(office.db, office.person(ADMIN), draft, path)[0]


def test_a_draft_is_its_version_until_a_file_is_changed_and_again_once_it_is_taken_back(office: Office) -> None:
    draft = opened(office)
    assert query.files_of(office.db, office.person(ADMIN), draft) == procedure().files
    saved(office, draft, TABLE, text(office, draft) + b"\n")
    page = query.draft(office.db, office.person(ADMIN), draft)
    assert [(each.path, each.state) for each in page.files if each.state] == [(TABLE, "changed")]
    workshop.restore_file(office.db, office.person(ADMIN), draft, TABLE)
    page = query.draft(office.db, office.person(ADMIN), draft)
    assert [each for each in page.files if each.state] == []
    assert [each.act for each in page.acts] == ["restored", "saved", "opened"]


def test_two_who_write_one_file_keep_both_texts(office: Office) -> None:
    draft = opened(office)
    before = text(office, draft)
    saved(office, draft, TABLE, before + b"<!-- one -->", login=SECOND)
    with pytest.raises(workshop.ChangedMeanwhile) as refusal:
        saved(office, draft, TABLE, before + b"<!-- two -->", seen=digest(before))
    assert refusal.value.theirs == before + b"<!-- one -->"
    assert text(office, draft) == before + b"<!-- one -->"
    ((kept, path, _),) = query.draft(office.db, office.person(ADMIN), draft).kept
    assert query.kept_beside(office.db, office.person(ADMIN), draft, kept) == (path, before + b"<!-- two -->")
    with pytest.raises(NotFound):
        query.kept_beside(office.db, office.person(SECOND), draft, kept)


def test_a_draft_that_means_nothing_is_kept_and_what_is_wrong_is_said(office: Office) -> None:
    draft = opened(office)
    saved(office, draft, "dossier.bpmn", b"<not a diagram")
    page = query.draft(office.db, office.person(ADMIN), draft)
    assert page.refusal is not None or drafting.check(office.db, office.person(ADMIN), draft, "", None)
    found = drafting.check(office.db, office.person(ADMIN), draft, "dossier.bpmn", procedure().files["dossier.bpmn"])
    assert [each for each in found if each.severity == "error"] == []
    assert text(office, draft, "dossier.bpmn") == b"<not a diagram"


@pytest.mark.parametrize("path", ["../etc/passwd", "/root", "a/../../b", "x\0y", "", "a" * 300])
def test_a_path_outside_the_bundle_is_refused(office: Office, path: str) -> None:
    with pytest.raises(BundleRejected):
        workshop.save_file(office.db, office.person(ADMIN), opened(office), path, b"x", None)


def test_only_administrators_draft_and_a_draft_given_up_is_closed(office: Office) -> None:
    draft = opened(office)
    for login in ("chuyen_vien", "kiem_tra", "giam_doc"):
        with pytest.raises(NotAllowed):
            workshop.save_file(office.db, office.person(login), draft, TABLE, b"x", None)
    with pytest.raises(InvalidInput):
        workshop.drop_draft(office.db, office.person(ADMIN), draft, " ")
    workshop.drop_draft(office.db, office.person(ADMIN), draft, "Không cần nữa")
    with pytest.raises(workshop.DraftNotOpen):
        saved(office, draft, TABLE, b"x")


def test_a_zip_of_a_version_comes_back_as_a_draft_byte_for_byte(office: Office) -> None:
    draft = opened(office)
    changed = {**procedure().files, "calendar.toml": procedure().files["calendar.toml"] + b"\n# 2027\n"}
    assert publishing.import_zip(office.db, office.person(ADMIN), draft, pack(changed)) == 1
    assert query.packed_draft(office.db, office.person(ADMIN), draft) == pack(changed)
    with pytest.raises(InvalidInput):
        publishing.import_zip(office.db, office.person(ADMIN), draft, b"no zip")


def test_rolling_back_is_one_act_with_a_reason_and_a_version_of_its_own(office: Office) -> None:
    files = {**procedure().files, "calendar.toml": procedure().files["calendar.toml"] + b"\n# wrong\n"}
    wrong, _ = deploy(office.db, load_files(files), by=ADMIN)
    with pytest.raises(publishing.RollBackNeedsReason):
        publishing.roll_back(office.db, office.person(SECOND), 1, "")
    with pytest.raises(publishing.AlreadyInForce):
        publishing.roll_back(office.db, office.person(SECOND), wrong, "Thử")
    made = publishing.roll_back(office.db, office.person(SECOND), 1, "Lịch sai")
    with office.db.read() as tx:
        assert in_force(tx, "commendation")[1].sha256 == procedure().sha256
    row, _ = query.version(office.db, office.person(ADMIN), made)
    assert (row.version, row.reason, row.state) == (wrong + 1, "Lịch sai", "in force")


def test_a_draft_moves_to_the_newest_version_unless_both_changed_one_file(office: Office) -> None:
    draft = opened(office)
    saved(office, draft, TABLE, text(office, draft) + b"\n")
    files = query.version(office.db, office.person(ADMIN), 1)[1].files
    number, _ = deploy(office.db, load_files({**files, "README.md": b"x\n"}), by=ADMIN)
    assert query.draft(office.db, office.person(ADMIN), draft).behind
    assert workshop.rebase_draft(office.db, office.person(ADMIN), draft) == number
    deploy(office.db, load_files({**files, TABLE: files[TABLE] + b"\n\n"}), by=ADMIN)
    with pytest.raises(workshop.BaseOverlaps):
        workshop.rebase_draft(office.db, office.person(ADMIN), draft)


def test_what_was_done_in_the_workshop_cannot_be_changed(office: Office) -> None:
    opened(office)
    with pytest.raises(DBAPIError, match="append-only"), office.tables() as tx:
        tx.exec_driver_sql("update workshop_act set reason = 'x'")


def found(office: Office, draft: int) -> publications.Publication:
    way = publications.publication(office.db, office.person(ADMIN), draft)
    assert way is not None
    return way


def completed(office: Office, draft: int, login: str, answers: dict[str, str]) -> None:
    """The open task of a draft's publication, done by this person; then every job."""
    (task,) = found(office, draft).tasks
    person = office.person(login)
    if task.assignee is None:
        user_tasks.claim(office.db, person, task.id)
    user_tasks.complete(office.db, person, task.id, answers, key=f"{task.id}{login}")
    office.works()


def submitted(office: Office, draft: int, day: str = "2021-11-01") -> None:
    publishing.submit(office.db, office.person(ADMIN), draft)
    told = {"name": "Ngưỡng 90 %", "grounds": "Quy chế Hội đồng", "valid_from": day, "outcome": "submit"}
    completed(office, draft, ADMIN, told)


def raised(office: Office) -> int:
    """A draft that raises the threshold of the council."""
    draft = opened(office)
    saved(office, draft, TABLE, text(office, draft).replace(b"<text>80<", b"<text>90<"))
    return draft


def test_a_version_is_in_force_once_a_second_person_has_approved_it_from_the_day_it_says(own_office: Office) -> None:
    office = own_office
    draft = raised(office)
    submitted(office, draft, "2031-01-01")
    assert query.draft(office.db, office.person(ADMIN), draft).row.state == "submitted"
    with pytest.raises(workshop.DraftNotOpen):
        saved(office, draft, TABLE, b"x")
    with pytest.raises(NotAllowed):
        completed(office, draft, ADMIN, {"outcome": "approve"})
    completed(office, draft, SECOND, {"outcome": "approve"})
    row = query.versions(office.db, office.person(ADMIN))[0]
    assert (row.version, row.state, row.name, row.legal_basis) == (2, "ahead", "Ngưỡng 90 %", "Quy chế Hội đồng")
    assert row.approved_by == office.person(SECOND).name
    with office.db.read() as tx:
        assert in_force(tx, "commendation")[1].sha256 == procedure().sha256


def test_who_changed_one_file_of_a_draft_does_not_approve_it(own_office: Office) -> None:
    office = own_office
    draft = raised(office)
    saved(office, draft, "calendar.toml", text(office, draft, "calendar.toml") + b"\n", login=SECOND)
    submitted(office, draft)
    with pytest.raises(OwnWork):
        completed(office, draft, SECOND, {"outcome": "approve"})


def test_a_draft_with_a_fault_comes_back_and_a_returned_one_too(own_office: Office) -> None:
    office = own_office
    draft = raised(office)
    saved(office, draft, "dossier.bpmn", text(office, draft, "dossier.bpmn").replace(b"</bpmn:process>", b""))
    submitted(office, draft)
    assert query.draft(office.db, office.person(ADMIN), draft).row.state == "open"
    workshop.restore_file(office.db, office.person(ADMIN), draft, "dossier.bpmn")
    again = {"name": "Lần 2", "grounds": "Quy chế", "valid_from": "2021-11-01", "outcome": "submit"}
    completed(office, draft, ADMIN, again)
    completed(office, draft, SECOND, {"outcome": "return", "reason": "Thiếu căn cứ"})
    assert query.draft(office.db, office.person(ADMIN), draft).row.state == "open"
    completed(office, draft, ADMIN, {**again, "outcome": "withdraw"})
    assert found_none(office, draft)


def found_none(office: Office, draft: int) -> bool:
    return publications.publication(office.db, office.person(ADMIN), draft) is None


def test_a_draft_whose_version_was_overtaken_is_not_published(own_office: Office) -> None:
    office = own_office
    draft = raised(office)
    submitted(office, draft)
    files = {**procedure().files, "calendar.toml": procedure().files["calendar.toml"] + b"\n# other\n"}
    deploy(office.db, load_files(files), by=ADMIN)
    completed(office, draft, SECOND, {"outcome": "approve"})
    way = found(office, draft)
    assert any("đặt bản nháp lên đó" in each.value for each in way.facts)
    workshop.rebase_draft(office.db, office.person(ADMIN), draft)
    again = {"name": "Lại", "grounds": "Quy chế", "valid_from": "2021-10-25", "outcome": "submit"}
    completed(office, draft, ADMIN, again)
    completed(office, draft, SECOND, {"outcome": "approve"})
    with office.db.read() as tx:
        assert b"<text>90<" in in_force(tx, "commendation")[1].files[TABLE]


def test_an_entry_is_changed_by_form_with_its_reason(office: Office) -> None:
    draft, admin = opened(office), office.person(ADMIN)
    with pytest.raises(draft_entries.EntryNeedsReason):
        draft_entries.set_parameter(office.db, admin, draft, "council.ballot_way", "secret", " ")
    draft_entries.set_parameter(office.db, admin, draft, "council.ballot_way", "secret", "Quy chế sửa")
    draft_entries.set_day(office.db, admin, draft, date(2022, 3, 7), working=False, reason="QĐ 01")
    bundle = drafting.readable(office.db, admin, draft)
    assert bundle.parameters["council.ballot_way"] == "secret"
    assert not bundle.working_days().is_working(date(2022, 3, 7))
    told = [(each.act, each.told.get("entry"), each.reason) for each in query.draft(office.db, admin, draft).acts]
    assert told[:2] == [("edited", "2022-03-07", "QĐ 01"), ("edited", "council.ballot_way", "Quy chế sửa")]
