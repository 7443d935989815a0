"""Versions of the procedure never change; new dossiers begin on the newest, running ones keep theirs."""

from functools import partial

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.store.tables import at_once, kinds
from tests.story import Office, procedure
from workflows.definitions import Bundle, load_files
from workflows.domain.errors import DefinitionRejected, NotFound
from workflows.operations.deploy import HasFindings, deploy
from workflows.queries.trace import trace
from workflows.store.bundles import deployed, in_force

EARLIER = "Lập hồ sơ đề nghị khen thưởng"
LATER = "Lập hồ sơ theo mẫu mới"


def edited(old: str, new: str, path: str = "dossier.bpmn") -> Bundle:
    """The procedure with one word changed."""
    files = dict(procedure().files)
    assert old.encode() in files[path]
    return load_files({**files, path: files[path].replace(old.encode(), new.encode())})


def step_of(office: Office, number: str) -> str:
    """What the first step of a dossier is called in its own version."""
    with office.db.read() as tx:
        row = tx.execute(text("select bundle_id from instance where number = :number"), {"number": number})
        return deployed(tx, row.scalar_one()).element("dossier", "prepare_dossier").name


def test_the_same_bundle_again_is_not_a_new_version(shared_office: Office) -> None:
    assert deploy(shared_office.db, procedure(), by="quan_tri") == (1, False)
    assert deploy(shared_office.db, load_files(dict(procedure().files)), by="quan_tri") == (1, False)


def test_a_changed_word_is_a_new_version(office: Office) -> None:
    assert deploy(office.db, edited(EARLIER, LATER), by="quan_tri") == (2, True)
    assert deploy(office.db, edited(EARLIER, LATER), by="quan_tri") == (2, False)


def test_running_dossiers_stay_on_their_version_and_new_ones_take_the_newest(office: Office) -> None:
    running = office.dossier_at("prepare_dossier")
    deploy(office.db, edited(EARLIER, LATER), by="quan_tri")
    fresh = office.dossier_at("prepare_dossier")

    assert (step_of(office, running), step_of(office, fresh)) == (EARLIER, LATER)
    office.completes("prepare_dossier", running)
    office.comes_to(running, None)
    assert office.observed(running).status == "cho-hoi-dong"
    assert trace(office.db, office.person("kiem_tra"), running).version == 1
    assert trace(office.db, office.person("kiem_tra"), fresh).version == 2


def test_dossiers_of_two_versions_meet_in_one_round(office: Office) -> None:
    first = office.dossier_at(None)
    deploy(office.db, edited(EARLIER, LATER), by="quan_tri")
    second = office.dossier_at(None)

    office.comes_to(office.round_at("cast_ballot", first, second), None)

    assert {office.observed(number).status for number in (first, second)} == {"da-khen"}


def test_every_event_names_the_version_it_happened_under(office: Office) -> None:
    number = office.dossier_at("prepare_dossier")
    deploy(office.db, edited(EARLIER, LATER), by="quan_tri")
    office.completes("prepare_dossier", number)

    assert {told["definition"] for told in office.history(number)} == {procedure().sha256}


def test_what_is_stored_of_a_version_is_the_bundle_byte_for_byte(shared_office: Office) -> None:
    with shared_office.db.read() as tx:
        _, found = in_force(tx, "commendation")

    assert found.files == procedure().files
    assert found.sha256 == procedure().sha256


def test_the_same_bundle_deployed_twice_at_once_is_one_version(office: Office) -> None:
    bundle = edited(EARLIER, LATER)

    ends = at_once(*(partial(deploy, office.db, bundle, by="quan_tri") for _ in range(3)))

    assert kinds(ends) == ["tuple"] * 3
    assert office.asks("select count(*) from bundle") == 2


def test_two_bundles_deployed_at_once_are_two_versions(office: Office) -> None:
    bundles = [edited(EARLIER, f"{LATER} {place}") for place in range(3)]

    ends = at_once(*(partial(deploy, office.db, bundle, by="quan_tri") for bundle in bundles))

    assert kinds(ends) == ["tuple"] * 3
    assert office.asks("select array_agg(version order by version) from bundle") == [1, 2, 3, 4]


def test_a_bundle_with_findings_is_not_deployed(shared_office: Office) -> None:
    before = shared_office.asks("select count(*) from bundle")

    with pytest.raises(HasFindings):
        deploy(shared_office.db, edited("due.supplement", "due.nothing", "handling.bpmn"), by="quan_tri")
    with pytest.raises(DefinitionRejected):
        deploy(shared_office.db, edited('calledElement="handling"', 'calledElement="nowhere"'), by="quan_tri")

    assert shared_office.asks("select count(*) from bundle") == before


def test_a_version_is_never_changed(shared_office: Office) -> None:
    for change in ("update bundle set files = '{}'", "delete from bundle", "update bundle set sha256 = 'x'"):
        with pytest.raises(DBAPIError, match="bundle is append-only"), shared_office.tables() as tx:
            tx.execute(text(change))


def test_versions_of_two_databases_are_kept_apart(office: Office, shared_office: Office) -> None:
    deploy(office.db, edited(EARLIER, LATER), by="quan_tri")
    with shared_office.tables() as tx:
        other = edited(EARLIER, "Bước của cơ sở dữ liệu khác")
        tx.execute(
            text(
                "insert into bundle (key, version, sha256, files, deployed_by, deployed_at) values"
                " ('other', 1, :sha, cast(:files as jsonb), 'x', now())"
            ),
            {"sha": other.sha256, "files": "{}"},
        )

    assert step_of(office, office.dossier_at("prepare_dossier")) == LATER
    assert step_of(shared_office, shared_office.dossier_at("prepare_dossier")) == EARLIER


def test_a_version_that_is_not_there_is_not_found(shared_office: Office) -> None:
    with pytest.raises(NotFound), shared_office.db.read() as tx:
        deployed(tx, 999)
    with pytest.raises(NotFound), shared_office.db.read() as tx:
        in_force(tx, "nowhere")
