"""Each invariant sees what it is there for: spoilt by hand, one thing at a time, it is named."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from tests.crash.books import Books, Promised
from tests.crash.invariants import broken, broken_in, unfinished
from tests.story import Office

NOTHING = Promised({}, [], [], [])
SPOILT = {
    "an event of a task is doubled": (
        """insert into history select instance_id, seq + 1000, kind, actor, at, body, link from history
where kind = 'TaskCompleted' limit 1""",
        "was completed 2 times",
    ),
    "a number is left out": ("update series set last = last + 1 where name = 'HS'", "the series HS has given out"),
    "a number is given out twice": (
        "update series set last = last - 1 where name = 'HS'",
        "the series HS has given out",
    ),
    "a decision is set twice": (
        """insert into paper (instance_id, kind, title, filename, media_type, sha256, size, added_by, added_at)
select instance_id, kind, title, filename, media_type, sha256, size, added_by, added_at from paper
where kind = 'decision'""",
        "has 2 decisions",
    ),
    "a decision is missing": ("update paper set removed_at = now() where kind = 'decision'", "has 0 decisions"),
    "a notice is given twice": (
        """insert into notice (key, instance_id, login, subject, text, at)
select key || '!', instance_id, login, subject, text, at from notice""",
        "was given 2 times",
    ),
    "a message is sent twice": (
        """insert into message (name, key, sender, payload, sent_at)
select name, key, sender, payload, sent_at from message limit 1""",
        "was sent 2 times",
    ),
    "a history is altered": (
        """alter table history disable trigger history_guard;
update history set body = replace(body, 'giay_khen', 'bang_khen')""",
        "does not verify",
    ),
    "a history is cut": (
        """alter table history disable trigger history_guard;
delete from history h where seq = (select max(seq) from history where instance_id = h.instance_id)""",
        "does not verify",
    ),
    "a task leaves the inbox": (
        "update user_task set state = 'cancelled' where state = 'open'",
        "and the engine waits for 1",
    ),
    "a task stays in the inbox": (
        "update user_task set state = 'open' where id = (select id from user_task where state = 'completed' limit 1)",
        "in the inbox or in the history only",
    ),
}


@pytest.fixture(scope="module")
def worked(shared_office: Office) -> Office:
    """An office with a round that is over, and a dossier that is not."""
    over = shared_office.round_at("cast_ballot")
    shared_office.comes_to(over, None)
    shared_office.dossier_at("receive_dossier")
    return shared_office


@pytest.fixture
def spoilt(worked: Office) -> Iterator[Connection]:
    """Its tables in a transaction that is taken back."""
    with worked.db.engine.connect() as tx:
        yield tx


def test_nothing_is_broken_in_an_office_at_work(spoilt: Connection) -> None:
    assert broken_in(spoilt, NOTHING) == []


@pytest.mark.parametrize("what", list(SPOILT))
def test_what_is_spoilt_is_named(spoilt: Connection, what: str) -> None:
    statements, sentence = SPOILT[what]
    for statement in statements.split(";"):
        spoilt.execute(text(statement))

    assert any(sentence in said for said in broken_in(spoilt, NOTHING))


def test_a_promise_that_was_not_kept_is_named(worked: Office, tmp_path: Path) -> None:
    books = Books(tmp_path / "books")
    task = worked.asks("select id from user_task where element = 'receive_dossier' and state = 'open'")
    books.write("done", key="k", task=str(task), number="HS-0002")
    books.write("opened", number="HS-9999")

    assert [said.split(" ")[-1] for said in broken(worked.db, tmp_path / "books")] == ["completed", "exist"]


def test_what_is_not_at_its_end_is_named(worked: Office) -> None:
    assert any("is open" in said for said in unfinished(worked.db, dossiers=2, rounds=1))
    assert any("were opened" in said for said in unfinished(worked.db, dossiers=3, rounds=1))
