"""A secret ballot: who has voted is known, what they voted is counted, and nothing anywhere links the two."""

import re
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import text

from tests.answers import COUNCIL, dossier
from tests.store.tables import TABLES
from tests.story import Office, procedure
from workflows.definitions.read import with_parameters
from workflows.domain.ballot_box import Box, BoxBroken, seal, unseal
from workflows.domain.errors import TaskNotOpen
from workflows.operations import deploy, user_tasks
from workflows.operations.secret_ballots import NoSecret, SecretBallot
from workflows.queries.task import task
from workflows.queries.trace import trace

RANDOM = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|phieu-[0-9a-f]+|(?:\\x)?[0-9a-f]{32,}"
    r"|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.\d]*(?:\+\d\d(?::\d\d)?|Z)?"
)
"""What two elections differ in anyway: ids, signs of votes, hashes and sealed bytes, moments."""
PLACE = re.compile(r'(?<=history: \()\d+,\d+|(?<=""seq"":)\d+')
"""The place of a vote among those that were written together: they are shuffled."""


@pytest.fixture
def office(new_office: Callable[[], Office]) -> Iterator[Office]:
    """An office whose council votes in secret."""
    opened = in_secret(new_office())
    yield opened
    opened.db.close()


def in_secret(office: Office) -> Office:
    deploy.deploy(office.db, with_parameters(procedure(), {"council.ballot_way": "secret"}), by="quan_tri")
    return office


def voting(office: Office, *names: str) -> str:
    """A round about these people whose secret ballots are out."""
    told = dossier(office.today, *names)
    told["nominees"] = [{**each, "citizen_id": f"9992000001{n:02d}"} for n, each in enumerate(told["nominees"])]
    waiting = office.dossier_at(None, answers=told)
    return office.round_at("cast_secret_ballot", waiting)


def votes(office: Office, number: str, member: str, *said: str) -> None:
    """A member votes on the lines in their order; an empty vote leaves the line out."""
    rows = [{"line": place, "vote": vote} for place, vote in enumerate(said, 1) if vote]
    office.completes("cast_secret_ballot", number, by=member, answers={"lines": rows}, key=f"key of {member}")


def written(office: Office) -> str:
    """Every row of every table in the order it was written, without what is random anyway."""
    with office.db.read() as tx:
        names = tx.execute(TABLES).scalars().all()
        rows = {name: tx.execute(text(f"select t::text from {name} t order by ctid")).scalars().all() for name in names}
    told = [RANDOM.sub("*", f"{name}: {row}") for name, found in rows.items() for row in found]
    return "\n".join(PLACE.sub("*", row) if "council.vote" in row else row for row in told)


@pytest.mark.parametrize("counted", [False, True])
def test_two_elections_in_which_members_swapped_their_votes_leave_the_same_tables(
    new_office: Callable[[], Office], *, counted: bool
) -> None:
    left = []
    for turn in (0, 3):
        office = in_secret(new_office())
        number = voting(office, "Nguyễn Thị Ví Dụ")
        for place, member in enumerate(COUNCIL if counted else COUNCIL[:-1]):
            votes(office, number, member, "no" if place == turn else "yes")
        if counted:
            office.works()
            office.completes("count_ballots", number, key="key of the count")
        left.append(sorted(written(office).splitlines()))
        office.db.close()

    assert left[0] == left[1]


def test_before_the_count_no_table_holds_a_vote(office: Office) -> None:
    number = voting(office, "Nguyễn Thị Ví Dụ")
    for member in COUNCIL[:-1]:
        votes(office, number, member, "no")

    assert "council.vote" not in written(office)
    assert '"vote"' not in written(office)
    assert office.observed(number).facts.lines[0].tally()["cast"] == 0
    assert {each["event"]["item"] for each in office.history(number, "TaskCompleted") if each["event"]["item"]} == set(
        COUNCIL[:-1]
    )


def test_at_the_count_all_votes_are_there_at_one_time_under_signs_that_are_nobody(office: Office) -> None:
    number = voting(office, "Nguyễn Thị Ví Dụ", "Trần Văn Thử")
    for place, member in enumerate(COUNCIL):
        votes(office, number, member, "yes", "no" if place < 3 else "yes")
    office.works()

    facts = office.observed(number).facts
    assert [line.tally() for line in facts.lines] == [
        {"yes": 9, "no": 0, "abstain": 0, "cast": 9},
        {"yes": 6, "no": 3, "abstain": 0, "cast": 9},
    ]
    signs = [sign for line in facts.lines for sign in line.votes("council")]
    assert len(set(signs)) == 18
    assert not set(signs) & set(COUNCIL)
    cast = [each for each in office.history(number, "FactChanged") if each["event"]["fact"] == "council.vote"]
    assert len(cast) == 18
    assert len({each["at"] for each in cast}) == len({each["at_real"] for each in cast}) == 1
    assert {each["actor"]["login"] for each in cast}.isdisjoint(COUNCIL)
    assert office.asks("select count(*) from ballot_box") == 0
    office.comes_to(number, None)
    assert office.observed(number).facts.lines[0].status == "passed"
    assert office.verified(number).ok


def test_a_member_who_may_not_vote_on_a_line_is_not_given_away_by_it(office: Office) -> None:
    number = voting(office, office.person("uy_vien_4").name, "Trần Văn Thử")
    for member in COUNCIL:
        votes(office, number, member, "" if member == "uy_vien_4" else "yes", "no" if member == "uy_vien_4" else "yes")
    office.works()

    first, second = office.observed(number).facts.lines
    assert (first.tally()["cast"], second.tally()["no"]) == (8, 1)
    assert not set(first.votes("council")) & set(second.votes("council"))


def test_a_ballot_is_cast_once_and_never_after_the_vote(office: Office) -> None:
    number = voting(office, "Nguyễn Thị Ví Dụ")
    theirs = {member: office.task(number, "cast_secret_ballot", member) for member in COUNCIL[:2]}
    votes(office, number, COUNCIL[0], "yes")
    again = {"lines": [{"line": 1, "vote": "no"}]}
    office.completes(
        "cast_secret_ballot", number, by=COUNCIL[0], task=theirs[COUNCIL[0]], answers=again, key="key of giam_doc"
    )
    with pytest.raises(TaskNotOpen):
        office.completes("cast_secret_ballot", number, by=COUNCIL[0], task=theirs[COUNCIL[0]], answers=again)

    office.waits(working_days=10)

    assert office.observed(number).open == ("count_ballots",)
    with pytest.raises(TaskNotOpen):
        office.completes("cast_secret_ballot", number, by=COUNCIL[1], task=theirs[COUNCIL[1]], answers=again)
    assert office.observed(number).facts.lines[0].tally() == {"yes": 1, "no": 0, "abstain": 0, "cast": 1}
    assert office.observed(number).facts.get("council.returned") == 1


def test_nothing_typed_into_a_secret_ballot_is_kept(office: Office) -> None:
    number = voting(office, "Nguyễn Thị Ví Dụ")
    member = office.person("uy_vien_2")
    theirs = office.task(number, "cast_secret_ballot", "uy_vien_2")

    with pytest.raises(SecretBallot):
        user_tasks.save_draft(office.db, member, theirs, {"lines": [{"line": 1, "vote": "no"}]})

    votes(office, number, "uy_vien_2", "no")
    page = task(office.db, member, theirs)
    assert "lines" not in page.answers
    assert all(line.tally is None for line in page.lines)
    assert "phieu-" not in str(trace(office.db, office.person("kiem_tra"), number))


def test_without_the_secret_of_the_installation_nobody_votes_and_no_box_opens(office: Office) -> None:
    number = voting(office, "Nguyễn Thị Ví Dụ")
    office.db.secret, known = None, office.db.secret
    with pytest.raises(NoSecret):
        votes(office, number, COUNCIL[0], "yes")
    office.db.secret = known
    for member in COUNCIL:
        votes(office, number, member, "yes")
    office.db.secret = "another secret"
    office.works()

    assert "does not open" in str(office.observed(number).stopped)
    office.db.secret = known
    office.retries(number)
    office.works()
    assert office.observed(number).open == ("count_ballots",)


def test_a_box_opens_under_its_secret_and_as_its_own_only() -> None:
    box = Box().with_ballot({"HS-0001.1": "yes"}).with_ballot({"HS-0001.1": "no"})
    sealed = seal(box, "secret", "ĐX-0001 council")

    assert unseal(sealed, "secret", "ĐX-0001 council") == box
    assert seal(box, "secret", "ĐX-0001 council") != sealed
    for wrong in (
        (sealed, "other", "ĐX-0001 council"),
        (sealed, "secret", "ĐX-0002 council"),
        (sealed[:-1] + bytes([sealed[-1] ^ 1]), "secret", "ĐX-0001 council"),
        (sealed[:40], "secret", "ĐX-0001 council"),
    ):
        with pytest.raises(BoxBroken):
            unseal(*wrong)


def test_a_sealed_box_is_as_long_whatever_was_voted() -> None:
    lengths = {len(seal(Box().with_ballot({"HS-0001.1": vote}), "s", "a")) for vote in ("yes", "no", "abstain")}
    assert len(lengths) == 1
