"""Runs PostgreSQL from a wheel as a child of this process, on a folder, over a private socket; refuses the network.

The child dies with its parent, whatever kills it, and the next start recovers what was committed. On a machine with a
server of its own none of this is used: VINHDANH_DATABASE_URL goes past it.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Self

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import URL

from workflows.domain.errors import InvalidState
from workflows.store.embedded_account import (
    Account,
    before_exec,
    choose_account,
    environment,
    private_folder,
    reachable_programs,
)
from workflows.store.embedded_account import DatabaseUnusable as DatabaseUnusable

DATABASE = "vinhdanh"
SOCKET_PATH_LIMIT = 107  # bytes, by sockaddr_un
SOCKET_NAME = ".s.PGSQL.5432"
PATIENCE = 10.0  # seconds an earlier server gets to leave the folder
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "max_wal_size": "256MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # After a crash one call instead of one for each file: back in 0.3 s, not 3.
    **({"recovery_init_sync_method": "syncfs"} if sys.platform == "linux" else {}),
}
UNSAFE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class DatabaseRunsAlready(InvalidState):
    """The database in {folder} is already run by another Vinh Danh process; stop that one first."""


class Embedded:
    """One PostgreSQL server on `data_dir`; `fsync=False` is for tests only, it loses data at a power cut."""

    def __init__(self, data_dir: Path, *, fsync: bool = True) -> None:
        self.folder = data_dir.absolute()
        self.pgdata = self.folder / "pgdata"
        self.log = self.folder / "postgresql.log"
        self._fsync = fsync
        self._lock: IO[str] | None = None
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Start."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self.stop()

    @property
    def pid(self) -> int | None:
        """The server's process, or None when it has ended or was never started."""
        return self._server.pid if self._server and self._server.poll() is None else None

    @property
    def url(self) -> str:
        """The SQLAlchemy URL of our database on this server."""
        return database_url(socket_folder(self.folder))

    def start(self) -> str:
        """Start the server and return its SQLAlchemy URL; call it from a thread that lives as long as the server shall.

        Starting again after the server died is allowed. Raises DatabaseRunsAlready, DatabaseUnusable.
        """
        if self.pid:
            raise DatabaseRunsAlready(folder=self.folder)
        try:
            return self._start()
        except PermissionError as refusal:
            self.stop()
            raise DatabaseUnusable(folder=self.folder, reason=str(refusal)) from refusal
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Disconnect the clients, write everything down, end the server, give the folder free."""
        if self._server and self._server.poll() is None:
            self._server.send_signal(signal.SIGINT)
            try:
                self._server.wait(60)
            except subprocess.TimeoutExpired:
                self._server.send_signal(signal.SIGQUIT)
                self._server.wait()
        self._server = None
        run = socket_folder(self.folder)
        if self.folder not in run.parents:
            with suppress(OSError):
                run.rmdir()
        if self._lock:
            self._lock.close()
            self._lock = None

    def _start(self) -> str:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock = self._lock or take_lock(self.folder)
        account = choose_account(self.pgdata)
        programs = reachable_programs(self.folder, account)
        run = private_folder(socket_folder(self.folder), account)
        if not self.pgdata.exists():
            self._initialise(programs, account)
        self._check_major(programs)
        dismiss_earlier_server(self.pgdata)
        if self.log.exists():
            self.log.replace(self.log.with_suffix(".before.log"))
        self._launch(programs, run, account)
        self._await_ready()
        ensure_database(run)
        return self.url

    def _initialise(self, programs: Path, account: Account) -> None:
        """Make the data folder aside and rename it, so that an interrupted start leaves nothing half made."""
        scratch = self.pgdata.with_name("pgdata.new")
        shutil.rmtree(scratch, ignore_errors=True)
        private_folder(scratch, account)
        # The builtin locale keeps indexes right across upgrades of the operating system, and lower() knows Vietnamese.
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        flags = ["-U", "postgres", "-E", "UTF8", "--auth=trust", "--data-checksums", *locale]
        command = [str(programs / "initdb"), "-D", str(scratch), *flags, *([] if self._fsync else ["--no-sync"])]
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, env=environment(), cwd=self.folder, **account
        )
        if done.returncode:
            raise DatabaseUnusable(folder=self.folder, reason=done.stderr.strip())
        scratch.rename(self.pgdata)

    def _check_major(self, programs: Path) -> None:
        version = subprocess.check_output([programs / "postgres", "--version"], text=True, env=environment())
        ours = version.split()[2].partition(".")[0]
        theirs = (self.pgdata / "PG_VERSION").read_text(encoding="ascii").strip()
        if ours != theirs:
            reason = f"it was made by PostgreSQL {theirs}, and this is PostgreSQL {ours}; restore a dump of it instead"
            raise DatabaseUnusable(folder=self.folder, reason=reason)

    def _launch(self, programs: Path, run: Path, account: Account) -> None:
        settings = {**SETTINGS, "unix_socket_directories": str(run), **({} if self._fsync else UNSAFE)}
        command = [str(programs / "postgres"), "-D", str(self.pgdata)]
        command += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with self.log.open("wb") as log:
            self._server = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=environment(),
                cwd=self.folder,
                start_new_session=True,  # Ctrl-C is for us; we stop the server when the work is put away
                preexec_fn=before_exec(),  # noqa: PLW1509  # it takes no lock, and no threads run yet
                **account,
            )

    def _await_ready(self) -> None:
        """Wait through any recovery; a killed server's record also says "ready", so only our own child's counts."""
        while self.pid:
            lines = read_pid_file(self.pgdata)
            if lines[:1] == [str(self.pid)] and lines[7:8] == ["ready"]:
                return
            time.sleep(0.02)
        reason = self.log.read_text(encoding="utf-8", errors="replace").strip()
        raise DatabaseUnusable(folder=self.folder, reason=reason[-800:])


def attach(data_dir: Path) -> str | None:
    """The URL of the server that another process runs on `data_dir`, or None when none answers."""
    lines = read_pid_file(data_dir.absolute() / "pgdata")
    if lines[7:8] == ["ready"] and answers(Path(lines[4])):
        return database_url(Path(lines[4]))
    return None


def database_url(run: Path) -> str:
    """The SQLAlchemy URL of our database behind the socket in `run`."""
    url = URL.create("postgresql+psycopg", username="postgres", database=DATABASE, query={"host": str(run)})
    return url.render_as_string(hide_password=False)


def ensure_database(run: Path) -> None:
    """Create our database unless it is there; an interrupted first start may have left the server without it."""
    with psycopg.connect(host=str(run), user="postgres", dbname="postgres", autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(SQL("CREATE DATABASE {}").format(Identifier(DATABASE)))


def take_lock(folder: Path) -> IO[str]:
    """Hold `folder` for this process until the file is closed; raises DatabaseRunsAlready."""
    lock = (folder / ".lock").open("a", encoding="ascii")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise DatabaseRunsAlready(folder=folder) from None
    return lock


def socket_folder(folder: Path) -> Path:
    """Where the socket goes: `folder`/run, or a short name of it among the temporary files if that is too long."""
    run = folder / "run"
    if len(os.fsencode(run / SOCKET_NAME)) < SOCKET_PATH_LIMIT:
        return run
    short = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    home = os.environ.get("XDG_RUNTIME_DIR") if os.geteuid() else None
    return Path(home or tempfile.gettempdir()) / f"vinhdanh-{short}"


def read_pid_file(pgdata: Path) -> list[str]:
    """The lines of the server's own record, stripped: 0 its pid, 4 the socket's folder, 7 its state; [] when absent."""
    try:
        text = (pgdata / "postmaster.pid").read_text(encoding="utf-8")
    except (FileNotFoundError, PermissionError):
        return []
    return [line.strip() for line in text.splitlines()]


def answers(run: Path) -> bool:
    """Whether a server listens on the socket in `run`."""
    with socket.socket(socket.AF_UNIX) as attempt:
        return attempt.connect_ex(str(run / SOCKET_NAME)) == 0


def dismiss_earlier_server(pgdata: Path) -> None:
    """End what is left of a server that lost its process, and remove its record: its pid may be another's by now.

    We hold the folder's lock, so nobody works with that server any more. Its busiest backends would outlive it by
    minutes, and PostgreSQL rightly starts beside none of them. Elsewhere than on Linux its own checks have to do.
    """
    if sys.platform != "linux":
        return
    until = time.monotonic() + PATIENCE
    while (left := processes_on(pgdata)) and time.monotonic() < until:
        for pid in left:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGQUIT)
        time.sleep(0.02)
    if not left:
        (pgdata / "postmaster.pid").unlink(missing_ok=True)


def processes_on(pgdata: Path) -> list[int]:
    """The PostgreSQL processes at work in `pgdata`."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended, or is not ours to look at
            name = (process / "comm").read_text(encoding="utf-8").strip()
            if name == "postgres" and (process / "cwd").samefile(pgdata):
                found.append(int(process.name))
    return found
