"""Running dossiers go on in another version: what waits still waits, limits keep running, votes merge, all is told."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from tests.answers import returned
from tests.story import Office, procedure
from workflows.definitions import Bundle, load_files
from workflows.domain.errors import NotAllowed
from workflows.operations.migration import (
    MigrationNeedsReason,
    NothingToMigrate,
    SameVersion,
    begin_migration,
    carry_on,
)
from workflows.queries import migrated
from workflows.queries.inbox import inbox
from workflows.queries.migration import plan
from workflows.queries.trace import trace
from workflows.store.bundles import Published, add

WHY = "Luật mới có hiệu lực, các hồ sơ chưa họp theo quy trình mới."


@pytest.fixture
def office(shared_office: Office) -> Office:
    """One office; each test has its own dossiers and its own version."""
    return shared_office


def version(office: Office, edits: Mapping[str, Callable[[str], str]]) -> int:
    """A version of the procedure with these files changed; returns its number. New dossiers begin on the old."""
    files = dict(procedure().files)
    for path, edit in edits.items():
        changed = edit(files[path].decode()) if path in files else edit("")
        assert changed.encode() != files.get(path), f"{path} is as it was"
        files[path] = changed.encode()
    bundle: Bundle = load_files(files)
    with office.db.write() as tx:
        made = add(tx, bundle, "quan_tri", office.now, Published(valid_from=date(2020, 1, 1)))
    return int(office.asks("select version from bundle where id = :id", id=made))


def replaced(*pairs: tuple[str, str]) -> Callable[[str], str]:
    """An edit of a file: words replaced by others."""

    def edit(told: str) -> str:
        for old, new in pairs:
            assert old in told, old
            told = told.replace(old, new)
        return told

    return edit


def relabelled(office: Office, word: str) -> int:
    """A version in which a step is called otherwise."""
    return version(office, {"handling.bpmn": replaced(('name="Phân công chuyên viên"', f'name="{word}"'))})


def version_of(office: Office, number: str) -> int:
    return int(
        office.asks(
            "select b.version from instance i join bundle b on b.id = i.bundle_id where i.number = :number",
            number=number,
        )
    )


def moves(office: Office, new: int, *numbers: str, **asked: Any) -> dict[str, str]:
    """The administrator has dossiers go on in another version; returns what became of each."""
    old = version_of(office, numbers[0])
    batch = begin_migration(office.db, office.person("quan_tri"), old, new, numbers, WHY, **asked)
    office.works()
    with office.tables() as tx:
        rows = tx.execute(
            text(
                """select i.number, r.state from migration_result r join instance i on i.id = r.instance_id
where r.batch_id = :batch"""
            ),
            {"batch": batch},
        )
        return {row.number: row.state for row in rows}


def test_an_open_task_stays_and_the_dossier_goes_on_to_its_end(office: Office) -> None:
    number = office.dossier_at("appraise_dossier")
    task = office.task(number, "appraise_dossier")
    new = relabelled(office, "Phân công người thẩm định")

    assert moves(office, new, number) == {number: "done"}

    assert version_of(office, number) == new
    assert office.task(number, "appraise_dossier") == task
    office.comes_to(number, None)
    assert office.observed(number).status == "cho-hoi-dong"
    assert office.verified(number).ok


def test_the_history_tells_who_moved_it_from_where_and_why(office: Office) -> None:
    number = office.dossier_at("assign_officer")
    old, new = version_of(office, number), relabelled(office, "Giao hồ sơ")
    before = office.asks("select state from instance where number = :number", number=number)
    moves(office, new, number)

    (told,) = office.history(number, "DossierMigrated")
    assert (told["event"]["from_version"], told["event"]["to_version"]) == (old, new)
    assert (told["event"]["reason"], told["actor"]["login"]) == (WHY, "quan_tri")
    kept = office.asks(
        """select before from migration_result where instance_id = (select id from instance where number = :n)""",
        n=number,
    )
    assert bytes(kept) == bytes(before)
    page = trace(office.db, office.person("kiem_tra"), number)
    assert page.version == new
    assert [each.kind for each in page.steps if each.kind == "DossierMigrated"] == ["DossierMigrated"]
    assert page.verified.ok


def test_the_inbox_shows_the_new_group_and_gives_the_task_back(office: Office) -> None:
    number = office.dossier_at("appraise_dossier")
    path = "appraisal.bpmn"
    lane = procedure().element("appraisal", "appraise_dossier").lane
    manifest = procedure().files["bundle.toml"].decode()
    other = next(name for name, each in procedure().lanes.items() if each.group == "office_head")
    assert lane is not None
    assert other in manifest
    new = version(office, {path: replaced((f'name="{lane}"', f'name="{other}"'))})

    moves(office, new, number)

    group = office.asks(
        """select candidate_group from user_task where state = 'open'
and instance_id = (select id from instance where number = :n)""",
        n=number,
    )
    assert group == "office_head"


def test_a_running_limit_keeps_its_instant_and_fires(office: Office) -> None:
    number = office.dossier_at("appraise_dossier")
    office.completes("appraise_dossier", number, answers=returned(office.observed(number).facts))
    office.works()
    assert office.observed(number).open == ("supplement_dossier",)
    due = "select due_at from due where instance_id = (select id from instance where number = :n) order by 1 limit 1"
    task = "select due_at from user_task where state='open' and instance_id = (select id from instance where number=:n)"
    before = office.asks(due, n=number), office.asks(task, n=number)
    new = relabelled(office, "Giao việc thẩm định")

    assert moves(office, new, number) == {number: "done"}

    assert (office.asks(due, n=number), office.asks(task, n=number)) == before


def test_votes_cast_before_and_after_are_counted_together(office: Office) -> None:
    found = office.round_at("cast_ballot")
    first = office.observed(found).facts.roll("council.members")
    office.council_votes(found, members=first[:2])
    open_before = sorted(office.observed(found).open)
    new = relabelled(office, "Giao việc khi đang bỏ phiếu")

    assert moves(office, new, found) == {found: "done"}

    assert sorted(office.observed(found).open) == open_before
    voted = {each["actor"]["login"] for each in office.history(found, "TaskCompleted")}
    rest = [
        each for each in first if each not in voted and each in office.observed(found).facts.roll("council.present")
    ]
    office.council_votes(found, members=tuple(rest))
    office.works()
    assert "count_ballots" in office.observed(found).open


def test_one_that_cannot_is_refused_with_a_sentence_and_the_others_go_on(office: Office) -> None:
    stays, goes = office.dossier_at("assign_officer"), office.dossier_at("prepare_dossier")
    new = version(
        office,
        {
            "handling.bpmn": lambda told: told.replace("assign_officer", "assign_somebody"),
            "forms/assign_somebody.schema.json": lambda _: form("schema"),
            "forms/assign_somebody.ui.json": lambda _: form("ui"),
        },
    )

    assert moves(office, new, stays, goes) == {stays: "refused", goes: "done"}

    said = office.asks(
        """select said from migration_result where state = 'refused' and
instance_id = (select id from instance where number = :n)""",
        n=stays,
    )
    assert "Phân công chuyên viên" in said[0]["vi"]
    assert version_of(office, stays) != new
    task = office.task(stays, "assign_officer")
    assert moves(office, new, stays, renamed={"handling": {"assign_officer": "assign_somebody"}}) == {stays: "done"}
    assert office.observed(stays).open == ("assign_somebody",)
    assert office.asks("select element from user_task where id = :id", id=task) == "assign_somebody"


def form(kind: str) -> str:
    return procedure().files[f"forms/assign_officer.{kind}.json"].decode()


def test_who_did_a_renamed_step_and_what_was_answered_go_along(office: Office) -> None:
    number = office.dossier_at("appraise_dossier")
    new = version(
        office,
        {
            "handling.bpmn": lambda told: told.replace("receive_dossier", "take_dossier"),
            "forms/take_dossier.schema.json": lambda _: procedure().files["forms/receive_dossier.schema.json"].decode(),
            "forms/take_dossier.ui.json": lambda _: procedure().files["forms/receive_dossier.ui.json"].decode(),
        },
    )
    by = office.observed(number).facts.get("by.receive_dossier")
    assert by is not None

    moves(office, new, number, renamed={"handling": {"receive_dossier": "take_dossier"}})

    assert office.observed(number).facts.get("by.take_dossier") == by
    assert office.verified(number).ok


def test_a_batch_done_twice_changes_nothing_the_second_time(office: Office) -> None:
    number = office.dossier_at("assign_officer")
    new = relabelled(office, "Giao hai lần")
    batch = begin_migration(
        office.db, office.person("quan_tri"), version_of(office, number), new, [number], WHY, consented=False
    )

    assert carry_on(office.db, batch) == 1
    assert carry_on(office.db, batch) == 0
    assert len(office.history(number, "DossierMigrated")) == 1


def test_one_that_moved_meanwhile_is_left_alone(office: Office) -> None:
    number = office.dossier_at("assign_officer")
    first, second = relabelled(office, "Giao lần một"), relabelled(office, "Giao lần khác")
    old = version_of(office, number)
    late = begin_migration(office.db, office.person("quan_tri"), old, second, [number], WHY)
    moves(office, first, number)

    assert carry_on(office.db, late) == 0
    assert version_of(office, number) in {first, second}


def test_only_an_administrator_moves_dossiers_and_never_without_a_reason(office: Office) -> None:
    number = office.dossier_at("assign_officer")
    old, new = version_of(office, number), relabelled(office, "Giao có lý do")
    for nosy in ("kiem_tra", "giam_doc", "don_vi_a"):
        with pytest.raises(NotAllowed):
            begin_migration(office.db, office.person(nosy), old, new, [number], WHY)
    admin = office.person("quan_tri")
    with pytest.raises(MigrationNeedsReason):
        begin_migration(office.db, admin, old, new, [number], " ")
    with pytest.raises(NothingToMigrate):
        begin_migration(office.db, admin, old, new, [], WHY)
    with pytest.raises(SameVersion):
        begin_migration(office.db, admin, old, old, [number], WHY)


def test_nothing_open_disappears_from_anybodys_inbox(office: Office) -> None:
    numbers = [office.dossier_at(element) for element in ("receive_dossier", "assign_officer", "appraise_dossier")]
    before = {
        login: {row.number for row in inbox(office.db, office.person(login), "pool").rows} & set(numbers)
        for login in ("van_thu", "chanh_vp", "chuyen_vien")
    }
    moves(office, relabelled(office, "Giao mà không mất"), *numbers)

    for login, seen in before.items():
        assert {row.number for row in inbox(office.db, office.person(login), "pool").rows} & set(numbers) == seen


def test_the_dry_run_changes_nothing_and_the_page_of_the_batch_tells_what_became_of_each(office: Office) -> None:
    number = office.dossier_at("assign_officer")
    old, new = version_of(office, number), relabelled(office, "Giao việc thử")
    admin = office.person("quan_tri")
    tried = next(row for row in plan(office.db, admin, old, new).rows if row.number == number)
    assert (tried.state, version_of(office, number)) == ("goes", old)
    batch = begin_migration(office.db, admin, old, new, [number], WHY)
    assert migrated.batch(office.db, admin, batch).count("waiting") == 1
    carry_on(office.db, batch)
    told = migrated.batch(office.db, admin, batch)
    assert [(row.number, row.state, row.kept) for row in told.rows] == [(number, "done", True)]
    assert [row.id for row in migrated.batches(office.db, admin, new)] == [batch]
    with pytest.raises(NotAllowed):
        plan(office.db, office.person("chuyen_vien"), old, new)
