"""Versions of the procedure never change; new dossiers begin on the newest, running ones keep theirs."""

from collections.abc import Callable
from functools import partial

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.store.tables import at_once, kinds
from tests.story import Office, procedure
from workflows.definitions import Bundle, load_files
from workflows.domain.errors import DefinitionRejected, NotFound
from workflows.operations.deploy import HasFindings, deploy
from workflows.queries.trace import trace
from workflows.store import schema
from workflows.store.bundles import deployed, in_force


@pytest.fixture
def office(shared_office: Office) -> Office:
    """One office for all these tests: each deploys a version with a word of its own."""
    return shared_office


def edited(old: str, new: str, path: str = "dossier.bpmn") -> Bundle:
    """The procedure with one word changed."""
    files = dict(procedure().files)
    assert old.encode() in files[path]
    return load_files({**files, path: files[path].replace(old.encode(), new.encode())})


def named(step: str) -> Bundle:
    """The procedure with another name for its first step."""
    return edited("Lập hồ sơ đề nghị khen thưởng", step)


def versions(office: Office) -> list[int]:
    """The numbers of the deployed versions."""
    return list(office.asks("select array_agg(version order by version) from bundle"))


def step_of(office: Office, number: str) -> str:
    """What the first step of a dossier is called in its own version."""
    with office.db.read() as tx:
        row = tx.execute(text("select bundle_id from instance where number = :number"), {"number": number})
        return deployed(tx, row.scalar_one()).element("dossier", "prepare_dossier").name


def test_the_same_bundle_again_is_not_a_new_version(office: Office) -> None:
    assert deploy(office.db, procedure(), by="quan_tri") == (1, False)
    assert deploy(office.db, load_files(dict(procedure().files)), by="quan_tri") == (1, False)


def test_a_changed_word_is_a_new_version(office: Office) -> None:
    last = versions(office)[-1]

    assert deploy(office.db, named("Lập hồ sơ theo mẫu mới"), by="quan_tri") == (last + 1, True)
    assert deploy(office.db, named("Lập hồ sơ theo mẫu mới"), by="quan_tri") == (last + 1, False)


def test_running_dossiers_stay_on_their_version_and_new_ones_take_the_newest(office: Office) -> None:
    running = office.dossier_at("prepare_dossier")
    before = step_of(office, running)
    version, _ = deploy(office.db, named("Lập hồ sơ mới nhất"), by="quan_tri")
    fresh = office.dossier_at("prepare_dossier")

    assert (step_of(office, running), step_of(office, fresh)) == (before, "Lập hồ sơ mới nhất")
    office.completes("prepare_dossier", running)
    office.comes_to(running, None)
    assert office.observed(running).status == "cho-hoi-dong"
    seen = [trace(office.db, office.person("kiem_tra"), number).version for number in (running, fresh)]
    assert (seen[0] < version, seen[1]) == (True, version)


def test_dossiers_of_two_versions_meet_in_one_round(office: Office) -> None:
    first = office.dossier_at(None)
    deploy(office.db, named("Lập hồ sơ để gặp nhau"), by="quan_tri")
    second = office.dossier_at(None)

    office.comes_to(office.round_at("cast_ballot", first, second), None)

    assert {office.observed(number).status for number in (first, second)} == {"da-khen"}


def test_every_event_names_the_version_it_happened_under(office: Office) -> None:
    deploy(office.db, older := named("Lập hồ sơ có ghi phiên bản"), by="quan_tri")
    number = office.dossier_at("prepare_dossier")
    deploy(office.db, named("Lập hồ sơ sau đó"), by="quan_tri")
    office.completes("prepare_dossier", number)

    assert {told["definition"] for told in office.history(number)} == {older.sha256}


def test_what_is_stored_of_a_version_is_the_bundle_byte_for_byte(office: Office) -> None:
    first = office.asks("select id from bundle where version = 1")
    with office.db.read() as tx:
        found = deployed(tx, first)

    assert (found.files, found.sha256) == (procedure().files, procedure().sha256)


def test_the_same_bundle_deployed_twice_at_once_is_one_version(office: Office) -> None:
    bundle, before = named("Lập hồ sơ cùng lúc"), versions(office)

    ends = at_once(*(partial(deploy, office.db, bundle, by="quan_tri") for _ in range(3)))

    assert kinds(ends) == ["tuple"] * 3
    assert versions(office) == [*before, before[-1] + 1]


def test_bundles_deployed_at_once_are_versions_of_their_own(office: Office) -> None:
    bundles, before = [named(f"Lập hồ sơ lần {place}") for place in range(3)], versions(office)

    ends = at_once(*(partial(deploy, office.db, bundle, by="quan_tri") for bundle in bundles))

    assert kinds(ends) == ["tuple"] * 3
    assert versions(office) == [*before, *(before[-1] + place for place in (1, 2, 3))]


def test_a_bundle_with_findings_is_not_deployed(office: Office) -> None:
    before = office.asks("select count(*) from bundle")

    with pytest.raises(HasFindings):
        deploy(office.db, edited("due.supplement", "due.nothing", "appraisal.bpmn"), by="quan_tri")
    with pytest.raises(DefinitionRejected):
        deploy(office.db, edited('calledElement="processing"', 'calledElement="nowhere"'), by="quan_tri")

    assert office.asks("select count(*) from bundle") == before


def test_a_version_is_never_changed(office: Office) -> None:
    for change in ("update bundle set files = '{}'", "delete from bundle", "update bundle set sha256 = 'x'"):
        with pytest.raises(DBAPIError, match="bundle is append-only"), office.tables() as tx:
            tx.execute(text(change))


def test_versions_of_two_databases_are_kept_apart(office: Office, new_office: Callable[[], Office]) -> None:
    """Both have a version with the id 2; stories are played like this inside a process that serves a database."""
    other = new_office()
    for place, label in ((office, "Lập hồ sơ ở đây"), (other, "Lập hồ sơ ở kia")):
        deploy(place.db, named(label), by="quan_tri")
    shared = other.asks("select max(id) from bundle")
    with office.db.read() as here, other.db.read() as there:
        assert deployed(here, shared).sha256 != deployed(there, shared).sha256
        assert deployed(here, 1).sha256 == deployed(there, 1).sha256
    other.db.close()


def test_a_version_that_is_not_there_is_not_found(office: Office) -> None:
    with pytest.raises(NotFound), office.db.read() as tx:
        deployed(tx, 999)
    with pytest.raises(NotFound), office.db.read() as tx:
        in_force(tx, "nowhere")


def test_a_database_of_this_release_is_known_without_asking_alembic(database_url: str) -> None:
    assert ScriptDirectory.from_config(schema.config(database_url)).get_current_head() == schema.HEAD
    assert schema.version(database_url) == schema.HEAD
