"""The history is written once: the tables refuse every change, and whoever gets past them is found at the event."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from tests.story import Office
from workflows.queries.trace import trace
from workflows.queries.verification import Verified, verify
from workflows.store.history import GENESIS, link

FORGED = "update history set body = :body, link = :link where instance_id = :id and seq = :seq"


@contextmanager
def unguarded(office: Office) -> Iterator[Connection]:
    """The tables for somebody who is the database's superuser and switches the guard off."""
    with office.tables() as tx:
        tx.execute(text("alter table history disable trigger history_guard"))
        yield tx
        tx.execute(text("alter table history enable trigger history_guard"))


def tampered(office: Office, change: str, **values: object) -> tuple[str, int | None, str | None]:
    """A dossier with ten events or more after somebody ran `change` on its history; its check."""
    number = office.dossier_at("assign_officer")
    instance = office.asks("select id from instance where number = :number", number=number)
    assert office.verified(number).ok
    with unguarded(office) as tx:
        assert tx.execute(text(change), {"id": instance, **values}).rowcount > 0
    found = office.verified(number)
    assert not found.ok
    return number, found.first_bad, found.reason


@pytest.mark.parametrize(
    "change",
    [
        "update history set body = 'x'",
        "update history set at = now() where seq = 1",
        "update history set actor = actor where false",
        "delete from history",
        "delete from history where false",
        "truncate history",
    ],
)
def test_the_tables_refuse_every_change_of_the_history(shared_office: Office, change: str) -> None:
    office, number = shared_office, shared_office.dossier_at("assign_officer")

    with pytest.raises(DBAPIError, match="history is append-only"), office.tables() as tx:
        tx.execute(text(change))

    assert office.verified(number).ok


def test_a_whole_history_verifies_and_says_how_many_events_it_has(shared_office: Office) -> None:
    office, number = shared_office, shared_office.dossier_at("assign_officer")

    found = office.verified(number)

    assert (found.ok, found.first_bad) == (True, None)
    assert (
        found.events
        == len(office.history(number))
        == office.asks("select seq from instance where number = :n", n=number)
    )
    assert found.head == office.asks("select encode(head, 'hex') from instance where number = :n", n=number)


@pytest.mark.parametrize(
    ("change", "first_bad"),
    [
        ("update history set body = replace(body, 'don_vi_a', 'don_vi_b') where instance_id = :id and seq = 3", 3),
        ("update history set actor = 'giam_doc' where instance_id = :id and seq = 4", 4),
        ("update history set kind = 'TaskClaimed' where instance_id = :id and seq = 5", 5),
        ("update history set at = at - interval '1 day' where instance_id = :id and seq = 6", 6),
        ("update history set link = sha256('x') where instance_id = :id and seq = 7", 7),
        ("delete from history where instance_id = :id and seq = 2", 2),
        ("update history set seq = seq + 1000 where instance_id = :id and seq = 8", 8),
        ("delete from history where instance_id = :id and seq = 1", 1),
    ],
)
def test_the_first_altered_event_is_named(shared_office: Office, change: str, first_bad: int) -> None:
    _, found, reason = tampered(shared_office, change)

    assert found == first_bad
    assert reason


def test_a_tail_cut_off_is_missed(shared_office: Office) -> None:
    last = "(select max(seq) from history where instance_id = :id)"

    number, found, reason = tampered(shared_office, f"delete from history where instance_id = :id and seq = {last}")

    assert found == len(shared_office.history(number)) + 1
    assert "missing" in str(reason)


def test_two_events_that_changed_places_are_found(shared_office: Office) -> None:
    _, found, _ = tampered(
        shared_office,
        """update history h set body = o.body, link = o.link, kind = o.kind from history o
where h.instance_id = :id and o.instance_id = :id and ((h.seq = 3 and o.seq = 4) or (h.seq = 4 and o.seq = 3))""",
    )

    assert found == 3


def test_an_event_rewritten_with_a_right_link_breaks_the_next_one(shared_office: Office) -> None:
    office, number = shared_office, shared_office.dossier_at("assign_officer")

    found = forged(office, number, 3, lambda told: told.replace("Nguyễn Văn Giả Sử", "Trần Văn Khác"))

    assert (found.ok, found.first_bad) == (False, 4)


@pytest.mark.parametrize("body", ["", "not json", "[]", "{}", '{"seq": 3}', "null"])
def test_what_is_no_event_at_all_is_named_too(shared_office: Office, body: str) -> None:
    office, number = shared_office, shared_office.dossier_at("assign_officer")

    found = forged(office, number, 3, lambda _: body)

    assert (found.ok, found.first_bad) == (False, 3)
    assert trace(office.db, office.person("kiem_tra"), number).verified == found


def test_a_history_rewritten_to_its_end_does_not_fit_the_link_the_dossier_keeps(shared_office: Office) -> None:
    office, number = shared_office, shared_office.dossier_at("assign_officer")
    instance = office.asks("select id from instance where number = :number", number=number)
    with unguarded(office) as tx:
        last = GENESIS
        rows = text("select seq, body from history where instance_id = :id order by seq")
        for seq, body in tx.execute(rows, {"id": instance}).all():
            forged = body.replace("Nguyễn Văn Giả Sử", "Trần Văn Khác")
            last = link(last, forged)
            tx.execute(text(FORGED), {"id": instance, "seq": seq, "body": forged, "link": last})

    found = office.verified(number)

    assert not found.ok
    assert "last link" in str(found.reason)


def test_an_event_added_at_the_end_is_found(shared_office: Office) -> None:
    number, found, _ = tampered(
        shared_office,
        """insert into history (instance_id, seq, kind, actor, at, body, link)
select instance_id, seq + 1, kind, actor, at, body, link from history
where instance_id = :id order by seq desc limit 1""",
    )

    assert found == len(shared_office.history(number))


def test_one_altered_dossier_does_not_hide_the_others(shared_office: Office) -> None:
    office, sound = shared_office, shared_office.dossier_at("assign_officer")
    bad, _, _ = tampered(office, "update history set actor = 'x' where instance_id = :id and seq = 2")

    found = {each.number: each.ok for each in verify(office.db, (sound, bad))}

    assert found == {sound: True, bad: False}
    assert not trace(office.db, office.person("kiem_tra"), bad).verified.ok


def forged(office: Office, number: str, seq: int, rewrite: Callable[[str], str]) -> Verified:
    """The check after one event was rewritten by somebody who knows how its link is made."""
    instance = office.asks("select id from instance where number = :number", number=number)
    row = "select {} from history where instance_id = :id and seq = :seq"
    before = bytes(office.asks(row.format("link"), id=instance, seq=seq - 1))
    body = rewrite(office.asks(row.format("body"), id=instance, seq=seq))
    with unguarded(office) as tx:
        tx.execute(text(FORGED), {"id": instance, "seq": seq, "body": body, "link": link(before, body)})
    return office.verified(number)
